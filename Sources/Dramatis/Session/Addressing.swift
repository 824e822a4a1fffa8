/// Whom a typed text speaks to.
///
/// A name speaks to its bearer at the start or the end of a sentence, set off from it by a comma, a dash, a colon, an
/// exclamation or question mark or an ellipsis of any script; and anywhere after `@`. Where no name does, whoever a gesture
/// turns to is spoken to: "(to Ann) Come." and "*turns to Ann* Come."
struct Addressing {
  /// A name where it stands in the text.
  private struct Call {
    let member: Int
    let start, end: Int
    var isAddress = false
  }

  /// The members who are addressed, in the order in which the text names them.
  private(set) var members: [Int] = []
  /// The names after an `@` that nobody has.
  private(set) var unknown: [String] = []

  private let text: SpokenText
  private let names: NamesInText

  init(of text: SpokenText, among names: NamesInText) {
    self.text = text
    self.names = names
    var called: [(place: Int, member: Int)] = readCalls()
    for place in text.characters.indices where isSign(at: place) {
      if let (member, _) = names.longest(in: text, at: place + 1) {
        called.append((place, member))
      } else if let name = word(at: place + 1) {
        unknown.append(name)
      }
    }
    if called.isEmpty { called = text.gestures.flatMap(readTurns) }
    for (_, member) in called.sorted(by: { $0.place < $1.place }) where !members.contains(member) {
      members.append(member)
    }
  }

  /// Those whom a gesture turns to: "to Ann", "to Ann and Ben".
  private func readTurns(of gesture: Range<Int>) -> [(place: Int, member: Int)] {
    let inner = SpokenText(gesture: gesture, of: text)
    var turned: [(end: Int, member: Int)] = []
    for (member, range) in names.all(in: inner) {
      let before = inner.word(endingAt: inner.neighbour(of: range.lowerBound, by: -1))
      let link = before.start ?? inner.neighbour(of: range.lowerBound, by: -1)
      let follows = turned.last.map { inner.neighbour(of: $0.end - 1, by: 1) == link } ?? false
      let isLinked = Self.links.contains(before.folded) || inner.mark(at: link) == .comma
      guard Self.directions.contains(before.folded) || follows && isLinked else { continue }
      turned.append((range.upperBound, member))
    }
    return turned.map { (gesture.lowerBound + $0.end, $0.member) }
  }

  /// Words before whom somebody turns to; "at" is not among them, since people point at whom they speak of.
  private static let directions: Set<String> = ["to", "toward", "towards", "zu", "an"]
  private static let links: Set<String> = ["and", "und"]

  /// The names that are set off, with their places.
  private func readCalls() -> [(place: Int, member: Int)] {
    var calls = names.all(in: text).map {
      Call(member: $0.member, start: $0.range.lowerBound, end: $0.range.upperBound)
    }
    for place in calls.indices {
      let follows = place > 0 && calls[place - 1].isAddress && isNext(calls[place - 1], calls[place])
      calls[place].isAddress = isSetOff(calls[place], followsAddress: follows)
    }
    // "Hello, Ann, Ben": the one before the last is addressed as the last is.
    for place in calls.indices.dropLast().reversed()
    where calls[place + 1].isAddress && isNext(calls[place], calls[place + 1]) {
      if separators.contains(left(of: calls[place])) { calls[place].isAddress = true }
    }
    return calls.filter(\.isAddress).map { ($0.start, $0.member) }
  }

  private let separators: [SpokenText.Mark] = [.comma, .dash, .colon, .emphasis]

  /// Whether only a comma stands between two names.
  private func isNext(_ one: Call, _ other: Call) -> Bool {
    let comma = text.neighbour(of: one.end - 1, by: 1)
    return text.mark(at: comma) == .comma && text.neighbour(of: comma, by: 1) == other.start
  }

  private func left(of call: Call) -> SpokenText.Mark {
    text.mark(at: text.neighbour(of: call.start, by: -1))
  }

  private func isSetOff(_ call: Call, followsAddress: Bool) -> Bool {
    let place = text.neighbour(of: call.end - 1, by: 1)
    let right = text.mark(at: place)
    var before = text.neighbour(of: call.start, by: -1)
    if separators.contains(right), let greeted = startOfGreeting(endingAt: before) { before = greeted }
    let left = text.mark(at: before)
    // At the start: "Ann, …"; a colon may come before what is said.
    let isStart = followsAddress || [.edge, .line, .stop, .emphasis, .quote, .gesture, .colon].contains(left)
    if isStart, separators.contains(right) { return true }
    // At the end: "…, Ann."
    let closes = right == .comma && text.mark(at: text.neighbour(of: place, by: 1)) == .quote
    let isEnd = closes || [.edge, .line, .stop, .emphasis, .quote, .gesture].contains(right)
    if isEnd, separators.contains(left) { return true }
    // Nothing but the name: "Ann", "Ann.", "“Ann”".
    guard isAlone(from: before, by: -1) else { return false }
    return right == .stop || isAlone(from: place, by: 1)
  }

  /// Whether nothing is said from a place on to the edge of the text.
  private func isAlone(from start: Int, by step: Int) -> Bool {
    var place = start
    while [.quote, .gesture, .stop, .line].contains(text.mark(at: place)) {
      place = text.neighbour(of: place, by: step)
    }
    return text.mark(at: place) == .edge
  }

  /// What comes before a word such as "hey" that ends at a place, if a sentence begins with it.
  private func startOfGreeting(endingAt end: Int) -> Int? {
    let word = text.word(endingAt: end)
    guard let start = word.start, Self.greetings.contains(word.folded) else { return nil }
    // "He rose, and left" calls nobody, and "He Rose, komm her" does.
    let next = text.neighbour(of: end, by: 1)
    if word.folded == "he", !(text.characters.indices.contains(next) && text.characters[next].isUppercase) {
      return nil
    }
    return text.neighbour(of: start, by: -1)
  }

  /// Words that come before a name in an address and would hardly come before it elsewhere.
  private static let greetings: Set<String> = [
    "hey", "hi", "hello", "oh", "ah", "o", "yo", "dear", "ok", "okay", "please", "thanks", "sorry", "goodbye",
    "bye",
    "hallo", "he", "ach", "liebe", "lieber", "bitte", "danke", "salut", "bonjour", "bonsoir", "cher", "chère",
    "merci",
    "hola", "oye", "gracias", "querida", "querido", "ciao", "ehi", "salve", "grazie", "olá", "oi", "hoi",
    "hej", "cześć",
    "привет", "эй", "спасибо", "نعم", "يا", "אהלן", "היי",
  ]

  /// Whether an `@` begins a word, and is not in the middle of an address for mail.
  private func isSign(at place: Int) -> Bool {
    let character = text.characters[place]
    guard character == "@" || character == "＠", text.mark(at: place) != .gesture else { return false }
    guard place > 0 else { return true }
    let before = text.characters[place - 1]
    return !(before.isLetter || before.isNumber || before == "." || before == "_" || before == "-")
  }

  /// The word at a place; nil where there is no letter.
  private func word(at start: Int) -> String? {
    guard text.characters.indices.contains(start), text.characters[start].isLetter else { return nil }
    let word = text.characters[start...].prefix { $0.isLetter || $0.isNumber || "_-'’".contains($0) }
    return String(word)
  }
}
