import Synchronization

/// What others work out of a program and all of its copies share: one value of each type, made when first asked for.
///
/// A program is looked at by rooms that it does not know; what they need again and again is kept here.
final class DerivedValues: Sendable {
  private let known = Mutex<[ObjectIdentifier: any Sendable]>([:])

  /// The value of a type; two threads that ask at the same time may both make it, and one of the two is kept.
  func value<Value: Sendable>(_ make: () -> Value) -> Value {
    let key = ObjectIdentifier(Value.self)
    if let found = known.withLock({ $0[key] }) as? Value { return found }
    let made = make()
    return known.withLock { values in
      if let found = values[key] as? Value { return found }
      values[key] = made
      return made
    }
  }
}
