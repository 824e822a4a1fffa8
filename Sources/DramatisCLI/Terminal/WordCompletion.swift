import DramatisCompiler

/// What the word before the cursor could become.
struct WordCompletion: Equatable, Sendable {
  /// The end of the text before the cursor that a candidate replaces.
  let word: String
  let candidates: [String]

  init(word: String, candidates: [String]) {
    self.word = word
    self.candidates = candidates.map(\.oneLine).filter { !$0.isEmpty }
  }

  /// Those candidates that begin as the word does.
  init(word: String, among candidates: [String]) {
    self.init(word: word, candidates: candidates.filter { $0.begins(with: word) })
  }

  /// What replaces the word: the only candidate, or as much as all have in common; nil if that says no more.
  var replacement: String? {
    guard let first = candidates.first else { return nil }
    if candidates.count == 1 { return first.hasSuffix("/") || first.hasSuffix("=") ? first : first + " " }
    let common = candidates.dropFirst().reduce(first[...]) { $0.commonPrefix(with: $1) }
    return common.count > word.count ? String(common) : nil
  }
}

/// Finds completions for what stands before the cursor.
struct Completer: Sendable {
  let completion: @Sendable (_ text: String) -> WordCompletion

  static let none = Completer { WordCompletion(word: $0, candidates: []) }

  init(_ completion: @escaping @Sendable (String) -> WordCompletion) {
    self.completion = completion
  }

  /// Commands at the start of the line, what each can be followed by, and names anywhere else.
  init(
    commands: [String], names: [String],
    arguments: @escaping @Sendable (_ command: String, _ typed: Substring) -> WordCompletion? = { _, _ in nil
    }
  ) {
    self.init { text in
      guard text.hasPrefix("/"), !text.hasPrefix("//") else { return Self.lastWord(of: text, among: names) }
      guard let end = text.firstIndex(where: \.isWhitespace) else {
        return WordCompletion(word: text, among: commands)
      }
      let typed = text[end...].drop(while: \.isWhitespace)
      return arguments(String(text[..<end]), typed) ?? WordCompletion(word: String(typed), candidates: [])
    }
  }

  /// Completes the last word of a text.
  static func lastWord(of text: some StringProtocol, among candidates: [String]) -> WordCompletion {
    let start = text.lastIndex(where: \.isWhitespace).map(text.index(after:)) ?? text.startIndex
    return WordCompletion(word: String(text[start...]), among: candidates)
  }
}

extension LineEditor {
  /// Completes as far as is certain; a second tab shows what there is.
  mutating func complete() -> Outcome {
    let completion = completer.completion(String(text[..<cursor]))
    let length = completion.word.count
    guard !completion.candidates.isEmpty, length <= cursor else { return .refused }
    if let replacement = completion.replacement {
      let isDouble = replacement.last == " " && cursor < text.count && text[cursor] == " "
      return replace(cursor - length..<cursor, with: isDouble ? String(replacement.dropLast()) : replacement)
    }
    return previousKey == .tab ? .candidates(completion.candidates) : .edited
  }
}

extension StringProtocol {
  /// Whether the text begins with another, whatever the case of the letters.
  fileprivate func begins(with start: some StringProtocol) -> Bool {
    lowercased().hasPrefix(start.lowercased())
  }
}

extension Substring {
  fileprivate func commonPrefix(with other: String) -> Substring {
    prefix(zip(self, other).prefix { $0.lowercased() == $1.lowercased() }.count)
  }
}
