import Dramatis
import FoundationEssentials

extension Completer {
  /// Completes the commands with what each takes, and the names of those who are there.
  init(cast: [Program], transcript: Transcript) {
    let names = cast.flatMap { [$0.character] + $0.aliases }
    let arguments = CommandArguments(
      names: names, variables: Self.variables(of: cast), transcript: transcript)
    self.init(commands: SlashCommand.allCases.map(\.name), names: names) { command, typed in
      SlashCommand(rawValue: String(command.dropFirst())).flatMap { arguments.completion(of: $0, typed) }
    }
  }
}

extension Completer {
  /// The variables and machines as `/set` takes them: with their owners where several have one of the name.
  private static func variables(of cast: [Program]) -> [String] {
    cast.flatMap { program in
      (program.variables.map(\.name) + program.machines.map(\.name)).map { name in
        let isShared = cast.count { $0.has(name) } > 1
        let owner = isShared ? program.character.replacing(" ", with: "_") + "." : ""
        return "\(owner)\(name)="
      }
    }
  }
}

extension Program {
  /// Whether a variable or a machine is called so.
  fileprivate func has(_ name: String) -> Bool {
    variables.contains { $0.name == name } || machines.contains { $0.name == name }
  }
}

/// What the commands of a chat can be followed by.
private struct CommandArguments: Sendable {
  let names: [String]
  let variables: [String]
  let transcript: Transcript

  /// What could follow; nil where nothing is known.
  func completion(of command: SlashCommand, _ typed: Substring) -> WordCompletion? {
    let text = String(typed)
    return switch command {
    case .state, .speak, .mute: WordCompletion(word: text, among: names)
    case .help: WordCompletion(word: text, among: SlashCommand.allCases.map(\.name))
    case .set: WordCompletion(word: text, among: variables)
    case .load: WordCompletion(word: text, among: TranscriptSource.names)
    case .goto: WordCompletion(word: text, among: turns + transcript.heads.keys.sorted())
    case .why: Completer.lastWord(of: typed, among: turns + ["all"])
    case .branch where typed.contains(where: \.isWhitespace): Completer.lastWord(of: typed, among: turns)
    case .export:
      PathCompletion(typed: text.hasPrefix("--force ") ? String(text.dropFirst(8)) : text).completion
    case .sayAs, .whisper: speaker(typed)
    case .edit, .event: Completer.lastWord(of: typed, among: names)
    default: nil
    }
  }

  /// The turns of this branch, undone ones too, the newest first.
  private var turns: [String] {
    let ahead = transcript.descendants(of: transcript.head)
    let entries = transcript.path(to: transcript.head) + transcript.entries.filter { ahead.contains($0.id) }
    return Set(entries.compactMap { $0.turnNumber }).sorted(by: >).map(String.init)
  }

  /// A name, in quotes where it has spaces, and after it whatever is said.
  private func speaker(_ typed: Substring) -> WordCompletion {
    let quoted = names.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
    let first = WordCompletion(word: String(typed), among: quoted)
    return first.candidates.isEmpty ? Completer.lastWord(of: typed, among: names) : first
  }
}

/// What the path of a file could become.
private struct PathCompletion {
  let typed: String

  /// The files and folders of the last folder that was typed; hidden ones only where a dot asks for them.
  var completion: WordCompletion {
    let end = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<end]), typed[end...])
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let fitting = files.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
    return WordCompletion(
      word: typed, candidates: fitting.sorted().map { folder + $0 + Self.mark(folder + $0) })
  }

  private static func mark(_ path: String) -> String {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder ? "/" : ""
  }
}
