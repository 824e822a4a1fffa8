import DramatisCompiler

/// What the bytes of a YAML file mean to be.
enum FileKind: Sendable {
  case profile
  case scenarios
  case story
  case other

  /// - Parameter isFound: Whether the file lies in a folder that was named, so that it may be of another kind.
  init(of bytes: [UInt8], isFound: Bool) {
    self = isFound ? FileKind(guessedFrom: bytes) : FileKind(of: bytes)
  }

  /// Of a file that nobody named: its first key tells scenarios and stories, a line with the key `dramatis` a profile.
  ///
  /// A tab before that key counts as a mistake in a profile rather than as another kind of file.
  init(guessedFrom bytes: [UInt8]) {
    let lines = ByteLines(bytes)
    if let value = lines.first(where: \.isContent)?.value(of: "scenarios"), !value.isEmpty {
      self = .scenarios
    } else if StoryCompilation.isStory(bytes) {
      self = .story
    } else if lines.contains(where: { $0.value(of: "dramatis") != nil }) {
      self = .profile
    } else {
      self = .other
    }
  }

  /// Of a file that somebody named: a profile unless its first key says otherwise.
  init(of bytes: [UInt8]) {
    let first = ByteLines(bytes).first(where: \.isContent)
    let isStory = StoryCompilation.isStory(bytes)
    self = first?.value(of: "scenarios") != nil ? .scenarios : isStory ? .story : .profile
  }
}

extension ArraySlice<UInt8> {
  /// Whether a line is neither blank nor a comment, a directive or the mark of a document.
  fileprivate var isContent: Bool {
    guard let first = first(where: { $0 != 0x20 && $0 != 0x09 }) else { return false }
    return first != UInt8(ascii: "#") && first != UInt8(ascii: "%") && !starts(with: Array("---".utf8))
  }

  /// What follows a key at the start of the line, without blanks around it; nil for another key.
  fileprivate func value(of key: String) -> ArraySlice<UInt8>? {
    let start = drop { [0x09, 0x22, 0x27, 0xEF, 0xBB, 0xBF].contains($0) }
    guard start.starts(with: key.utf8) else { return nil }
    let rest = start.dropFirst(key.utf8.count).drop { [0x20, 0x22, 0x27].contains($0) }
    guard rest.first == UInt8(ascii: ":") else { return nil }
    return rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 != UInt8(ascii: "#") }
  }
}
