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
    let command = word == "/exit" ? .quit : SlashCommand(rawValue: String(word.dropFirst()))
    if let command {
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
