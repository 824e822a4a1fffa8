/// What the numbers that a game holds stand for.
///
/// A handle is the place of something in a table, with the kind of thing in its upper bits and a count of how often the place was
/// used before between them: one that was freed, or is of another kind, is told from one that is good. Made and read behind a
/// lock that is held for some instructions only.
final class HandleTable<Value: Sendable>: Sendable {
  private struct Slot {
    var value: Value?
    /// How often the place was freed; where it would begin anew the place is used no more.
    var generation: UInt64 = 1
  }

  private struct State {
    var slots: [Slot] = []
    var free: [Int] = []
  }

  private static var placeBits: UInt64 { 28 }
  private static var generationBits: UInt64 { 32 }
  private static var largestGeneration: UInt64 { (1 << generationBits) - 1 }
  private static var mostPlaces: Int { 1 << 24 }

  private let kind: UInt64
  private let state = Lock(State())

  /// - Parameter kind: From 1 to 15, another one for each table.
  init(kind: UInt64) {
    self.kind = kind
  }

  /// A handle for something; nil where there are too many.
  func insert(_ value: Value) -> UInt64? {
    state.withLock { state in
      if state.free.isEmpty {
        guard state.slots.count < Self.mostPlaces else { return nil }
        state.free.append(state.slots.count)
        state.slots.append(Slot())
      }
      guard let place = state.free.popLast() else { return nil }
      state.slots[place].value = value
      return kind << (Self.placeBits + Self.generationBits)
        | state.slots[place].generation << Self.placeBits | UInt64(place)
    }
  }

  /// What a handle stands for; nil for one that stands for nothing.
  func value(of handle: UInt64) -> Value? {
    state.withLock { state in place(of: handle, in: state).flatMap { state.slots[$0].value } }
  }

  /// Takes out what a handle stands for, which from now on stands for nothing.
  func remove(_ handle: UInt64) -> Value? {
    state.withLock { state in
      guard let place = place(of: handle, in: state) else { return nil }
      let value = state.slots[place].value
      state.slots[place].value = nil
      state.slots[place].generation += 1
      if state.slots[place].generation <= Self.largestGeneration { state.free.append(place) }
      return value
    }
  }

  private func place(of handle: UInt64, in state: borrowing State) -> Int? {
    let place = Int(handle & ((1 << Self.placeBits) - 1))
    let generation = handle >> Self.placeBits & Self.largestGeneration
    guard handle >> (Self.placeBits + Self.generationBits) == kind, place < state.slots.count,
      state.slots[place].generation == generation, state.slots[place].value != nil
    else { return nil }
    return place
  }
}
