/// What can be asked for in a chat, besides saying something.
enum SlashCommand: String, CaseIterable {
  case state, why, history, undo, retry
  case goOn = "continue"
  case alternatives, edit, branch, branches, goto, restart
  case sayAs = "say-as"
  case whisper, speak, mute, auto, event, direct, set, ledger, model, usage, quiet
  case reload, save, load, export, help, quit

  /// The command as it is typed.
  var name: String { "/\(rawValue)" }

  /// The command with what it takes.
  var usage: String {
    switch self {
    case .why: "/why [TURN] [all]"
    case .history: "/history [N]"
    case .undo: "/undo [N]"
    case .alternatives: "/alternatives [N]"
    case .edit: "/edit [NAME:] TEXT"
    case .branch: "/branch NAME [TURN]"
    case .goto: "/goto TURN|BRANCH|#ENTRY"
    case .sayAs: "/say-as NAME TEXT"
    case .speak: "/speak NAME"
    case .auto: "/auto N"
    case .mute: "/mute [NAME]"
    case .event: "/event [KIND K=V…] [TEXT]"
    case .direct: "/direct [always] TEXT|off"
    case .whisper: "/whisper NAME TEXT"
    case .set: "/set [NAME.]VAR=VALUE"
    case .model: "/model [NAME|off]"
    case .help: "/help [COMMAND]"
    case .save, .load: "\(name) NAME"
    case .export: "/export [--force] FILE"
    default: name
    }
  }

  /// What it does, in a few words.
  var summary: String {
    switch self {
    case .state: "where everyone stands"
    case .why: "what decided the last turn, or an earlier one; all: and what did not happen"
    case .history: "what was said so far, the last 20 turns or the last N"
    case .undo: "go back before the last turn, or the last N; /goto goes forward again"
    case .retry: "another line for the last turn"
    case .goOn: "go on with the last line where the character stopped"
    case .alternatives: "the lines of all retries; N goes on with one of them"
    case .edit: "say something else instead of the last thing that you said; NAME: puts it into the last line"
    case .branch: "go on under another name, from here or from an earlier turn"
    case .branches: "the branches of this session"
    case .goto: "go to a turn of this branch, to another branch, or to what was left behind"
    case .restart: "begin anew on a branch of its own; what was said stays on the old one"
    case .sayAs: "say something as somebody else; a name with spaces goes in quotes"
    case .speak: "let one member say the next line, the scene going on; an empty line lets whoever comes next"
    case .auto: "let the cast talk among itself for N turns; Ctrl-C stops it"
    case .mute: "let a member speak only when /speak asks for it, or freely again; alone it says who is muted"
    case .event: "something happens; KIND and K=V are the kind and data that conditions read"
    case .direct: "say where the next line is to go, or all of them until /direct off; it moves no state"
    case .whisper: "say something to one member alone; nobody else hears it, nor the answer"
    case .set: "write a variable, or put a machine into a state; NAME says whose, where several have it"
    case .ledger: "what the story owes, plants and pays: it tells what is to come"
    case .model: "which language model speaks; NAME changes to another one there, off to written lines"
    case .usage: "what the language model has taken: requests, tokens, time, cost"
    case .quiet: "hide the lines about what changes, or show them again"
    case .reload: "read the profiles again and go on with them as they are now"
    case .save: "keep the session under a name from now on, or in FOLDER/NAME.jsonl"
    case .load: "go on with another session"
    case .export: "write the chat to a file: .md, .txt, .json, or .jsonl for all of it"
    case .help: "this list, or what one command does"
    case .quit: "leave; Ctrl-D does too"
    }
  }

  /// All commands, one a line.
  static var list: String {
    let width = allCases.map(\.usage.count).max() ?? 0
    let lines = allCases.map {
      $0.usage + String(repeating: " ", count: width - $0.usage.count + 2) + $0.summary
    }
    return (lines + ["Anything else is something that you say; //TEXT says what begins with a slash.", keys])
      .joined(separator: "\n")
  }

  /// What one command does, with the way in which it is typed.
  var help: String {
    let example = example.map { "\nFor instance: \($0)" } ?? ""
    return "\(usage)\n\(summary.prefix(1).uppercased())\(summary.dropFirst()).\(example)"
  }

  /// How it may be typed, where that is not plain.
  private var example: String? {
    switch self {
    case .why: "/why 3 all"
    case .edit: "/edit Good evening, or /edit Mara: \"We are closed.\""
    case .branch: "/branch what-if 4"
    case .goto: "/goto 4, /goto main, /goto #17"
    case .sayAs: "/say-as Bram Another ale, Mara."
    case .whisper: "/whisper Ben The letter is under the mat."
    case .event: "/event delivery barrels=3 A cart stops outside."
    case .direct: "/direct always keep it short"
    case .set: "/set trust=5, /set mood=wary, /set Ben.n=2"
    case .export: "/export --force chat.md"
    default: nil
    }
  }

  /// The command of a name, with or without its slash.
  init?(named name: String) {
    let word = name.hasPrefix("/") ? String(name.dropFirst()) : name
    self.init(rawValue: word == "exit" ? "quit" : word)
  }

  private static let keys = """
    A backslash at the end of a line asks for another one. Up and down recall what you said, Ctrl-R searches it.
    Tab completes. Ctrl or Alt with an arrow moves by words; Ctrl-K, -U and -W cut, and Ctrl-Y inserts what was cut.
    """
}

/// What a typed line asks for.
enum ChatInput: Equatable {
  case nothing
  case say(String)
  case command(SlashCommand, argument: String)
  case unknown(String)

  init(_ typed: String) {
    let text = typed.trimmed
    guard !text.isEmpty else {
      self = .nothing
      return
    }
    guard text.hasPrefix("/") else {
      self = .say(text)
      return
    }
    guard !text.hasPrefix("//") else {
      self = .say(String(text.dropFirst()))
      return
    }
    let word = String(text.prefix { !$0.isWhitespace })
    if let command = SlashCommand(named: word) {
      self = .command(command, argument: String(text.dropFirst(word.count)).trimmed)
    } else {
      self = .unknown(word)
    }
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The first word and what follows it.
  var firstWordAndRest: (word: String, rest: String) {
    let word = prefix { !$0.isWhitespace }
    return (String(word), String(dropFirst(word.count)).trimmed)
  }

  /// The name at the start and what follows it: a word, in which `_` stands for a space, or a name in quotes.
  var firstNameAndRest: (name: String, rest: String) {
    guard let first, let closing = Self.quotes[first] else {
      let (word, rest) = firstWordAndRest
      return (word.replacing("_", with: " "), rest)
    }
    let quoted = dropFirst()
    guard let end = quoted.firstIndex(where: closing.contains) else { return ("", "") }
    return (String(quoted[..<end]).trimmed, String(quoted[quoted.index(after: end)...]).trimmed)
  }

  /// What ends a name that begins with one of these.
  private static let quotes: [Character: String] = [
    "\"": "\"", "'": "'", "“": "”\"", "„": "“”\"", "«": "»", "»": "«", "‘": "’",
  ]
}
