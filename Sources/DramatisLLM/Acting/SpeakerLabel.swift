/// Whether a text begins with the name of somebody who speaks.
///
/// A name may stand in bold, italics, quotation marks, brackets or a heading, before a colon of any width with or without
/// space, and with what is done between the two.
struct SpeakerLabel {
  /// Where in a line a text stands.
  enum Place {
    /// At the beginning of the line or of one of its lines.
    case start
    /// Behind the end of a sentence and a space.
    case sentence
    /// Right behind the end of a sentence.
    case glued
  }

  enum Judgement {
    case none
    /// More of the text is needed.
    case open
    /// So many scalars are a label; what was opened before the name and still is open stays.
    case label(Speaker, length: Int, left: [Unicode.Scalar])
  }

  private static let longestMarks = 8
  private static let longestAction = 100
  private static let colons: Set<Unicode.Scalar> = [":", "：", "﹕", "︓", "꞉"]
  /// What may stand behind a colon that is the eyes of a face.
  private static let mouths: Set<Unicode.Scalar> = [")", "(", "-", "|", "/", "\\", "3", ">", "'"]
  private static let unpaired: Set<Unicode.Scalar> = ["#", ">", "-", "–", "—", "•", "@"]
  private static let pairs: [Unicode.Scalar: Unicode.Scalar] = [
    "*": "*", "_": "_", "[": "]", "(": ")", "{": "}", "<": ">", "\"": "\"", "'": "'", "`": "`", "“": "”",
    "„": "“",
    "‘": "’", "«": "»", "»": "«", "「": "」", "『": "』", "【": "】", "（": "）", "［": "］",
  ]
  private static let brackets: Set<Unicode.Scalar> = ["[", "<", "【", "［"]
  private static let quotations: Set<Unicode.Scalar> = ["\"", "“", "„", "«", "»", "*", "("]
  private static let actions: Set<Unicode.Scalar> = ["(", "[", "*", "（", "_"]
  /// What a time of day or a number before a name consists of.
  private static let stamp = Set("0123456789:.-/)]".unicodeScalars)
  /// What may stand for the colon behind the character's own name where a reply begins.
  private static let separators: Set<Unicode.Scalar> = ["-", "–", "—", "|", ">", ";"]
  /// Words that say of a name that it speaks, up to a colon.
  private static let verbs = ["says", "said", "replies", "answers", "sagt", "antwortet"].map(\.label)
  /// Words with which a name goes on to say more of who bears it, up to a colon.
  private static let more = ["the ", "of ", "from ", "to ", "→", "->", "der ", "die ", "das ", "von ", "zu "]
    .map(\.label)

  let names: SpeakerNames
  let place: Place
  /// Whether nothing was said yet.
  let isFirst: Bool
  /// Whether nothing follows.
  let isWhole: Bool
  /// The text as it is written.
  let written: [Unicode.Scalar]
  /// Whether what was said before has come to an end.
  let isBehindSentence: Bool
  /// In which form the character's own name stood before the line.
  let habit: Habit

  /// Forms of a label that mean something else but where a reply has them from its beginning, as a script does.
  enum Habit {
    case none
    /// With a dash or a bar for the colon.
    case separates
    /// Alone on a line.
    case standsAlone

    /// The habit that a label shows.
    init(of label: some BidirectionalCollection<Unicode.Scalar>, endsLine: Bool) {
      switch label.last(where: { $0 != " " }) {
      case .some(let scalar) where SpeakerLabel.separators.contains(scalar): self = .separates
      case .some(let scalar) where !SpeakerLabel.colons.contains(scalar) && endsLine: self = .standsAlone
      default: self = .none
      }
    }
  }

  /// What a text begins with that has the scalars of ``Unicode/Scalar/labelled``.
  func verdict(on text: [Unicode.Scalar]) -> Judgement {
    var marks: [Unicode.Scalar] = []
    var start = stampLength(of: text)
    let isStamped = start > 0
    while start < text.count, let scalar = mark(text[start]) ?? (start > 0 && text[start] == " " ? " " : nil)
    {
      if scalar != " " { marks.append(scalar) }
      start += 1
      if start > Self.longestMarks { return .none }
    }
    if start == text.count { return isWhole ? .none : .open }
    var isOpen = false
    for name in names.names where fits(name, marks: marks) && (!isStamped || name.speaker == .own) {
      let length = zip(name.folded, text[start...]).prefix { $0 == $1 }.count
      if length == name.folded.count {
        var reading = LabelReading(text, from: start + length, marks: marks, name: name, label: self)
        switch reading.verdict() {
        case .label(let speaker, let length, let left):
          return .label(speaker, length: length, left: left)
        case .open: isOpen = true
        case .none: break
        }
      } else if start + length == text.count {
        isOpen = !isWhole || isOpen
      }
    }
    return isOpen && !isWhole ? .open : .none
  }

