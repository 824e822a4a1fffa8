/// What of an event conditions read, each in a slot of its own.
struct SlotTable: Sendable {
  static let kind: Int32 = 0
  static let actor: Int32 = 1

  /// The data that conditions read, in the order of their slots, which come after the two above.
  private var data: [String] = []
  private var slots: [String: Int32] = [:]
  private var readsKind = false
  private var readsActor = false
  var texts = TextNumbers()

  var count: Int { data.count + 2 }

  /// The slot of the event's kind, which from now on is read.
  mutating func kindSlot() -> Int32 {
    readsKind = true
    return Self.kind
  }

  /// The slot of the event's actor, which from now on is read.
  mutating func actorSlot() -> Int32 {
    readsActor = true
    return Self.actor
  }

  /// The slot of a datum, which from now on is read.
  mutating func dataSlot(_ key: String) -> Int32 {
    if let known = slots[key] { return known }
    let slot = Int32(count)
    data.append(key)
    slots[key] = slot
    return slot
  }

  /// What an event says in each slot.
  func values(of event: Event) -> [FlatValue] {
    var numbers = EventTextNumbers(knowing: texts, readsNames: readsActor)
    var values = [FlatValue](repeating: .missing, count: 2)
    if readsKind { values[Int(Self.kind)] = .text(numbers.number(of: event.kind)) }
    if readsActor, let actor = event.actor {
      values[Int(Self.actor)] = .name(numbers.name(FoldedName(actor)))
    }
    values += data.map { value(of: event.data[$0], numbering: &numbers) }
    return values
  }

  private func value(of datum: Datum?, numbering numbers: inout EventTextNumbers) -> FlatValue {
    switch datum {
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .text(let text): .text(numbers.number(of: text))
    case .null, .list, .object, nil: .missing
    }
  }
}

/// Numbers for texts, so that comparing two of them is comparing two numbers.
///
/// Texts are the same where their bytes are, names where their folded spellings are.
struct TextNumbers: Sendable {
  private var texts: [Bytes: FlatText] = [:]
  private var names: [FoldedName: Int32] = [:]

  /// The number of a text, a new one unless its like was seen before.
  mutating func number(of text: String) -> FlatText {
    if let known = texts[Bytes(text: text)] { return known }
    let number = FlatText(bytes: Int32(texts.count), name: self.name(FoldedName(text)))
    texts[Bytes(text: text)] = number
    return number
  }

  /// The number of a folded name, a new one unless its like was seen before.
  mutating func name(_ name: FoldedName) -> Int32 {
    if let known = names[name] { return known }
    names[name] = Int32(names.count)
    return Int32(names.count - 1)
  }

  /// A text that is hashed and compared by its bytes; strings are by canonical equivalence.
  fileprivate struct Bytes: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.isSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) {
      for byte in text.utf8 { hasher.combine(byte) }
      hasher.combine(0xFF as UInt8)
    }
  }
}

/// The numbers of one event's texts: those that its program knows, and negative ones for all others.
struct EventTextNumbers {
  private let known: TextNumbers
  private var others = TextNumbers()
  /// Whether a name is compared anywhere, so that texts are worth folding.
  private let readsNames: Bool

  init(knowing known: TextNumbers, readsNames: Bool) {
    self.known = known
    self.readsNames = readsNames
  }

  mutating func number(of text: String) -> FlatText {
    if let number = known.find(text) { return number }
    let name = readsNames ? self.name(FoldedName(text)) : -1
    return FlatText(bytes: ~others.bytes(of: text), name: name)
  }

  mutating func name(_ name: FoldedName) -> Int32 {
    known.find(name) ?? ~others.name(name)
  }
}

extension TextNumbers {
  fileprivate func find(_ text: String) -> FlatText? { texts[Bytes(text: text)] }

  fileprivate func find(_ name: FoldedName) -> Int32? { names[name] }

  /// The number of a text by its bytes alone.
  fileprivate mutating func bytes(of text: String) -> Int32 {
    let bytes = Bytes(text: text)
    if let known = texts[bytes] { return known.bytes }
    let number = Int32(texts.count)
    texts[bytes] = FlatText(bytes: number, name: -1)
    return number
  }
}
