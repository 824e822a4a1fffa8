/// Why nobody can step on an event.
public enum EventError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The event has neither a text nor a scene, and is of no kind that needs none.
  case empty
  /// A text, a scene, or everything else of an event together is longer than it may be; in bytes.
  case textTooLong(limit: Int)
  /// A datum of the event holds a number that is infinite or none.
  case notFinite(String)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .empty: "empty-event"
    case .textTooLong: "text-too-long"
    case .notFinite: "not-finite"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .empty: "an event needs a text, a scene or a kind such as tick"
    case .textTooLong(let limit):
      "a text has more than the \(limit >> 20) MiB that an event may have; give it in parts"
    case .notFinite(let key): "data.\(key.oneLine) holds a number that is infinite or none; give a finite one"
    }
  }
}

extension Event {
  /// Why nobody can step on it; nil where one can.
  var fault: EventError? {
    text == nil && scene == nil && kind == Self.speech ? .empty : excess
  }

  /// What of it is too long or not finite; nil where nothing is.
  var excess: EventError? {
    let names = [to, present, partners].compactMap(\.self).joined().reduce(0) { $0 + $1.utf8.count }
    let others = names + (actor?.utf8.count ?? 0) + kind.utf8.count + Datum.object(data).textBytes
    let lengths = [text?.utf8.count ?? 0, scene?.utf8.count ?? 0, others]
    if lengths.contains(where: { $0 > Self.maximumTextBytes }) {
      return .textTooLong(limit: Self.maximumTextBytes)
    }
    guard !Datum.object(data).isFinite else { return nil }
    return data.sorted { $0.key < $1.key }.first { !$0.value.isFinite }.map { .notFinite($0.key) }
  }
}

extension Datum {
  /// How many bytes all texts and keys in it take together.
  fileprivate var textBytes: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .list(let values): values.reduce(0) { $0 + $1.textBytes }
    case .object(let values): values.reduce(0) { $0 + $1.key.utf8.count + $1.value.textBytes }
    case .null, .boolean, .number: 0
    }
  }
}