  /// How many scalars a time or a number takes with the space behind it, as in `[18:02] ` and `1. `; 0 where none is.
  private func stampLength(of text: [Unicode.Scalar]) -> Int {
    guard place == .start, let first = text.first else { return 0 }
    let isOpened = first == "[" || first == "("
    let digits = text.dropFirst(isOpened ? 1 : 0)
    guard let digit = digits.first, ("0"..."9").contains(digit) else { return 0 }
    let end = digits.firstIndex { !Self.stamp.contains($0) } ?? text.count
    guard end < text.count else { return end <= Self.longestMarks ? end : 0 }
    return text[end] == " " && end <= 2 * Self.longestMarks ? end + 1 : 0
  }

  private func mark(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch place {
    case .start:
      Self.pairs[scalar] != nil || Self.unpaired.contains(scalar) || scalar.properties.isEmojiPresentation
        ? scalar : nil
    case .sentence: scalar == "*" || scalar == "_" ? scalar : nil
    case .glued: nil
    }
  }

  private func fits(_ name: SpeakerNames.Name, marks: [Unicode.Scalar]) -> Bool {
    if name.needsMark, !marks.contains("#"), !marks.contains("{"), !marks.contains("<") { return false }
    if name.isNeverFirst, isFirst { return false }
    return switch place {
    case .start: true
    case .sentence: !name.isRole
    case .glued: name.isRole && name.mayStandAlone
    }
  }

  /// What follows a name in a label.
  private struct LabelReading {
    private let text: [Unicode.Scalar]
    private let name: SpeakerNames.Name
    private let label: SpeakerLabel
    private let marks: [Unicode.Scalar]
    private var open: [Unicode.Scalar]
    private var place: Int
    private var hasSpace = false

    init(
      _ text: [Unicode.Scalar], from place: Int, marks: [Unicode.Scalar], name: SpeakerNames.Name,
      label: SpeakerLabel
    ) {
      self.text = text
      self.place = place
      self.marks = marks
      open = marks.filter { SpeakerLabel.pairs[$0] != nil }
      self.name = name
      self.label = label
    }

    private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    mutating func verdict() -> Judgement {
      pass(spaces: true)
      guard let next else { return .open }
      if SpeakerLabel.colons.contains(next), label.place != .glued { return behindColon() }
      if next == "\n" { return isAlone ? found(place) : aboveSpeech() }
      guard label.place == .start else { return .none }
      let isClosed = open.isEmpty && marks.contains(where: SpeakerLabel.brackets.contains)
      if isClosed, hasSpace, !SpeakerLabel.actions.contains(next), name.speaker != .direction {
        return name.isRole && !name.mayStandAlone ? .none : found(place)
      }
      if SpeakerLabel.actions.contains(next) {
        return behindAction(closedBy: SpeakerLabel.pairs[next] ?? next)
      }
      if next == ",", !hasSpace, name.speaker == .own { return behindAction(closedBy: nil) }
      if name.isRole, hasSpace, ("0"..."9").contains(next) { return behindAction(closedBy: nil) }
      if label.isFirst && name.speaker == .own { return ownLabel(next) }
      return label.habit == .separates && !name.isRole && SpeakerLabel.separators.contains(next)
        ? behindSeparator() : .none
    }

    /// Somebody's name that has a line for itself, above one that is said for certain.
    ///
    /// In a list of names none of them stands above a sentence, and below a letter it stands behind a comma.
    private func aboveSpeech() -> Judgement {
      guard label.place == .start, label.isBehindSentence, !label.isFirst, marks.isEmpty, !hasSpace,
        name.speaker == .other, !name.isRole, label.written[0].properties.isUppercase
      else { return .none }
      let rest = text[(place + 1)...].prefix { $0 != "\n" }
      guard let first = rest.first else { return place + 1 < text.count || label.isWhole ? .none : .open }
      guard label.written[rest.startIndex].properties.isUppercase || SpeakerLabel.quotations.contains(first)
      else { return .none }
      let isComplete = rest.endIndex < text.count || label.isWhole
      guard isComplete || rest.count > SpeakerLabel.longestAction else { return .open }
      let isSentence = rest.last { $0 != " " }.map { ".!?…\"”»*)".unicodeScalars.contains($0) } ?? false
      let words = rest.filter { !".!?…\"”»*) ".unicodeScalars.contains($0) }
      let isName = label.names.names.contains { $0.folded.filter { $0 != " " } == words }
      return isSentence && !isName || !isComplete ? found(place) : .none
    }

