import Dramatis

extension LoreCompilation {
  /// Compiles a file of lore: ours, or a book of another front end.
  ///
  /// - Parameters:
  ///   - bytes: The whole file: `lore: 1` in YAML, or a book in JSON or in a card; anything may be in it.
  ///   - name: What to call it in diagnostics, usually its path.
  ///   - cast: Who is to know of it; conditions are resolved among the names of each. Without anybody no name is
  ///     unknown.
  public init(of bytes: [UInt8], name: String, for cast: [Program]) {
    guard Lorebook.isLikelyForeign(bytes) else {
      self.init(ofOwn: bytes, name: name, for: cast)
      return
    }
    do throws(CardRefusal) {
      self.init(try Lorebook(file: bytes, at: name), name: name, for: cast)
    } catch {
      self.init(nil, problem: error.description, name: name, for: cast)
    }
  }
}

extension Lorebook {
  /// Whether bytes look like a card, or like any JSON, rather than a file of ours.
  package static func isLikelyForeign(_ bytes: [UInt8]) -> Bool {
    CharacterCard.isLikely(bytes)
      || bytes.first { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
  }

  /// Reads a book of another front end, called as its file is.
  package init(file bytes: [UInt8], at path: String) throws(CardRefusal) {
    if let source = JSONSource(bytes), let book = Lorebook(foreign: source, name: path.lastPart) {
      self = book
      return
    }
    let name = path.lastPart
    let ending = name.contains(".") ? name.split(separator: ".").last.map(String.init) ?? "" : ""
    try self.init(bytes, ending: ending, name: name)
  }
}

extension String {
  /// What stands behind the last slash.
  fileprivate var lastPart: String { split(separator: "/").last.map(String.init) ?? self }
}
