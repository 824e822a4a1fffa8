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
    values += data.map { value(event.data[$0], &numbers) }
    return values
  }

  private func value(_ datum: Datum?, _ numbers: inout EventTextNumbers) -> FlatValue {
    switch datum {
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .text(let text): .text(numbers.number(of: text))
    case .null, .list, .object, nil: .missing
    }
  }
}