    /// What stands in place of a colon behind the character's own name where a reply begins.
    private mutating func ownLabel(_ next: Unicode.Scalar) -> Judgement {
      if SpeakerLabel.separators.contains(next), hasSpace || next == ">" || next == ";" {
        // A name that is talked of goes on in small letters, which the text alone tells that came.
        return behindSeparator()
      }
      guard hasSpace else { return .none }
      let rest = text[place...]
      for words in SpeakerLabel.verbs + SpeakerLabel.more {
        let length = zip(words, rest).prefix { $0 == $1 }.count
        if length == rest.count, !label.isWhole { return .open }
        guard length == words.count else { continue }
        if SpeakerLabel.more.contains(words) { return behindAction(closedBy: nil) }
        place += length
        guard let next = self.next else { return label.isWhole ? .none : .open }
        return SpeakerLabel.colons.contains(next) ? behindColon() : .none
      }
      return .none
    }

    private mutating func behindSeparator() -> Judgement {
      place += 1
      guard next == " " else { return next == nil && !label.isWhole ? .open : .none }
      place += 1
      guard let next else { return label.isWhole ? .none : .open }
      let isBeginning = label.written[place].properties.isUppercase || SpeakerLabel.pairs[next] != nil
      return isBeginning ? found(place) : .none
    }

    /// Whether a name without a colon counts that has a line for itself.
    private var isAlone: Bool {
      switch label.place {
      case .start:
        name.mayStandAlone || isHeading && name.speaker != .direction
          || label.habit == .standsAlone && name.speaker == .other && !name.isRole
      case .glued: !hasSpace
      case .sentence: false
      }
    }

    /// Whether the marks before the name are those of a heading.
    private var isHeading: Bool {
      marks.contains("#") || marks.count { $0 == "*" } > 1
        || marks.contains(where: SpeakerLabel.brackets.contains)
    }

    /// Passes what closes marks that are open, and spaces.
    private mutating func pass(spaces: Bool) {
      while let next {
        if let index = open.lastIndex(where: { SpeakerLabel.pairs[$0] == next }) {
          open.remove(at: index)
        } else if spaces, next == " " {
          hasSpace = true
        } else {
          return
        }
        place += 1
      }
    }

    private mutating func behindColon() -> Judgement {
      place += 1
      while let next, SpeakerLabel.colons.contains(next) { place += 1 }
      if next == nil, !label.isWhole { return .open }
      if label.place == .sentence, let next, !next.properties.isWhitespace,
        SpeakerLabel.pairs[next] == nil || SpeakerLabel.mouths.contains(next)
      {
        return .none
      }
      if hasSpace {
        guard let next else { return label.isWhole ? found(place) : .open }
        if SpeakerLabel.mouths.contains(next), open.isEmpty { return .none }
      }
      pass(spaces: false)
      if next == nil, !open.isEmpty, !label.isWhole { return .open }
      return found(place)
    }

    /// - Parameter closing: What ends an action in brackets; nil for one behind a comma.
    private mutating func behindAction(closedBy closing: Unicode.Scalar?) -> Judgement {
      let start = place
      place += 1
      while let next, closing.map({ next != $0 }) ?? !SpeakerLabel.colons.contains(next) {
        let endsSentence = closing == nil && (next == "." || next == "!" || next == "?" || next == "\"")
        guard next != "\n", !endsSentence, place - start < SpeakerLabel.longestAction else { return .none }
        place += 1
      }
      guard next != nil else { return .open }
      if closing != nil {
        place += 1
        pass(spaces: true)
        guard let next else { return .open }
        guard SpeakerLabel.colons.contains(next) else { return .none }
      }
      return behindColon()
    }

    private func found(_ length: Int) -> Judgement {
      .label(name.speaker, length: length, left: open)
    }
  }
}
