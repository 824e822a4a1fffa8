extension Crowd {
  /// What became of characters whose program was changed under them.
  public struct Reload: Sendable {
    /// How many characters go on with the new program.
    public let count: Int
    /// What could not be carried over as it was, and how many characters it happened to, sorted.
    public let changes: [(change: SnapshotChange, count: Int)]
    /// What is different in the new program.
    public let differences: [ProgramDifference]
  }

  /// Puts a changed program under the characters of the old one, who go on where they stand, name by name.
  ///
  /// - Parameter program: The new version; which characters it is for is told by the character's name in the profile.
  /// - Returns: What became of whom.
  /// - Throws: ``InstanceError/otherProgram(_:)`` where nobody in the crowd is of this character.
  /// - Complexity: Some microseconds a character.
  @discardableResult
  public mutating func reload(_ program: Program) throws(InstanceError) -> Reload {
    let changed = troops.indices.filter { troops[$0].program.originalName == program.originalName }
    guard let first = changed.first else {
      throw .otherProgram("a profile of '\(program.originalName.oneLine)'")
    }
    let old = troops[first].program
    var counts: [SnapshotChange: Int] = [:]
    var count = 0
    for index in changed where troops[index].program.identity != program.identity {
      var troop = Troop(program)
      for place in 0..<troops[index].count {
        let (instance, changes) = try Instance.restored(
          from: troops[index].instance(at: place).saved, of: program)
        _ = troop.add(instance)
        for change in changes { counts[change, default: 0] += 1 }
        count += 1
      }
      replaceTroop(index, by: troop)
    }
    mail.forgetPrepared()
    let changes = counts.sorted { ($0.key.name, $0.key.value) < ($1.key.name, $1.key.value) }
    return Reload(
      count: count, changes: changes.map { ($0.key, $0.value) },
      differences: [program].differences(from: [old]))
  }

  /// Everyone as bytes, in the order of ``handles``; what waits is not among them.
  public func save() -> [UInt8] {
    var pen = SaveWriter()
    pen.number(UInt64(count))
    for index in members.indices where members[index].isThere {
      let bytes = troops[members[index].troop].instance(at: members[index].place).save()
      pen.number(UInt64(members[index].detail.rawValue))
      pen.blob(bytes)
    }
    return pen.bytes
  }

  /// Takes a crowd up again, whatever has changed in the profiles since.
  ///
  /// - Parameters:
  ///   - bytes: What ``save()`` gave.
  ///   - programs: A program for each character's name in its profile.
  /// - Throws: ``InstanceError/badSave(_:)``, or ``InstanceError/otherProgram(_:)`` for a character without a program.
  public init(restoring bytes: [UInt8], of programs: [Program]) throws(InstanceError) {
    self.init()
    var reader = try SaveReader(bytes)
    for _ in 0..<(try reader.count()) {
      guard let detail = Detail(rawValue: Int(truncatingIfNeeded: try reader.number())) else {
        throw .badSave("a detail in it is unknown")
      }
      let save = try InstanceSave(bytes: try reader.blob())
      guard let program = programs.first(where: { $0.originalName == save.position.character }) else {
        throw .otherProgram("a save of '\(save.position.character.oneLine)'")
      }
      try setDetail(detail, of: add(try Instance.restored(from: save, of: program).instance))
    }
    try reader.end()
  }
}
