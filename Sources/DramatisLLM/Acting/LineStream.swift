import Dramatis

/// The line in what a model writes: clean, without anybody's name before it, and without what others say or what was
/// written for the character only.
///
/// How the text was cut into pieces makes no difference. Only what may still become a name is held back.
struct LineStream: Sendable {
  private enum State: Equatable {
    case speaking
    /// Somebody else speaks, before the character has.
    case skipping
    /// The direction is repeated, up to the end of so many brackets; without any, up to a blank line.
    case direction(closing: Unicode.Scalar?, depth: Int)
    /// Somebody else goes on.
    case over
  }

  /// In scalars; more than anybody says at once.
  private static let longest = 8000
  /// What has been shown so far.
  private(set) var line = ""
  private let frame: LineFrame
  private var stripper = ControlStripper()
  private var state = State.speaking
  /// What may become a name, and how it is compared.
  private var held: [Unicode.Scalar] = []
  private var folded: [Unicode.Scalar] = []
  /// Space that belongs to the line only if something follows it.
  private var space: [Unicode.Scalar] = []
  private var isLineStart = true
  private var isSpaced = false
  /// Whether the line before is an item of a list that a colon announced.
  private var isListed = false
  /// How the character's name stood before the line.
  private var habit = SpeakerLabel.Habit.none
  /// Whether the reply is not wrapped in an object.
  private var isBare = false
  /// Whether space is left out until something follows, as behind a name.
  private var skipsSpace = false
  /// The last that is no space.
  private var last: Unicode.Scalar = "\n"
  private var length = 0
  private var shown = String.UnicodeScalarView()
  private var removed = RemovedText()

  init(_ frame: LineFrame) {
    self.frame = frame
  }

  /// Whether the line ends before what somebody else says.
  var isOver: Bool { state == .over || state == .skipping && length == 0 }

  /// What does not belong to the line.
  var leftOut: [String] { removed.runs }

  /// What of a piece can be shown.
  mutating func push(_ piece: String) -> String {
    for scalar in stripper.strip(piece).unicodeScalars { append(scalar) }
    return show()
  }

  /// What was held back because it could have become a name.
  mutating func finish() -> String {
    while !held.isEmpty { judge(isWhole: true) }
    removed.endRun()
    return show()
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if length == 0, held.isEmpty, scalar == "\u{200B}" || scalar == "\u{FEFF}" || scalar == "\u{2060}" {
      return leaveOut(scalar)
    }
    if !held.isEmpty || canBegin(scalar) {
      held.append(scalar)
      folded.append(scalar.labelled)
      judge(isWhole: false)
    } else {
      put(scalar)
    }
  }

  /// Where in a line the next scalar stands, as far as names are concerned; nil where none begins.
  private var place: SpeakerLabel.Place? {
    if isLineStart { return .start }
    guard last.endsSentence else { return nil }
    return isSpaced ? .sentence : .glued
  }

  @inline(__always)
  private func canBegin(_ scalar: Unicode.Scalar) -> Bool {
    guard isLineStart || last.endsSentence else { return false }
    switch state {
    case .over, .direction: return false
    case .speaking, .skipping: break
    }
    if scalar.properties.isWhitespace { return false }
    return isLineStart || isSpaced || (0x61...0x7A).contains(scalar.value)
  }

  /// Lets go of what can be no name, and drops what is one.
  private mutating func judge(isWhole: Bool) {
    guard let place else { return release() }
    if place == .start, case .some(let length) = echo(isWhole: isWhole) {
      if length > 0 { drop(length, then: state) }
      return
    }
    if place == .start, aside(isWhole: isWhole) { return }
    let label = SpeakerLabel(
      names: frame.names, place: place, isFirst: length == 0, isWhole: isWhole, written: held,
      isBehindSentence: length == 0 || last.endsSentence, habit: habit)
    switch label.verdict(on: folded) {
    case .open: return
    case .none: release()
    case .label(.own, let length, let left):
      if self.length == 0 {
        let endsLine = length < folded.count && folded[length] == "\n"
        habit = SpeakerLabel.Habit(of: folded[..<length], endsLine: endsLine)
      }
      drop(length, then: .speaking, saying: left)
    case .label(.ownRole, let length, let left) where self.length == 0:
      drop(length, then: .speaking, saying: left)
    case .label(.ownRole, let length, _): drop(length, then: .over)
    case .label(.other, let length, _): drop(length, then: self.length == 0 ? .skipping : .over)
    case .label(.direction, let length, let left):
      let bracket = left.last { $0 == "[" || $0 == "(" }
      isLineStart = false
      drop(length, then: .direction(closing: bracket.map { $0 == "[" ? "]" : ")" }, depth: 1))
    }
  }

  /// Deals with what stands at the beginning of a line and is no name.
  ///
  /// That is an item of a list, a rule, an object around the reply, and words about the reply before it. True where what
  /// is held was let go, or is open.
  private mutating func aside(isWhole: Bool) -> Bool {
    if isListItem {
      isListed = true
      release()
      return true
    }
    if folded.allSatisfy({ Self.ruled.contains($0) || $0 == "\n" }) {
      guard folded.last == "\n" || isWhole else { return folded.count < Self.longestRule }
      guard folded.filter({ $0 != "\n" }).count >= Self.shortestRule else { return false }
      // A rule belongs to the line only if something follows it, and never begins it.
      if length > 0, state == .speaking {
        space += held
      } else {
        removed.add(Array(String(String.UnicodeScalarView(held)).utf8))
      }
      forgetHeld()
      isLineStart = true
      return true
    }
    if length == 0, state == .speaking, !isBare, folded[0] == "{", folded.count < 2 || folded[1] != "{" {
      guard isWhole else { return folded.count < Self.longest }
      // As it was asked to answer questions.
      isBare = true
      guard let text = frame.reply(in: String(String.UnicodeScalarView(held))) else { return false }
      held = Array(text.unicodeScalars)
      folded = held.map(\.labelled)
      return held.isEmpty
    }
    guard length == 0, state == .speaking, frame.mayPreface(folded) else { return false }
    guard folded.last == "\n" || isWhole else { return folded.count < Self.longestPreface }
    guard frame.isPreface(folded) else { return false }
    drop(folded.count, then: .speaking)
    return true
  }

