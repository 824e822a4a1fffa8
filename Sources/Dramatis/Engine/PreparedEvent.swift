/// An event with everything resolved that a program reads of it.
///
/// Names are folded and texts looked up once, so that stepping on it costs no more than comparing numbers. A
/// game prepares each kind of event once; see ``Program/prepared(_:scene:)``. It belongs to the program that
/// prepared it.
public final class PreparedEvent: Sendable {
  /// Whom the event concerns, as far as it is known before a step.
  enum Concern: Sendable {
    case nobody
    case character
    /// Whomever the condition of the profile says.
    case ifRelevant
  }

  let concern: Concern
  /// The side on which the character stands if it is concerned.
  let side: Role
  let slots: Table<FlatValue>
  /// The candidates that the event leaves, list after list.
  private let candidates: Table<FlatCandidate>
  /// The places of the candidates for each state of all machines.
  private let lists: Table<Range<Int32>>
  /// The topics to read, in order.
  let topics: Table<Int>
  /// How many statements they can come to.
  let statementLimit: Int

  init(_ flat: FlatProgram, _ concern: Concern, _ side: Role, _ slots: [FlatValue], topics: [Int] = []) {
    self.concern = concern
    self.side = side
    self.slots = Table(slots)
    self.topics = Table(topics)
    statementLimit = topics.reduce(0) { $0 + flat.statementCounts[$1] }
    let left = flat.candidates(on: side, self.slots)
    candidates = Table(left.candidates)
    lists = Table(left.lists)
  }

  /// The places of the candidates that leave a state, in the order written.
  ///
  /// - Parameter state: Its place among those of all machines.
  @inline(__always)
  func candidates(leaving state: Int) -> Range<Int> {
    let list = lists[state]
    return Range(uncheckedBounds: (Int(list.lowerBound), Int(list.upperBound)))
  }

  @inline(__always)
  func candidate(_ place: Int) -> FlatCandidate { candidates[place] }
}

extension Program {
  /// Resolves what this program reads of an event.
  ///
  /// - Parameter scene: The event among those before it, which may mention the character; nil for the event
  ///   alone.
  /// - Complexity: Allocates; takes time in proportion to the transitions of the program and to the texts of the
  ///   event that it reads.
  public func prepared(_ event: Event, scene: Scene? = nil) -> PreparedEvent {
    let side = side(in: event)
    let topics = side == .passive ? activeTopics(event) : []
    return PreparedEvent(
      flat, concern(event, scene ?? Scene(of: event, after: [], window: 1), side), side,
      flat.slots.values(of: event), topics: topics)
  }

  private func concern(_ event: Event, _ scene: Scene, _ side: Role) -> PreparedEvent.Concern {
    if side == .active { return .character }
    guard perceives(event) else { return .nobody }
    if relevance != nil { return .ifRelevant }
    return concerns(event, scene) ? .character : .nobody
  }
}
