import Dramatis

/// The turn from which on no condition of a program can tell later turns apart.
struct TurnBound {
  /// Nil where `turn` is read in a way that never settles: in arithmetic or by an effect.
  let bound: Int?

  init(of program: Program) {
    let effects = program.machines.flatMap(\.transitions).flatMap(\.effects)
    guard !effects.flatMap(\.value.atoms).contains(.turn) else {
      bound = nil
      return
    }
    var bound: Int? = 0
    for leaf in program.conditions.flatMap(\.leaves) where leaf.reads.contains(.turn) {
      guard let known = bound, let own = Self.bound(of: leaf, program) else {
        bound = nil
        break
      }
      bound = max(known, own)
    }
    self.bound = bound
  }

  /// The greatest value with which a leaf compares `turn` standing alone.
  private static func bound(of leaf: Condition, _ program: Program) -> Int? {
    switch leaf {
    case .compare(.turn, _, let other), .compare(let other, _, .turn): greatest(other, program)
    case .isMember(.turn, let list):
      list.reduce(0) { known, other in
        guard let known, let own = greatest(other, program) else { return nil }
        return max(known, own)
      }
    default: nil
    }
  }

  private static func greatest(_ operand: Operand, _ program: Program) -> Int? {
    switch operand {
    case .integer(let value): max(value, 0)
    case .number(let value): value < 1e15 ? Int(max(value, 0)) + 1 : nil
    case .variable(let index): max(program.variables[index].range.upperBound, 0)
    default: nil
    }
  }
}
