/// Steps characters of one program in place, and holds what the last step left.
///
/// It owns everything that a step needs besides the character, so that a step allocates nothing once the
/// first ones have found room for their statements. One stepper serves any number of characters of its
/// program, one after the other; give each thread its own.
///
/// ```swift
/// var stepper = Stepper(for: mara)
/// var character = mara.position(seed: 7)
/// let insult = try mara.prepared(Event(actor: "Rowan", text: "You watered the ale!"))
/// try stepper.step(&character, on: insult, given: answers)
/// for change in stepper.fired { print(mara.machines[change.machine].states[change.to].name) }
/// ```
public struct Stepper: Sendable {
  let flat: FlatProgram
  /// By which rules it steps.
  public let rules: Rules
  /// The side on which the character stood in the last step; nil where the event was not relevant.
  public internal(set) var role: Role?
  /// What fired and what was read, with room to spare, so that a step need not make any.
  var firings: [FiredTransition]
  var reading: [FiredStatement] = []
  var statementCount = 0
  var firingCount = 0
  /// The distribution of the turn over the states of all machines; zero for deterministic ones.
  var distributions: [Double] = []
  /// The row of one state: the places of the candidates that are present, and the probability of each; the
  /// last one is that of staying.
  var present: [Int] = []
  var row: [Double] = []

  /// Makes a stepper for a program.
  ///
  /// - Parameter rules: By which rules it steps.
  public init(for program: Program, rules: Rules = .current) {
    self.init(program.flat, rules: rules)
  }

  init(_ flat: FlatProgram, rules: Rules) {
    self.flat = flat
    self.rules = rules
    let none = FiredTransition(machine: 0, transition: nil, from: 0, to: 0, effects: 0..<0)
    firings = [FiredTransition](repeating: none, count: flat.machines.count)
    guard flat.longestRow > 0 else { return }
    distributions = [Double](repeating: 0, count: flat.stayBiases.count)
    present = [Int](repeating: 0, count: flat.longestRow - 1)
    row = [Double](repeating: 0, count: flat.longestRow)
  }

  /// The transitions that fired in the last step, in the order of machines.
  public var fired: ArraySlice<FiredTransition> { firings[..<firingCount] }

  /// The statements that apply after the last step, in traversal order.
  public var statements: ArraySlice<FiredStatement> { reading[..<statementCount] }

  /// The distribution of the last step over a machine's states; empty for a deterministic machine.
  ///
  /// For a belief it is what is believed now; for a sample it is what the state was drawn from.
  ///
  /// - Throws: ``StepError/noSuchMachine(_:)``.
  public func distribution(of machine: Int) throws(StepError) -> ArraySlice<Double> {
    guard machine >= 0, machine < flat.machines.count else { throw .noSuchMachine(machine) }
    return uncheckedDistribution(of: machine)
  }

  func uncheckedDistribution(of machine: Int) -> ArraySlice<Double> {
    guard role != nil, flat.machines[machine].kind != .deterministic else { return [] }
    return distributions[flat.states(of: machine)]
  }

  /// Steps a character on an event: the machines move, then the commitments, then the trees are read.
  ///
  /// The same step as ``Program/step(from:event:scene:given:isLine:rules:)``, with everything in place.
  ///
  /// - Parameters:
  ///   - position: Where the character stands; the step changes it.
  ///   - event: What happened, prepared by the same program.
  ///   - answers: The answers to the program's questions; one without an answer is unknown.
  ///   - isLine: Whether the event is a line of the cast, which belongs to the turn that has begun.
  ///   - isKnown: Whether the character has stepped on the event already, when it was said: the machines then stay.
  /// - Throws: ``StepError/otherProgram(_:)`` where position, event or answers were not made by the program of this
  ///   stepper; nothing has moved then.
  public mutating func step(
    _ position: inout Position, on event: PreparedEvent, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false
  ) throws(StepError) {
    let identity = flat.identity
    guard position.identity == identity, event.identity == identity, answers.identity == identity else {
      throw mismatch(of: position, event)
    }
    take(&position, on: event, given: answers, isLine: isLine, isKnown: isKnown)
  }

  private func mismatch(of position: Position, _ event: PreparedEvent) -> StepError {
    if position.identity != flat.identity { return .otherProgram(.position) }
    return .otherProgram(event.identity != flat.identity ? .event : .answers)
  }

  /// Steps a character where everything is known to be of this program.
  mutating func take(
    _ position: inout Position, on event: PreparedEvent, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false
  ) {
    if !isLine { position.turn += 1 }
    // By the first rules what has fired on the event might fire on the line again.
    if !isLine || rules == .first {
      for cell in flat.firstOnce..<flat.cellCount where position.cells[cell] != 0 { position.cells[cell] = 0 }
    }
    firingCount = 0
    statementCount = 0
    role = flat.concerns(position, by: event, given: answers) ? event.side : nil
    guard role != nil else { return }
    if !isKnown {
      if flat.firstPast < flat.firstOnce {
        remember(in: &position, on: event, given: answers, isLine: isLine)
      }
      moveMachines(at: position, on: event, given: answers)
      if firingCount > 0 { applyFirings(to: &position, on: event) }
      if !position.beliefs.isEmpty { storeBeliefs(in: &position) }
    }
    if flat.commitments.count > 0 {
      moveCommitments(of: &position, on: event, given: answers, isLine: isLine)
    }
    // Nobody speaks on a line in its own turn.
    if event.topics.count > 0, !isLine { readTrees(at: position, on: event, given: answers) }
  }
}

