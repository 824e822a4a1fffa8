/// All that an instance is, by names: what comes next after it was restored is what would have come.
///
/// As bytes it takes some hundred; as JSON, which it can be too, about twice as many. Both outlive changes of the profile.
///
/// ```swift
/// let bytes = guardian.save()
/// var again = try Instance(restoring: bytes, of: guardProgram)
/// ```
public struct InstanceSave: Hashable, Sendable, Codable {
  /// Something that was said lately: a text of the profile by its digest, or words.
  struct Said: Hashable, Sendable, Codable {
    let turn: Int
    let digest: UInt32?
    let text: String?
  }

  /// How often a statement fired, and when last, by the statement's identifier.
  struct Fired: Hashable, Sendable, Codable {
    let statement: String
    let count, lastTurn: Int
  }

  /// The instance's name.
  public let name: String
  /// Where it stands.
  public let position: NamedSnapshot
  var heard: [HeardEvent] = []
  var said: [Said] = []
  var fired: [Fired] = []
  /// Whether the last event of ``heard`` is a line on which the character stepped when it was said.
  var isLastKnown = false
}

extension Instance {
  /// All that the instance is, by names.
  public var saved: InstanceSave {
    InstanceSave(
      name: name, position: program.uncheckedNamed(snapshot).called(program.originalName),
      heard: memory.heard,
      said: memory.spoken.map { said in
        let place = said.line.authored.flatMap { kit.digests.indices.contains($0) ? $0 : nil }
        let isWhole = place.map { kit.texts[$0].wholeText != nil } ?? false
        return InstanceSave.Said(
          turn: said.turn, digest: place.map { kit.digests[$0] }, text: isWhole ? nil : said.line.text)
      },
      fired: memory.firings.saved(in: program), isLastKnown: memory.known != nil)
  }

  /// All that the instance is, as bytes: position, memory of lines and what it heard.
  ///
  /// - Complexity: Proportional to what it heard; some microseconds.
  public func save() -> [UInt8] { saved.bytes() }

  /// Takes an instance up again, whatever has changed in the profile since.
  ///
  /// - Parameters:
  ///   - bytes: What ``save()`` gave.
  ///   - program: The program to go on with. Names that it no longer has are passed over; ``restored(from:of:)`` tells them.
  /// - Throws: ``InstanceError/badSave(_:)``, or ``InstanceError/otherProgram(_:)`` for one of another character.
  public init(restoring bytes: [UInt8], of program: Program) throws(InstanceError) {
    self = try Self.restored(from: try InstanceSave(bytes: bytes), of: program).instance
  }

  /// Takes an instance up again and tells what could not be carried over.
  ///
  /// - Returns: The instance, and what became of names that the program no longer has.
  /// - Throws: ``InstanceError/badSave(_:)``, or ``InstanceError/otherProgram(_:)`` for one of another character.
  public static func restored(
    from save: InstanceSave, of program: Program
  ) throws(InstanceError) -> (instance: Instance, changes: [SnapshotChange]) {
    guard program.isCalled(save.position.character) || program.originalName == save.position.character else {
      throw .otherProgram("a save of '\(save.position.character.oneLine)'")
    }
    let name = program.isCalled(save.name) ? nil : save.name
    let restored: (snapshot: Snapshot, changes: [SnapshotChange])
    do {
      restored = try program.snapshot(from: save.position)
    } catch {
      throw .badSave(error.description)
    }
    let kit = InstanceKit.of(program)
    var instance = Instance(
      of: name.map(program.renamed) ?? program, at: program.uncheckedPosition(at: restored.snapshot), kit: kit
    )
    instance.memory.heard = save.heard.suffix(max(program.window, 1))
    instance.memory.known = save.isLastKnown ? instance.memory.heard.last : nil
    instance.memory.spoken = save.said.compactMap { said in
      let place = said.digest.flatMap(kit.digests.firstIndex)
      guard let text = said.text ?? place.flatMap({ kit.texts[$0].wholeText }) else { return nil }
      return SpokenEvent(turn: said.turn, line: SpokenLine(text, authored: place))
    }
    if kit.selector != nil { instance.memory.firings = FiringHistory(save.fired, in: program) }
    return (instance, restored.changes)
  }
}

extension FiringHistory {
  fileprivate func saved(in program: Program) -> [InstanceSave.Fired] {
    guard !isEmpty else { return [] }
    let names = program.statementIdentifiers()
    return names.indices.filter { count(of: $0) > 0 }.map { index in
      InstanceSave.Fired(statement: names[index], count: count(of: index), lastTurn: lastTurn(of: index))
    }
  }

  fileprivate init(_ saved: [InstanceSave.Fired], in program: Program) {
    self.init()
    guard !saved.isEmpty else { return }
    let places = Dictionary(
      program.statementIdentifiers().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for fired in saved {
      if let place = places[fired.statement] { note(place, count: fired.count, lastTurn: fired.lastTurn) }
    }
  }
}

extension NamedSnapshot {
  /// The same with what the character is called in its profile.
  fileprivate func called(_ character: String) -> NamedSnapshot {
    NamedSnapshot(
      version: version, character: character, seed: seed, turn: turn, states: states, beliefs: beliefs,
      variables: variables, commitments: commitments, spent: spent, lore: lore, past: past)
  }
}
