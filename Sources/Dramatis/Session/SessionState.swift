/// Where a session stands: what undo and branches go back to.
struct SessionState: Sendable {
  var turn = 0
  var members: [Member]
  var lastLine: Line?
  /// The turn that was taken last on this branch.
  var lastTurn: Turn?
  /// What a person wishes of every line until it is taken back.
  private(set) var wish: Direction?
  /// Who says nothing unasked, by name.
  var muted: Set<String> = []
  /// Who of the cast answered whom last, by the name of whoever was answered.
  private var partners: [FoldedName: String] = [:]
  private static let mostPartners = 1000

  init(cast: [Program], seed: UInt64, statementBudget: Int? = nil) {
    members = cast.enumerated().map { index, program in
      // Each member draws for itself; the first by the session's own seed.
      let own = seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
      return Member(
        program: program, snapshot: program.initialSnapshot(seed: own), statementBudget: statementBudget)
    }
  }

  var cast: [Program] { members.map(\.program) }

  /// The member who is called so.
  func index(of name: String) -> Int? {
    members.firstIndex { $0.program.isCalled(name) }
  }

  /// Lets everyone perceive something that nobody does.
  mutating func hear(opening text: String) {
    for index in members.indices { members[index].hear(opening: text) }
  }

  /// Lets everyone hear a greeting.
  mutating func hear(greeting spoken: SpokenLine, by index: Int) -> Line {
    let character = members[index].program.character
    let line = Line(
      turn: turn, character: character, spoken: SpokenLine(spoken.text),
      event: Event(actor: character, text: spoken.text), isHeard: false)
    for other in members.indices where other != index { members[other].hearLater(line.event) }
    members[index].hear(line.event)
    members[index].say(spoken, in: turn)
    lastLine = line
    return line
  }

  /// Whether a turn on what a member has just said finds everyone to have stepped on it.
  func isKnown(saidBy member: Int?) -> Bool {
    member != nil && lastLine?.isHeard == true
  }

  /// For each member what was answered about the last line when they heard it; none where they did not.
  func repliesHeard(saidBy member: Int?) -> [[Int: Reply]] {
    guard isKnown(saidBy: member), let lastTurn, lastTurn.records.map(\.program) == cast else { return [] }
    return lastTurn.records.map { $0.heard?.replies ?? [:] }
  }

  /// Goes on from the end of a turn.
  mutating func commit(_ taken: Turn, members: [Member]) {
    self.members = members
    turn = taken.number
    if let wished = taken.event.direction, wished.lasts || wished.text.isEmpty {
      wish = wished.text.isEmpty ? nil : wished
    }
    if let line = taken.line {
      lastLine = line
      if let actor = taken.event.actor {
        // Forgotten all at once, lest a world of passers-by grow without end.
        if partners.count == Self.mostPartners { partners = [:] }
        partners[FoldedName(actor)] = line.character
      }
    }
    lastTurn = taken
  }

  /// Whether a member says nothing unasked.
  func isMuted(_ program: Program) -> Bool {
    muted.contains(program.character)
  }

  /// Who of the cast answered somebody last; nil where nobody did yet.
  func partner(of actor: String) -> String? {
    partners[FoldedName(actor)]
  }
}

/// A character in a session: where they stand, what they heard and what they said.
struct Member: Sendable {
  let program: Program
  var snapshot: Snapshot
  /// What the character perceived.
  private var heard = PerceivedEvents()
  /// Lines of others that the character has not yet heard as an event.
  private var pending: [Event] = []
  /// What the character said lately, with the turn.
  private var spoken: [(turn: Int, line: SpokenLine)] = []
  /// The session's own, in tokens.
  private let statementBudget: Int?
  private let selector: StatementSelector?
  /// The keys of each of the program's books.
  let loreKeys: [LoreKeys]
  /// By what the standing questions are answered.
  let memoryCues: MemoryCues
  /// What the character keeps in answer to its standing questions.
  private(set) var memory = KeptMemory()
  private var history = FiringHistory()
  private var standings: StandingHistory
  /// How stories opened.
  private(set) var openings: [String] = []
  /// The paid commitments of others of which the character knows, by name.
  private var witnessed: Set<String> = []

  /// - Parameter statementBudget: In tokens; the profile's unless given.
  init(program: Program, snapshot: Snapshot, statementBudget: Int? = nil) {
    self.program = program
    self.snapshot = snapshot
    standings = StandingHistory(at: snapshot)
    self.statementBudget = statementBudget
    loreKeys = program.lore.map { LoreKeys(of: $0.entries) }
    memoryCues = MemoryCues(of: program)
    selector = (statementBudget ?? program.statementBudget).map {
      StatementSelector(tokens: $0, for: program)
    }
  }

  /// What of a step's statements to hand over, by what fired in the turns before it.
  func selection(of step: Step) -> StatementSelection {
    selector?.selection(of: step, after: history)
      ?? StatementSelection(all: step.grounding.statements, newlyHolding: history.newlyHolding(in: step))
  }

  /// Remembers what fired and moved in a step.
  mutating func note(_ record: StepRecord) {
    if !record.isLine { history.note(record.step) }
    standings.note(record.step, answers: record.answers, of: program)
  }

