/// A regular expression as JavaScript writes it, matched in time linear in the text.
///
/// Cards and lorebooks of other front ends hold them. The pattern becomes an automaton whose states are followed side by side, so no pattern
/// and no text makes it run away. Look-around is worked out in passes of its own; back-references are not supported.
public struct ScriptPattern: Sendable {
  /// Why a text is no pattern that can be matched.
  public enum Problem: Error, Sendable, Hashable {
    /// It is no pattern of JavaScript either.
    case invalid
    /// It would be one there; what it uses that cannot be matched here.
    case unsupported(String)
  }

  private let program: PatternProgram
  private let isSticky: Bool
  private let usesScalars: Bool

  /// Reads `/pattern/flags`; nil where the text is not of that form, or would be none in JavaScript.
  ///
  /// - Throws: ``Problem/unsupported(_:)`` for what is a pattern but cannot be matched here.
  public init?(delimited text: String) throws(Problem) {
    guard let (pattern, flags) = Self.parts(of: text) else { return nil }
    do throws(Problem) {
      try self.init(pattern, flags: flags)
    } catch {
      if error == .invalid { return nil }
      throw error
    }
  }

  /// Reads a pattern and its flags.
  ///
  /// - Complexity: O(n) in its length once counts are written out, of which there is a bound.
  public init(_ pattern: String, flags: String = "") throws(Problem) {
    let known = Set(flags)
    guard known.count == flags.count, known.isSubset(of: "dgimsuy") else { throw .invalid }
    usesScalars = known.contains("u")
    isSticky = known.contains("y")
    var parser = PatternParser(pattern, flags: known)
    program = try PatternProgram(parser.parse(), parser.options)
  }

  /// Whether the pattern is found anywhere in a text.
  ///
  /// - Complexity: O(n · m) in the lengths of text and pattern.
  public func isFound(in text: String) -> Bool {
    let symbols = usesScalars ? text.unicodeScalars.map(\.value) : text.utf16.map(UInt32.init)
    return program.isFound(in: symbols, onlyAtStart: isSticky)
  }

  /// The pattern and the flags between and behind the slashes.
  private static func parts(of text: String) -> (pattern: String, flags: String)? {
    guard text.hasPrefix("/"), let end = text.lastIndex(of: "/"), end > text.startIndex else { return nil }
    let flags = text[text.index(after: end)...]
    let inside = text[text.index(after: text.startIndex)..<end]
    guard !inside.isEmpty, flags.allSatisfy({ "gimsuy".contains($0) }) else { return nil }
    // A slash inside has to stand behind a backslash, which is taken off once.
    var last: Character?
    for character in inside {
      if character == "/", last != "\\" { return nil }
      last = character
    }
    var pattern = String(inside)
    if let slash = pattern.firstRange(of: "\\/") { pattern.replaceSubrange(slash, with: "/") }
    return (pattern, String(flags))
  }
}

/// What flags say of a pattern.
struct PatternOptions: Sendable {
  var ignoresCase = false
  var isMultiline = false
  var dotMatchesBreaks = false
  var usesScalars = false

  /// A symbol as it is compared where case is ignored: its capital, where that is one symbol.
  func folded(_ symbol: UInt32) -> UInt32 {
    guard ignoresCase, let scalar = Unicode.Scalar(symbol) else { return symbol }
    if symbol < 128 { return (97...122).contains(symbol) ? symbol - 32 : symbol }
    let mapping = usesScalars ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping
    let units = mapping.unicodeScalars
    guard units.count == 1, let folded = units.first?.value, usesScalars || folded >= 128 && folded < 0x10000
    else {
      return symbol
    }
    return folded
  }
}

/// A set of symbols.
struct PatternSet: Sendable {
  var ranges: [ClosedRange<UInt32>]
  var isNegated = false

  static let digits = PatternSet(ranges: [48...57])
  static let words = PatternSet(ranges: [48...57, 65...90, 95...95, 97...122])
  static let blanks = PatternSet(ranges: [
    9...13, 32...32, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  static let breaks = PatternSet(ranges: [10...10, 13...13, 0x2028...0x2029])

  var negated: PatternSet { PatternSet(ranges: ranges, isNegated: !isNegated) }

  func contains(_ symbol: UInt32, _ options: PatternOptions) -> Bool {
    includes(symbol, options) != isNegated
  }

  private func includes(_ symbol: UInt32, _ options: PatternOptions) -> Bool {
    if has(symbol) { return true }
    guard options.ignoresCase else { return false }
    let folded = options.folded(symbol)
    if has(folded) { return true }
    if let low = Unicode.Scalar(folded)?.properties.lowercaseMapping.unicodeScalars, low.count == 1,
      let first = low.first?.value, options.folded(first) == folded, has(first)
    {
      return true
    }
    return ranges.contains { $0.count == 1 && options.folded($0.lowerBound) == folded }
  }

  private func has(_ symbol: UInt32) -> Bool { ranges.contains { $0.contains(symbol) } }

  /// All ranges of both; a negated one is written out.
  mutating func add(_ other: PatternSet) {
    guard other.isNegated else { return ranges += other.ranges }
    var next: UInt32 = 0
    for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { ranges.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    ranges.append(next...0x10FFFF)
  }
}

/// A pattern as it is written.
indirect enum PatternNode: Sendable {
  case set(PatternSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repeated(PatternNode, from: Int, to: Int?)
  case start
  case end
  case wordEdge(Bool)
  case look(PatternNode, isAhead: Bool, isNegated: Bool)
}
