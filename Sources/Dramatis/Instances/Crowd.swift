import Synchronization

/// Many characters of a few programs, for games: events are posted to them and worked through within a budget of time.
///
/// The characters of a program stand side by side in flat tables, and a mute step allocates nothing. Each character has a
/// level of ``Detail``: far away it steps and is silent, nearby it says its authored lines, and whoever the player
/// speaks to may have a model. A crowd is a value: a copy goes its own way.
///
/// ```swift
/// var crowd = Crowd()
/// let guards = (1...200).map { crowd.add(Instance(of: guardProgram, named: "Guard \($0)", seed: UInt64($0))) }
/// try crowd.setDetail(.lines, of: guards[16])
/// try crowd.post(Event(actor: "Rowan", text: "To arms!", kind: "shout"), to: guards)
/// let tick = try crowd.tick(budget: .time(.milliseconds(2))) { request in world.answer(request) }
/// for said in tick.lines { print(said.turn.instance, said.turn.line ?? "") }
/// ```
public struct Crowd: Sendable {
  /// Which character of which crowd: one that was removed, or of another crowd, is refused.
  public struct Handle: Hashable, Sendable {
    let crowd: UInt64
    let place: Int
    let generation: UInt32
  }

  /// How much of a turn a character takes; from the least to the most.
  public enum Detail: Int, Hashable, Sendable, Codable, CaseIterable {
    /// It steps, with the answers that come with the event: no cues are looked for and nothing is said.
    case mute
    /// It takes a whole turn, with the caller's answers, the cues and its authored lines.
    case lines
    /// It takes a whole turn, and the caller finds the words; see ``Crowd/Tick/prompts``.
    case model
  }

  /// Where a character is kept, and what waits for it.
  struct Seat: Sendable {
    var troop: Int
    var place: Int
    var generation: UInt32
    var detail = Detail.mute
    /// In which queue its events wait, so that they keep their order; nil where none waits.
    var queue: Detail?
    var waiting: UInt32 = 0
    var isThere = true
  }

  private static let made = Atomic<UInt64>(1)

  private let number: UInt64
  var troops: [Troop] = []
  var members: [Seat] = []
  /// For each troop the member at each place.
  var owners: [[Int]] = []
  var mail = CrowdMail()
  private var free: [Int] = []
  /// Which of the troops holds a program.
  private var troopOfProgram: [ProgramIdentity: Int] = [:]
  /// What a whole turn took lately, in nanoseconds, to tell whether another one fits into what is left.
  var turnCost = 0.0
  var ticks: UInt32 = 0

  /// Makes an empty crowd.
  public init() {
    number = Self.made.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  /// How many characters there are.
  public var count: Int { members.count - free.count }
  /// How many events wait, counted once for each character that they wait for.
  public var waiting: Int { mail.count }

  /// Everyone, in the order in which they were added, except where a place was used again.
  public var handles: [Handle] { members.indices.filter { members[$0].isThere }.map(handle) }

  /// Adds a character with all that it is.
  ///
  /// - Returns: What it is called by from now on, until it is removed.
  /// - Complexity: Constant, but for the first of a program.
  public mutating func add(_ instance: Instance) -> Handle {
    let troop = troop(for: instance.program)
    let place = troops[troop].add(instance)
    let index = free.popLast() ?? members.count
    if index == members.count {
      members.append(Seat(troop: troop, place: place, generation: 0))
    } else {
      members[index] = Seat(troop: troop, place: place, generation: members[index].generation)
    }
    owners[troop].append(index)
    return handle(index)
  }

  /// Removes a character; what waits for it is dropped.
  ///
  /// - Returns: The character, as it was last.
  /// - Throws: ``InstanceError/staleHandle``.
  @discardableResult
  public mutating func remove(_ handle: Handle) throws(InstanceError) -> Instance {
    let index = try index(of: handle)
    let member = members[index]
    let instance = troops[member.troop].instance(at: member.place)
    // The last one of the troop takes the place, so that the tables stay without holes.
    let last = troops[member.troop].removeLast(into: member.place)
    owners[member.troop][member.place] = owners[member.troop][last]
    members[owners[member.troop][last]].place = member.place
    owners[member.troop].removeLast()
    members[index].isThere = false
    members[index].generation &+= 1
    free.append(index)
    return instance
  }

  /// A character as it stands, to be read.
  ///
  /// - Throws: ``InstanceError/staleHandle``.
  public func instance(_ handle: Handle) throws(InstanceError) -> Instance {
    let member = members[try index(of: handle)]
    return troops[member.troop].instance(at: member.place)
  }

  /// Changes a character: sets a variable, forces a state, takes a turn at once.
  ///
  /// - Parameter change: What to do with it; where it throws, the character is as it was.
  /// - Throws: ``InstanceError/staleHandle``, and what the change throws.
  public mutating func update<Result>(
    _ handle: Handle, _ change: (inout Instance) throws(InstanceError) -> Result
  ) throws(InstanceError) -> Result {
    let member = members[try index(of: handle)]
    var instance = troops[member.troop].instance(at: member.place)
    let result = try change(&instance)
    troops[member.troop].put(instance, at: member.place)
    return result
  }

  /// Says how much of a turn a character takes from the next event on.
  ///
  /// - Throws: ``InstanceError/staleHandle``.
  public mutating func setDetail(_ detail: Detail, of handle: Handle) throws(InstanceError) {
    members[try index(of: handle)].detail = detail
  }

  /// How much of a turn a character takes.
  ///
  /// - Throws: ``InstanceError/staleHandle``.
  public func detail(of handle: Handle) throws(InstanceError) -> Detail {
    members[try index(of: handle)].detail
  }

  func index(of handle: Handle) throws(InstanceError) -> Int {
    guard handle.crowd == number, members.indices.contains(handle.place),
      members[handle.place].isThere, members[handle.place].generation == handle.generation
    else { throw .staleHandle }
    return handle.place
  }

  func handle(_ index: Int) -> Handle {
    Handle(crowd: number, place: index, generation: members[index].generation)
  }

  private mutating func troop(for program: Program) -> Int {
    if let known = troopOfProgram[program.identity] { return known }
    troops.append(Troop(program.original))
    owners.append([])
    troopOfProgram[program.identity] = troops.count - 1
    return troops.count - 1
  }

  /// Puts another program in place of a troop's.
  mutating func replaceTroop(_ index: Int, by troop: Troop) {
    troopOfProgram[troops[index].program.identity] = nil
    troops[index] = troop
    troopOfProgram[troop.program.identity] = index
  }
}
