/// A save as bytes: a mark and a version, a table of texts, then numbers, most of them one byte.
extension InstanceSave {
  private static let mark: [UInt8] = [0x44, 0x52, 0x4D, 0x53]
  /// The version of the bytes that this library writes and reads.
  static let bytesVersion = 1

  /// The save as bytes.
  public func bytes() -> [UInt8] {
    var pen = SaveWriter()
    pen.text(name)
    pen.text(position.character)
    pen.number(position.seed)
    pen.number(position.turn)
    pen.list(position.states) { pen, entry in
      pen.text(entry.key)
      pen.text(entry.value)
    }
    pen.list(position.beliefs) { pen, entry in
      pen.text(entry.key)
      pen.list(entry.value) { pen, state in
        pen.text(state.key)
        pen.fixed(state.value.bitPattern)
      }
    }
    pen.list(position.variables) { pen, entry in
      pen.text(entry.key)
      pen.datum(entry.value)
    }
    pen.list(position.commitments) { pen, entry in
      pen.text(entry.key)
      pen.progress(entry.value)
    }
    pen.list(position.spent ?? [:]) { pen, entry in
      pen.text(entry.key)
      pen.number(UInt64(entry.value.count))
      for transition in entry.value { pen.number(transition) }
    }
    pen.number(UInt64(heard.count))
    for event in heard {
      pen.optional(event.actor)
      pen.text(event.text)
    }
    pen.number(UInt64(said.count))
    for line in said {
      pen.number(line.turn)
      pen.number(line.digest.map { UInt64($0) + 1 } ?? 0)
      pen.optional(line.text)
    }
    pen.number(UInt64(fired.count))
    for statement in fired {
      pen.text(statement.statement)
      pen.number(statement.count)
      pen.number(statement.lastTurn)
    }
    pen.number((isLastKnown ? 1 : 0) + (position.past == nil ? 0 : 2) as UInt64)
    if let past = position.past { pen.past(past) }
    return Self.mark + [UInt8(Self.bytesVersion)] + pen.bytes
  }

  /// Reads bytes; nothing in them is trusted.
  ///
  /// - Throws: ``InstanceError/badSave(_:)``.
  public init(bytes: [UInt8]) throws(InstanceError) {
    guard bytes.starts(with: Self.mark) else { throw .badSave("the bytes do not begin as a save does") }
    guard bytes.count > Self.mark.count, Int(bytes[Self.mark.count]) == Self.bytesVersion else {
      throw .badSave("it is of another version; use the library that wrote it, or a later one")
    }
    var reader = try SaveReader(Array(bytes.dropFirst(Self.mark.count + 1)))
    name = try reader.text()
    let character = try reader.text()
    let seed = try reader.number()
    let turn = try reader.whole()
    var states: [String: String] = [:]
    for _ in 0..<(try reader.count()) { states[try reader.text()] = try reader.text() }
    var beliefs: [String: [String: Double]] = [:]
    for _ in 0..<(try reader.count()) {
      let machine = try reader.text()
      var belief: [String: Double] = [:]
      for _ in 0..<(try reader.count()) { belief[try reader.text()] = Double(bitPattern: try reader.fixed()) }
      beliefs[machine] = belief
    }
    var variables: [String: Datum] = [:]
    for _ in 0..<(try reader.count()) { variables[try reader.text()] = try reader.datum() }
    var commitments: [String: CommitmentProgress] = [:]
    for _ in 0..<(try reader.count()) { commitments[try reader.text()] = try reader.progress() }
    var spent: [String: [Int]] = [:]
    for _ in 0..<(try reader.count()) {
      let machine = try reader.text()
      var places: [Int] = []
      for _ in 0..<(try reader.count()) { places.append(try reader.whole()) }
      spent[machine] = places
    }
    for _ in 0..<(try reader.count()) {
      heard.append(HeardEvent(actor: try reader.optional(), text: try reader.text()))
    }
    for _ in 0..<(try reader.count()) {
      let turn = try reader.whole()
      let digest = try reader.number()
      guard digest <= UInt64(UInt32.max) + 1 else { throw .badSave("a number in it is too large") }
      said.append(
        Said(turn: turn, digest: digest == 0 ? nil : UInt32(digest - 1), text: try reader.optional()))
    }
    for _ in 0..<(try reader.count()) {
      fired.append(
        Fired(statement: try reader.text(), count: try reader.whole(), lastTurn: try reader.whole()))
    }
    let flags = try reader.number()
    isLastKnown = flags & 1 == 1
    let past = flags & 2 == 2 ? try reader.past() : nil
    position = NamedSnapshot(
      version: NamedSnapshot.currentVersion, character: character, seed: seed, turn: turn, states: states,
      beliefs: beliefs, variables: variables, commitments: commitments, spent: spent.isEmpty ? nil : spent,
      lore: nil, past: past)
    try reader.end()
  }
}

extension SaveWriter {
  /// What conditions read of the step before.
  fileprivate mutating func past(_ past: NamedPast) {
    list(past.states) { pen, entry in
      pen.text(entry.key)
      pen.text(entry.value)
    }
    list(past.variables) { pen, entry in
      pen.text(entry.key)
      pen.datum(entry.value)
    }
    for questions in [past.before, past.now] {
      number(UInt64(questions.count))
      for question in questions { text(question) }
    }
  }
}

extension SaveReader {
  fileprivate mutating func past() throws(InstanceError) -> NamedPast {
    var states: [String: String] = [:]
    for _ in 0..<(try count()) { states[try text()] = try text() }
    var variables: [String: Datum] = [:]
    for _ in 0..<(try count()) { variables[try text()] = try datum() }
    var questions: [[String]] = [[], []]
    for place in questions.indices {
      for _ in 0..<(try count()) { questions[place].append(try text()) }
    }
    return NamedPast(states: states, variables: variables, before: questions[0], now: questions[1])
  }
}
