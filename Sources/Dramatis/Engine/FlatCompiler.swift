/// Makes the tables of a sound program.
struct FlatCompiler {
  let program: Program
  /// The character's name and aliases; the program finds them only once its flat form is there.
  let names: Set<FoldedName>
  private(set) var firstBeliefs: [Int] = []
  var flat = FlatParts()
  var slots = SlotTable()

  init(_ program: Program) {
    self.program = program
    names = Set(([program.character] + program.aliases).map(FoldedName.init))
  }

  mutating func compile() {
    layOut()
    flat.relevance = program.relevance.map { compile($0, wanting: .yes, then: .end(1), else: .end(0)) }
    for (index, machine) in program.machines.enumerated() { compile(machine, index) }
    flat.payoffLimit = program.payoffLimit ?? Program.standardPayoffLimit
    for commitment in program.commitments { compile(commitment) }
    compileTrees()
    flat.slotCount = slots.count
  }

  private mutating func layOut() {
    flat.statuses = CommitmentStatus.allCases.map { slots.texts.number(of: $0.rawValue) }
    flat.firstVariable = program.machines.count
    flat.firstCommitment = flat.firstVariable + program.variables.count
    flat.cellCount = flat.firstCommitment + program.commitments.count
    for machine in program.machines {
      firstBeliefs.append(flat.beliefCount)
      flat.beliefCount += machine.initialBelief.count
    }
  }

  /// Adds a decision and gives the way to it.
  mutating func decide(_ test: Decision.Test, then yes: Int32, else no: Int32) -> Int32 {
    flat.decisions.append(Decision(test: test, yes: yes, no: no))
    return Int32(flat.decisions.count - 1)
  }
}

extension Int32 {
  /// The way that is an end.
  static func end(_ number: Int) -> Int32 { ~Int32(number) }
}
