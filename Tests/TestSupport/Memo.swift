import Synchronization

/// What is costly to make and the same for every test, made once.
package final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let values = Mutex([Key: Value]())

  package init() {}

  /// Tests that ask at the same time may make it twice, so that none waits for another.
  package func value(for key: Key, make: () throws -> Value) rethrows -> Value {
    if let value = values.withLock({ $0[key] }) { return value }
    let value = try make()
    values.withLock { $0[key] = value }
    return value
  }
}