  /// How many events the character perceived before those that it still has word for word.
  var forgottenEvents: Int { heard.forgotten }

  /// Keeps a summary of what it perceived first.
  mutating func keep(_ past: KeptPast) {
    memory.past = past
  }

  /// Keeps what a turn has added in answer to the standing questions.
  mutating func keep(_ notes: [MemoryNote], of turn: Int) {
    memory.take(notes, of: turn, for: program)
  }

  /// Remembers that the character speaks from some statements, and of all that is new.
  mutating func tell(_ selection: StatementSelection?) {
    history.tell(selection, turn: snapshot.turn)
    standings.tell()
  }

  /// How long each machine has been in its state.
  var currentStandings: [Situation.Standing] { standings.standings(at: snapshot) }

  /// The paid commitments of which the character knows, the first to be paid first.
  var settled: [Int] {
    program.commitments.indices.filter { index in
      let commitment = program.commitments[index]
      return snapshot.commitments[index].status == .paid
        && (program.owns(commitment) || witnessed.contains(commitment.name))
    }.sorted {
      (snapshot.commitments[$0].settled ?? 0, $0) < (snapshot.commitments[$1].settled ?? 0, $1)
    }
  }

  /// Where the character stands, by names.
  var named: NamedSnapshot { program.uncheckedNamed(snapshot) }

  /// The same character with another program, where its profile has changed.
  ///
  /// What was said stays known by its words; the places of texts belong to the old program. What fired stays
  /// known by its identifiers.
  func moved(to program: Program) -> Member {
    var member = Member(
      program: program, snapshot: program.initialSnapshot(seed: snapshot.seed),
      statementBudget: statementBudget)
    member.history = history.moved(from: self.program, to: program)
    member.standings = standings.moved(from: self.program, to: program, at: member.snapshot)
    member.openings = openings
    member.witnessed = witnessed
    member.memory = memory.moved(to: program)
    member.heard = heard
    member.pending = pending
    member.spoken = spoken.map { ($0.turn, SpokenLine($0.line.text)) }
    return member
  }

  /// Takes over where a commitment of a story stands that another member pays.
  ///
  /// - Parameter line: The line of the turn, which pays it if it has been paid in the turn; who was not there does not know.
  mutating func learn(_ commitment: Commitment, progress: CommitmentProgress, from line: Event?) {
    let known = program.commitments.firstIndex {
      $0.name == commitment.name && $0.story == commitment.story && !program.owns($0)
    }
    guard let known else { return }
    if progress.status == .paid, snapshot.commitments[known].status != .paid, let line,
      program.perceives(line)
    {
      witnessed.insert(commitment.name)
    }
    snapshot.commitments[known] = progress
  }

  /// Remembers how a story opens.
  mutating func hear(opening text: String) {
    openings.append(text)
    hear(Event(text: text))
  }

  /// Remembers an event, if the character perceives it and it has a text.
  mutating func hear(_ event: Event) {
    guard event.text != nil, program.perceives(event) else { return }
    if !program.lore.isEmpty { snapshot.lore.messages += 1 }
    heard.append(event, window: program.window)
  }

  /// The scene of an event after what the character perceived; without the event, if the character does not perceive it.
  func scene(of event: Event) -> Scene {
    let event = program.perceives(event) ? event : Event()
    return Scene(of: event, after: heard.suffix(program.window), window: program.window, for: program)
  }

  /// What the character perceived before an event that is perhaps the last of it.
  func history(before event: Event) -> [Event] {
    let all = heard.all
    return all.last == event ? all.dropLast() : all
  }

  /// Puts off hearing a line until the next turn, which may be about that very line.
  mutating func hearLater(_ line: Event) {
    pending.append(line)
  }

  /// Hears what was put off, except for the line that is about to be taken as an event.
  mutating func catchUp(before event: Event, isLine: Bool) {
    var said = event
    // What is wished of the answer was not said.
    said.direction = nil
    if isLine, pending.last == said { pending.removeLast() }
    for line in pending { hear(line) }
    pending = []
  }

  mutating func say(_ line: SpokenLine, in turn: Int) {
    spoken.append((turn, line))
    spoken.removeAll { $0.turn < turn - SpokenLine.memory }
  }

  func recentLines(before turn: Int) -> [SpokenLine] {
    spoken.filter { $0.turn >= turn - SpokenLine.memory }.map(\.line)
  }
}

/// The newest events that a character perceived, oldest first.
///
/// They are kept, and given up, in blocks: a copy that goes on shares all but the newest, and what is left of them begins
/// at the same event for many turns.
struct PerceivedEvents: Sendable {
  /// As many as a prompt may tell of.
  static let capacity = 400
  private static let block = 16

  private var blocks: [[Event]] = []
  /// How many were given up.
  private(set) var forgotten = 0
  private var newest: [Event] = []

  /// - Parameter window: How many must be kept, if it is more than the capacity.
  mutating func append(_ event: Event, window: Int = 0) {
    newest.append(event)
    guard newest.count == Self.block else { return }
    blocks.append(newest)
    newest = []
    guard (blocks.count - 1) * Self.block >= max(Self.capacity, window) else { return }
    blocks.removeFirst()
    forgotten += Self.block
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
