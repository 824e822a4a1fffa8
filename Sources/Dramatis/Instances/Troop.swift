/// The characters of one program in a crowd, side by side in flat tables.
struct Troop: Sendable {
  private(set) var program: Program
  let kit: InstanceKit
  /// What steps them, one after the other.
  var stepper: Stepper
  /// Where the one stands that is being stepped; its parts are copied in and out.
  private var scratch: Position
  private var cells: [Int] = []
  private var beliefs: [Double] = []
  private var commitments: [CommitmentProgress] = []
  private var seeds: [UInt64] = []
  private var turns: [Int] = []
  private(set) var memories: [InstanceMemory] = []
  /// The name of each; empty for the program's own.
  private(set) var names: [String] = []

  init(_ program: Program) {
    self.program = program
    kit = InstanceKit.of(program)
    stepper = Stepper(for: program)
    scratch = program.position()
  }

  var count: Int { names.count }

  /// What a character is called.
  func name(of place: Int) -> String { names[place].isEmpty ? program.character : names[place] }

  /// Adds a character and gives its place.
  mutating func add(_ instance: Instance) -> Int {
    cells += instance.position.cells
    beliefs += instance.position.beliefs
    commitments += instance.position.commitments
    seeds.append(instance.position.seed)
    turns.append(instance.position.turn)
    memories.append(instance.memory)
    names.append(instance.name == program.character ? "" : instance.name)
    return count - 1
  }

  /// Puts another character into a place.
  mutating func put(_ instance: Instance, at place: Int) {
    names[place] = instance.name == program.character ? "" : instance.name
    memories[place] = instance.memory
    store(instance.position, at: place)
  }

  /// Moves the last character into a place, whose own is gone then.
  ///
  /// - Returns: Where it was.
  mutating func removeLast(into place: Int) -> Int {
    let last = count - 1
    if place != last { put(instance(at: last), at: place) }
    cells.removeLast(scratch.cells.count)
    beliefs.removeLast(scratch.beliefs.count)
    commitments.removeLast(scratch.commitments.count)
    seeds.removeLast()
    turns.removeLast()
    memories.removeLast()
    names.removeLast()
    return last
  }

  /// Whether a mute step on what somebody does may be taken in the tables: nothing but what was said has to be remembered.
  @inline(__always)
  func isPlain(_ place: Int, by actor: String?) -> Bool {
    memories[place].steps.capacity == 0 && memories[place].known == nil && kit.selector == nil
      && (actor == nil || actor != name(of: place))
  }

  /// Lets a character remember what was said.
  mutating func hear(_ event: HeardEvent, at place: Int) {
    memories[place].hear(event, window: program.window)
  }

  /// The character of a place.
  func instance(at place: Int) -> Instance {
    let name = names[place]
    var instance = Instance(
      of: name.isEmpty ? program : program.renamed(name), at: position(at: place), kit: kit)
    instance.memory = memories[place]
    return instance
  }

  /// Steps the character of a place where it stands, and nothing else.
  @inline(__always)
  mutating func step(_ place: Int, on event: PreparedEvent, given answers: Answers) {
    let (width, beliefWidth, debts) = (
      scratch.cells.count, scratch.beliefs.count, scratch.commitments.count
    )
    for offset in 0..<width { scratch.cells[offset] = cells[place * width + offset] }
    for offset in 0..<beliefWidth { scratch.beliefs[offset] = beliefs[place * beliefWidth + offset] }
    for offset in 0..<debts { scratch.commitments[offset] = commitments[place * debts + offset] }
    scratch.seed = seeds[place]
    scratch.turn = turns[place]
    stepper.take(&scratch, on: event, given: answers)
    for offset in 0..<width { cells[place * width + offset] = scratch.cells[offset] }
    for offset in 0..<beliefWidth { beliefs[place * beliefWidth + offset] = scratch.beliefs[offset] }
    for offset in 0..<debts { commitments[place * debts + offset] = scratch.commitments[offset] }
    turns[place] = scratch.turn
  }

  /// The state of a machine of the character of a place, by its index.
  func state(of machine: Int, at place: Int) -> Int { cells[place * scratch.cells.count + machine] }

  private func position(at place: Int) -> Position {
    var position = scratch
    let (width, beliefWidth, debts) = (
      scratch.cells.count, scratch.beliefs.count, scratch.commitments.count
    )
    position.cells = Array(cells[place * width..<(place + 1) * width])
    position.beliefs = Array(beliefs[place * beliefWidth..<(place + 1) * beliefWidth])
    position.commitments = Array(commitments[place * debts..<(place + 1) * debts])
    position.seed = seeds[place]
    position.turn = turns[place]
    return position
  }

  private mutating func store(_ position: Position, at place: Int) {
    let (width, beliefWidth, debts) = (
      position.cells.count, position.beliefs.count, position.commitments.count
    )
    cells.replaceSubrange(place * width..<(place + 1) * width, with: position.cells)
    beliefs.replaceSubrange(place * beliefWidth..<(place + 1) * beliefWidth, with: position.beliefs)
    commitments.replaceSubrange(place * debts..<(place + 1) * debts, with: position.commitments)
    seeds[place] = position.seed
    turns[place] = position.turn
  }
}