extension FlatProgram {
  @inline(__always)
  fileprivate func concerns(
    _ position: Position, by event: PreparedEvent, given answers: Answers
  ) -> Bool {
    switch event.concern {
    case .nobody: false
    case .character: true
    case .ifRelevant: isRelevant(event, at: position, given: answers)
    }
  }

  @inline(never)
  private func isRelevant(_ event: PreparedEvent, at position: Position, given answers: Answers) -> Bool {
    relevance.map { follow($0, at: position, on: event, given: answers) == 1 } ?? true
  }
}

extension Stepper {
  /// Keeps what the step is about to change, and which questions are yes now.
  ///
  /// What the character says itself changes nothing of what it has heard. A line goes on with its turn: what was
  /// yes earlier in the turn was yes before, and what becomes yes on the line is yes in the turn.
  @inline(never)
  private mutating func remember(
    in position: inout Position, on event: PreparedEvent, given answers: Answers, isLine: Bool
  ) {
    var cell = flat.firstPast
    for past in flat.pasts {
      switch past {
      case .machine(let index): position.cells[cell] = position.cells[index]
      case .variable(let index): position.cells[cell] = position.cells[flat.firstVariable + index]
      case .question(let index):
        let held = position.cells[cell + 1]
        position.cells[cell] = isLine ? max(position.cells[cell], held) : held
        if event.side == .passive {
          let isYes = answers.probability(of: Int32(index)) > 0.5 ? 1 : 0
          position.cells[cell + 1] = isLine ? max(held, isYes) : isYes
        }
      }
      cell += 2
    }
  }

  /// A node's statements, then what its gates open, depth first (CDT, arXiv 2601.10080).
  private mutating func readTrees(at position: Position, on event: PreparedEvent, given answers: Answers) {
    let flat = flat
    makeRoom(for: event.statementLimit)
    var read = reading.mutableSpan
    var count = 0
    for place in 0..<event.topics.count {
      let topic = event.topics[place]
      var end = flat.follow(flat.topics[topic], at: position, on: event, given: answers)
      while end != 0 {
        let stop = flat.stops[end - 1]
        for place in stop.statements {
          read[count] = FiredStatement(topic: topic, statement: flat.statements[place])
          count += 1
        }
        end = flat.follow(stop.way, at: position, on: event, given: answers)
      }
    }
    statementCount = count
  }

  /// Grows at the first event of a kind and never again.
  private mutating func makeRoom(for limit: Int) {
    guard reading.count < limit else { return }
    let none = FiredStatement(topic: 0, statement: 0)
    reading += [FiredStatement](repeating: none, count: limit - reading.count)
  }
}

extension Program {
  /// The position of a character to whom nothing has happened yet, to be stepped in place.
  ///
  /// - Parameter seed: Decides every draw of `chance`.
  public func position(seed: UInt64 = 0) -> Position {
    Position(initialSnapshot(seed: seed), of: flat, identity: identity)
  }

  /// A snapshot as a position.
  ///
  /// - Throws: ``StepError/otherProgram(_:)``.
  public func position(at snapshot: Snapshot) throws(StepError) -> Position {
    try check(snapshot)
    return uncheckedPosition(at: snapshot)
  }

  package func uncheckedPosition(at snapshot: Snapshot) -> Position {
    Position(snapshot, of: flat, identity: identity)
  }

  /// A position as a snapshot, to be stored or given to a session.
  ///
  /// - Throws: ``StepError/otherProgram(_:)``.
  public func snapshot(at position: Position) throws(StepError) -> Snapshot {
    guard position.identity == identity else { throw .otherProgram(.position) }
    return uncheckedSnapshot(at: position)
  }

  package func uncheckedSnapshot(at position: Position) -> Snapshot {
    Snapshot(
      seed: position.seed, turn: position.turn,
      states: Array(position.cells[..<flat.firstVariable]),
      beliefs: machines.indices.map { Array(position.beliefs[flat.beliefs(of: $0)]) },
      variables: Array(position.cells[flat.firstVariable..<flat.firstCommitment]),
      commitments: position.commitments,
      spent: flat.once.enumerated().filter { position.cells[flat.firstOnce + $0.offset] != 0 }.map(\.element),
      memory: Memory(of: flat.pasts, in: position.cells[flat.firstPast..<flat.firstOnce]), identity: identity)
  }

  /// Resolves what this program reads of an event.
  ///
  /// - Parameter scene: The event among those before it, which may mention the character; nil for the event
  ///   alone.
  /// - Complexity: Allocates; takes time in proportion to the transitions of the program and to the texts of the
  ///   event that it reads.
  /// - Throws: ``StepError/unfit(_:)`` for a text that is too long or a number that is not finite.
  public func prepared(_ event: Event, scene: Scene? = nil) throws(StepError) -> PreparedEvent {
    if let excess = event.excess { throw .unfit(excess) }
    return uncheckedPrepared(event, scene: scene)
  }

  package func uncheckedPrepared(_ event: Event, scene: Scene? = nil) -> PreparedEvent {
    let side = side(in: event)
    let topics = side == .passive ? activeTopics(event) : []
    return PreparedEvent(
      for: flat, concern: concern(of: event, in: scene ?? Scene(of: event, after: [], window: 1), side: side),
      side: side, slots: flat.slots.values(of: event), topics: topics)
  }

  private func concern(of event: Event, in scene: Scene, side: Role) -> PreparedEvent.Concern {
    if side == .active { return .character }
    guard perceives(event) else { return .nobody }
    if relevance != nil { return .ifRelevant }
    return concerns(event, in: scene) ? .character : .nobody
  }
}
