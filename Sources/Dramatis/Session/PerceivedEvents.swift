/// The newest events that a character perceived, oldest first.
///
/// They are kept, and given up, in blocks: a copy that goes on shares all but the newest, and what is left of them begins
/// at the same event for many turns.
struct PerceivedEvents: Sendable {
  /// As many as a prompt may tell of.
  static let capacity = 400
  private static let block = 16

  private var blocks: [[Event]] = []
  private var newest: [Event] = []

  /// - Parameter window: How many must be kept, if it is more than the capacity.
  mutating func append(_ event: Event, window: Int = 0) {
    newest.append(event)
    guard newest.count == Self.block else { return }
    blocks.append(newest)
    newest = []
    if (blocks.count - 1) * Self.block >= max(Self.capacity, window) { blocks.removeFirst() }
  }

  /// The last event.
  var last: Event? { newest.last ?? blocks.last?.last }

  /// All of them.
  var all: [Event] { Array(blocks.joined()) + newest }

  /// So many of the newest.
  func suffix(_ count: Int) -> [Event] {
    guard count > newest.count else { return newest.suffix(count) }
    let needed = (count - newest.count + Self.block - 1) / Self.block
    return (blocks.suffix(needed).joined() + newest).suffix(count)
  }
}