  private static let ruled = Set("-*_=~`".unicodeScalars)
  private static let shortestRule = 3
  private static let longestRule = 80
  private static let longestPreface = 160

  /// Whether what is held is an item of a list that a colon announced, in which names are counted and do not speak.
  private var isListItem: Bool {
    guard folded.count > 1, folded[0] == "-" || folded[0] == "•" || folded[0] == "*", folded[1] == " " else {
      return false
    }
    return last == ":" && length > 0 || isListed
  }

  /// How much of what is held repeats a line of the direction: 0 where that is open, nil where it does not.
  private func echo(isWhole: Bool) -> Int? {
    let isBullet = folded.first == "-" || folded.first == "*" || folded.first == "•"
    let start = isBullet ? folded.dropFirst().prefix { $0 == " " }.count + 1 : 0
    let text = folded[start...]
    var isOpen = false
    for line in frame.direction where isBullet || !line.needsBullet {
      let length = zip(line.folded, text).prefix { $0 == $1 }.count
      guard length == line.folded.count else {
        isOpen = isOpen || length == text.count && length > 0
        continue
      }
      let rest = text.dropFirst(length).drop { $0 == " " || $0 == "]" }
      if rest.isEmpty { isOpen = true }
      if rest.first == "\n" || rest.isEmpty && isWhole { return rest.startIndex }
    }
    return isOpen && !isWhole ? 0 : nil
  }

  /// Lets the first of what is held go, for it begins no name; another may begin in the rest.
  private mutating func release() {
    let scalars = held
    forgetHeld()
    put(scalars[0])
    for scalar in scalars.dropFirst() { append(scalar) }
  }

  /// Leaves out the beginning of what is held.
  private mutating func drop(_ count: Int, then next: State, saying left: [Unicode.Scalar] = []) {
    let scalars = held
    forgetHeld()
    removed.add(Array(String(String.UnicodeScalarView(scalars.prefix(count))).utf8))
    state = next
    for scalar in left { put(scalar) }
    skipsSpace = next == .speaking
    for scalar in scalars.dropFirst(count) { append(scalar) }
  }

  private mutating func forgetHeld() {
    held.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
  }

  /// Puts a scalar where it belongs that is part of no name.
  private mutating func put(_ scalar: Unicode.Scalar) {
    switch state {
    case .speaking: emit(scalar)
    case .skipping:
      leaveOut(scalar)
      note(scalar)
    case .over: leaveOut(scalar)
    case .direction(let closing, let depth): leaveOutDirection(scalar, until: closing, depth: depth)
    }
  }

  /// Notes where the next scalar stands.
  private mutating func note(_ scalar: Unicode.Scalar) {
    isSpaced = scalar.properties.isWhitespace
    if scalar == "\n" { isLineStart = true }
    guard !isSpaced else { return }
    if isLineStart, scalar != "-", scalar != "•", scalar != "*" { isListed = false }
    isLineStart = false
    last = scalar
  }

  private mutating func leaveOut(_ scalar: Unicode.Scalar) {
    removed.add(Array(Character(scalar).utf8))
  }

  /// A statement may hold brackets of its own, which close again.
  private mutating func leaveOutDirection(
    _ scalar: Unicode.Scalar, until closing: Unicode.Scalar?, depth: Int
  ) {
    leaveOut(scalar)
    guard let closing else {
      if scalar == "\n", isLineStart { state = .speaking }
      return note(scalar)
    }
    let depth = scalar == closing ? depth - 1 : scalar == "[" && closing == "]" ? depth + 1 : depth
    state = depth == 0 ? .speaking : .direction(closing: closing, depth: depth)
    (isLineStart, skipsSpace) = (depth == 0, depth == 0)
  }

  private mutating func emit(_ scalar: Unicode.Scalar) {
    let wasSpaced = isSpaced
    let wasLineStart = isLineStart
    note(scalar)
    if isSpaced {
      if skipsSpace {
        (isSpaced, isLineStart) = (wasSpaced, wasLineStart)
      } else if length > 0 {
        space.append(scalar)
      }
      return
    }
    skipsSpace = false
    guard length + space.count < Self.longest else { return }
    removed.endRun()
    length += space.count + 1
    shown.append(contentsOf: space)
    shown.append(scalar)
    space = []
  }

  private mutating func show() -> String {
    guard !shown.isEmpty else { return "" }
    let text = String(shown)
    shown = String.UnicodeScalarView()
    line += text
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a sentence may end with it, or with what closes behind its end.
  @inline(__always)
  fileprivate var endsSentence: Bool {
    switch self {
    case ".", "!", "?", "…", "\"", "”", "»", "*", ")", "。", "！", "？", "」", "』": true
    default: false
    }
  }
}
