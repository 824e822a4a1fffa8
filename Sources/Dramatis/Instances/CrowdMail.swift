/// Events that wait for characters: each event once, and for each character a note of it.
struct CrowdMail: Sendable {
  /// An event, and what of it each troop reads.
  struct Posted: Sendable {
    let event: Event
    let answers: [String: Answer]
    /// What is remembered of it.
    let heard: HeardEvent?
    /// For each troop the event prepared and the answers resolved; made when the first of them steps on it.
    var prepared: [(event: PreparedEvent, answers: Answers)?] = []
    var readers = 0

    init(_ event: Event, answers: [String: Answer] = [:], readers: Int = 0) {
      (self.event, self.answers, self.readers) = (event, answers, readers)
      heard = HeardEvent(event)
    }
  }

  /// That an event waits for a character.
  struct Note: Sendable {
    let member: Int32
    let generation: UInt32
    let event: Int32
    /// The tick before which it was posted.
    let tick: UInt32
  }

  /// Notes in the order in which they came.
  struct Queue: Sendable {
    private var notes: [Note] = []
    private var head = 0

    var count: Int { notes.count - head }
    var first: Note? { head < notes.count ? notes[head] : nil }

    mutating func append(_ note: Note) { notes.append(note) }

    mutating func removeFirst() {
      head += 1
      if head == notes.count {
        notes.removeAll(keepingCapacity: true)
        head = 0
      } else if head > 4096, head > notes.count / 2 {
        notes.removeFirst(head)
        head = 0
      }
    }
  }

  /// For how many ticks what matters less waits before it goes first.
  static let patience: UInt32 = 8

  private(set) var events: [Posted] = []
  private var free: [Int] = []
  private var queues = [Queue](repeating: Queue(), count: Crowd.Detail.allCases.count)

  var count: Int { queues.reduce(0) { $0 + $1.count } }

  /// Takes an event in for so many readers and gives its number.
  mutating func post(_ event: Event, answers: [String: Answer], readers: Int) -> Int {
    let posted = Posted(event, answers: answers, readers: readers)
    guard let place = free.popLast() else {
      events.append(posted)
      return events.count - 1
    }
    events[place] = posted
    return place
  }

  mutating func append(_ note: Note, to queue: Crowd.Detail) { queues[queue.rawValue].append(note) }

  /// The queue whose first note goes next: the most important, unless a lesser one has waited for too long.
  func next() -> Crowd.Detail? {
    var best: (queue: Int, tick: UInt32)?
    var queue = queues.count
    while queue > 0 {
      queue -= 1
      guard let tick = queues[queue].first?.tick else { continue }
      if let chosen = best, chosen.tick <= tick || chosen.tick - tick < Self.patience { continue }
      best = (queue, tick)
    }
    return best.flatMap { Crowd.Detail(rawValue: $0.queue) }
  }

  func first(of queue: Crowd.Detail) -> Note? { queues[queue.rawValue].first }

  mutating func removeFirst(of queue: Crowd.Detail) { queues[queue.rawValue].removeFirst() }

  /// The event and the answers as a troop reads them; nil where none of it has stepped on the event yet.
  @inline(__always)
  func prepared(_ event: Int, at troop: Int) -> (event: PreparedEvent, answers: Answers)? {
    troop < events[event].prepared.count ? events[event].prepared[troop] : nil
  }

  /// Works out what a troop reads of an event.
  mutating func prepare(_ event: Int, at troop: Int, for program: Program) {
    let posted = events[event]
    while events[event].prepared.count <= troop { events[event].prepared.append(nil) }
    events[event].prepared[troop] = (
      program.uncheckedPrepared(posted.event.forEveryone), program.answers(from: posted.answers).answers
    )
  }

  /// Forgets an event whose last reader has read it.
  mutating func release(_ event: Int) {
    events[event].readers -= 1
    guard events[event].readers == 0 else { return }
    events[event] = Posted(Event())
    free.append(event)
  }

  /// Forgets what of events the programs read, since a program has changed.
  mutating func forgetPrepared() {
    for place in events.indices { events[place].prepared = [] }
  }
}

extension Event {
  /// The same as whoever it was posted to perceives it: said to them, whatever they are called.
  fileprivate var forEveryone: Event {
    var event = self
    event.to = nil
    event.present = nil
    return event
  }
}
