/// Reads a pattern of JavaScript.
struct PatternParser {
  let options: PatternOptions
  private let symbols: [UInt32]
  private let groupCount: Int
  private var position = 0
  private var depth = 0

  /// Groups may nest so deep at most.
  private static let maximumDepth = 100

  init(_ pattern: String, flags: Set<Character>) {
    options = PatternOptions(
      ignoresCase: flags.contains("i"), isMultiline: flags.contains("m"),
      dotMatchesBreaks: flags.contains("s"),
      usesScalars: flags.contains("u"))
    symbols = options.usesScalars ? pattern.unicodeScalars.map(\.value) : pattern.utf16.map(UInt32.init)
    // Enough to tell a back-reference from an old escape.
    groupCount = symbols.count { $0 == 40 }
  }

  mutating func parse() throws(ScriptPattern.Problem) -> PatternNode {
    let node = try choice()
    guard position == symbols.count else { throw .invalid }
    return node
  }

  private var next: Character? { character(at: position) }

  private func character(at place: Int) -> Character? {
    place < symbols.count ? Unicode.Scalar(symbols[place]).map(Character.init) ?? "\u{FFFD}" : nil
  }

  private mutating func skip(_ text: String) -> Bool {
    let wanted = text.unicodeScalars.map(\.value)
    guard symbols[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  private mutating func choice() throws(ScriptPattern.Problem) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw .unsupported("groups nested so deep") }
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(ScriptPattern.Problem) -> PatternNode {
    var parts: [PatternNode] = []
    while let character = next, character != "|", character != ")" {
      let atom = try atom(beginning: character)
      parts.append(try quantified(atom))
    }
    return .sequence(parts)
  }

  // MARK: Atoms

  private mutating func atom(beginning character: Character) throws(ScriptPattern.Problem) -> PatternNode {
    switch character {
    case "^": return advanced(.start)
    case "$": return advanced(.end)
    case ".":
      return advanced(
        .set(options.dotMatchesBreaks ? PatternSet(ranges: [0...0x10FFFF]) : PatternSet.breaks.negated))
    case "(": return try group()
    case "[": return try .set(set())
    case "\\": return try escape()
    case "*", "+", "?": throw .invalid
    case "{":
      if options.usesScalars || count(at: position) != nil { throw .invalid }
    case "}", "]": if options.usesScalars { throw .invalid }
    default: break
    }
    return advanced(.set(PatternSet(ranges: [symbols[position]...symbols[position]])))
  }

  private mutating func advanced(_ node: PatternNode) -> PatternNode {
    position += 1
    return node
  }

  private mutating func group() throws(ScriptPattern.Problem) -> PatternNode {
    position += 1
    var look: (isAhead: Bool, isNegated: Bool)?
    if skip("?:") {
    } else if skip("?=") {
      look = (true, false)
    } else if skip("?!") {
      look = (true, true)
    } else if skip("?<=") {
      look = (false, false)
    } else if skip("?<!") {
      look = (false, true)
    } else if skip("?<") {
      guard let end = symbols[position...].firstIndex(of: 62), end > position else { throw .invalid }
      position = end + 1
    } else if next == "?" {
      throw .invalid
    }
    let inside = try choice()
    guard skip(")") else { throw .invalid }
    return look.map { .look(inside, isAhead: $0.isAhead, isNegated: $0.isNegated) } ?? inside
  }

  private mutating func escape() throws(ScriptPattern.Problem) -> PatternNode {
    position += 1
    guard let character = next else { throw .invalid }
    switch character {
    case "b": return advanced(.wordEdge(true))
    case "B": return advanced(.wordEdge(false))
    case "k" where options.usesScalars || symbols[position...].dropFirst().first == 60:
      throw .unsupported("a back-reference")
    case "1"..."9":
      if let number = character.wholeNumberValue, number <= groupCount {
        throw .unsupported("a back-reference")
      }
    default: break
    }
    return try .set(escapedSet())
  }

  /// What an escape stands for, from the symbol behind the backslash.
  private mutating func escapedSet() throws(ScriptPattern.Problem) -> PatternSet {
    guard let character = next else { throw .invalid }
    let symbol = symbols[position]
    position += 1
    switch character {
    case "d": return .digits
    case "D": return PatternSet.digits.negated
    case "w": return .words
    case "W": return PatternSet.words.negated
    case "s": return .blanks
    case "S": return PatternSet.blanks.negated
    case "p", "P":
      if options.usesScalars { throw .unsupported("a property of Unicode") }
      return Self.single(symbol)
    case "n": return Self.single(10)
    case "r": return Self.single(13)
    case "t": return Self.single(9)
    case "v": return Self.single(11)
    case "f": return Self.single(12)
    case "0": return Self.single(0)
    case "x": return Self.single(digits(2) ?? symbol)
    case "u": return Self.single(try unicode() ?? symbol)
    case "c":
      guard let letter = next, letter.isASCII, letter.isLetter else { return Self.single(92) }
      defer { position += 1 }
      return Self.single(symbols[position] % 32)
    default:
      if options.usesScalars, !"^$\\.*+?()[]{}|/-".contains(character) { throw .invalid }
      return Self.single(symbol)
    }
  }

  private static func single(_ symbol: UInt32) -> PatternSet { PatternSet(ranges: [symbol...symbol]) }

  private mutating func digits(_ count: Int) -> UInt32? {
    guard position + count <= symbols.count else { return nil }
    var value: UInt32 = 0
    for symbol in symbols[position..<(position + count)] {
      guard
        let digit = Unicode.Scalar(symbol).flatMap({
          Character($0).isASCII ? Character($0).hexDigitValue : nil
        })
      else {
        return nil
      }
      value = value * 16 + UInt32(digit)
    }
    position += count
    return value
  }

  private mutating func unicode() throws(ScriptPattern.Problem) -> UInt32? {
    if options.usesScalars, skip("{") {
      guard let end = symbols[position...].firstIndex(of: 125), end - position <= 6, end > position,
        let value = digits(end - position), value <= 0x10FFFF, skip("}")
      else { throw .invalid }
      return value
    }
    let value = digits(4)
    if value == nil, options.usesScalars { throw .invalid }
    return value
  }

  // MARK: Sets

  private mutating func set() throws(ScriptPattern.Problem) -> PatternSet {
    position += 1
    let isNegated = skip("^")
    var result = PatternSet(ranges: [])
    while let character = next, character != "]" {
      let first = try member(beginning: character)
      guard next == "-", let end = self.character(at: position + 1), end != "]" else {
        result.add(first)
        continue
      }
      position += 1
      let last = try member(beginning: end)
      guard first.isSingle, last.isSingle else {
        result.add(first)
        result.add(Self.single(45))
        result.add(last)
        continue
      }
      guard first.ranges[0].lowerBound <= last.ranges[0].lowerBound else { throw .invalid }
      result.ranges.append(first.ranges[0].lowerBound...last.ranges[0].lowerBound)
    }
    guard skip("]") else { throw .invalid }
    return isNegated ? result.negated : result
  }

  private mutating func member(beginning character: Character) throws(ScriptPattern.Problem) -> PatternSet {
    guard character == "\\" else {
      defer { position += 1 }
      return Self.single(symbols[position])
    }
    position += 1
    if skip("b") { return Self.single(8) }
    return try escapedSet()
  }

  // MARK: Counts

  private mutating func quantified(_ atom: PatternNode) throws(ScriptPattern.Problem) -> PatternNode {
    var node = atom
    switch next {
    case "*": node = advanced(.repeated(atom, from: 0, to: nil))
    case "+": node = advanced(.repeated(atom, from: 1, to: nil))
    case "?": node = advanced(.repeated(atom, from: 0, to: 1))
    case "{":
      guard let (from, to, end) = count(at: position) else { return atom }
      guard to.map({ $0 >= from }) ?? true else { throw .invalid }
      position = end
      node = .repeated(atom, from: from, to: to)
    default: return atom
    }
    // Whether little or much is taken first makes no difference to whether anything is found.
    _ = skip("?")
    if let again = next, "*+?".contains(again) || count(at: position) != nil { throw .invalid }
    switch atom {
    case .start, .end, .wordEdge: throw .invalid
    case .look(_, let isAhead, _): if !isAhead || options.usesScalars { throw .invalid }
    default: break
    }
    return node
  }

  /// The count in curly brackets at a place, and where it ends; nil where the brackets are text.
  private func count(at place: Int) -> (from: Int, to: Int?, end: Int)? {
    guard character(at: place) == "{", let end = symbols[place...].firstIndex(of: 125) else { return nil }
    let inside = String(String.UnicodeScalarView(symbols[(place + 1)..<end].compactMap(Unicode.Scalar.init)))
    let parts = inside.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let first = parts.first,
      !first.isEmpty
    else {
      return nil
    }
    let from = Int(first) ?? .max
    guard parts.count > 1 else { return (from, from, end + 1) }
    return (from, parts[1].isEmpty ? nil : Int(parts[1]) ?? .max, end + 1)
  }
}

extension PatternSet {
  fileprivate var isSingle: Bool { !isNegated && ranges.count == 1 && ranges[0].count == 1 }
}
