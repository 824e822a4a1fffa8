import Dramatis

/// A line of a source as block style writes it: its indentation, its dashes and its key.
struct SourceLine {
  let number: Int
  let range: Range<Int>
  /// The spaces that begin it.
  let indent: Int
  /// Where it goes on behind its dashes.
  let content: Int
  /// The ':' behind the key that begins it.
  let colon: Int?
  /// Whether it is nothing but blanks or a comment.
  let isEmpty: Bool
  private let file: SourceFile

  init(_ number: Int, of file: SourceFile) {
    self.number = number
    self.file = file
    let line = file.lineRange(number)
    let bytes = file.bytes
    let first = bytes[line].firstIndex { $0 != 0x20 } ?? line.upperBound
    var start = first
    while start < line.upperBound, bytes[start] == UInt8(ascii: "-"),
      start + 1 == line.upperBound || bytes[start + 1] == 0x20
    {
      start = bytes[start + 1..<max(start + 1, line.upperBound)].firstIndex { $0 != 0x20 } ?? line.upperBound
    }
    range = line
    indent = first - line.lowerBound
    content = start
    isEmpty =
      bytes[first..<line.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      || bytes[first] == UInt8(ascii: "#")
    colon = Self.colon(in: bytes, from: start, to: line.upperBound)
  }

  private static func colon(in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    for offset in start..<end {
      switch bytes[offset] {
      case UInt8(ascii: ":"):
        if offset > start, offset + 1 == end || bytes[offset + 1] == 0x20 { return offset }
      case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "#"), UInt8(ascii: ","):
        return nil
      default: break
      }
    }
    return nil
  }

  /// Whether it begins with a dash.
  var hasDash: Bool { content > range.lowerBound + indent }
  /// How far what it says is indented, dashes counted in.
  var width: Int { content - range.lowerBound }
  /// Whether it begins an element or names a key of one word, as texts rarely do.
  var isStructure: Bool {
    if hasDash { return true }
    guard let colon else { return false }
    return !file.bytes[content..<colon].contains(0x20)
  }
  /// Whether nothing stands behind its key.
  var isBareKey: Bool {
    colon.map { file.bytes[($0 + 1)..<range.upperBound].allSatisfy { $0 == 0x20 } } ?? false
  }

  /// The nearest line before it that says something.
  var previous: SourceLine? { neighbour(by: -1) }
  /// The nearest line behind it that says something.
  var next: SourceLine? { neighbour(by: 1) }

  /// Not far, so that no file is dear.
  private func neighbour(by step: Int) -> SourceLine? {
    for distance in 1...50 {
      let number = number + step * distance
      guard number >= 1, number <= file.lineCount else { return nil }
      let line = SourceLine(number, of: file)
      if !line.isEmpty { return line }
    }
    return nil
  }

  /// The dash that begins it without a blank behind it, as in `-word`.
  var tightDash: Int? {
    let dash = range.lowerBound + indent
    guard content == dash, dash + 1 < range.upperBound, file.bytes[dash] == UInt8(ascii: "-") else {
      return nil
    }
    let next = file.bytes[dash + 1]
    return next == UInt8(ascii: "-") || next.isDigit || next == 0x09 ? nil : dash
  }

  /// The ':' behind a word at its start that has no blank behind it, as in `word:text`.
  var tightColon: Int? {
    guard let colon = file.bytes[content..<range.upperBound].firstIndex(where: { !$0.isOfWord }),
      colon > content,
      file.bytes[colon] == UInt8(ascii: ":"), colon + 1 < range.upperBound, !file.bytes[content].isDigit
    else { return nil }
    return [0x20, 0x09, UInt8(ascii: "/"), UInt8(ascii: ":")].contains(file.bytes[colon + 1]) ? nil : colon
  }

  /// The brace behind a word and a blank at its start, as in `word { key: text }`.
  var braceBehindWord: Int? {
    guard let end = file.bytes[content..<range.upperBound].firstIndex(where: { !$0.isOfWord }),
      end > content, file.bytes[end] == 0x20, end + 1 < range.upperBound,
      [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(file.bytes[end + 1])
    else { return nil }
    return end + 1
  }

  /// Characters that look like a colon.
  static let colons: Set<Character> = ["：", "∶", "ː", "꞉", "︰", "﹕"]

  /// Signs that other programs begin the elements of a list with.
  static let bullets = ["–", "—", "‐", "−", "•", "·", "◦", "▪", "‣"]

  /// The number that begins it, with its point or bracket, as in `1. text`.
  var numberSign: Range<Int>? {
    let start = range.lowerBound + indent
    guard let end = file.bytes[start..<range.upperBound].firstIndex(where: { !$0.isDigit }), end > start,
      [UInt8(ascii: "."), UInt8(ascii: ")")].contains(file.bytes[end]), end + 1 < range.upperBound,
      file.bytes[end + 1] == 0x20
    else { return nil }
    return start..<end + 1
  }

  /// Whether it begins as the elements of a list do elsewhere: with another sign than a dash.
  var bullet: Range<Int>? {
    let start = range.lowerBound + indent
    if let number = numberSign { return number }
    return Self.bullets.first { file.bytes[start..<range.upperBound].starts(with: ($0 + " ").utf8) }
      .map { start..<start + $0.utf8.count }
  }

  /// Whether the line before or behind it is an element of a list that stands as deep.
  var isBesideDash: Bool {
    [previous, next].compactMap(\.self).contains { $0.hasDash && $0.indent == indent }
  }

  /// The text from a place on, shortened for a message.
  func text(from start: Int, to end: Int? = nil) -> String {
    let rest = String(decoding: file.bytes[start..<(end ?? range.upperBound)], as: UTF8.self).oneLine
    return rest.count > 40 ? rest.prefix(39) + "…" : rest
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether a key of one word may hold it.
  fileprivate var isOfWord: Bool {
    self >= 0x80 || isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }
}
