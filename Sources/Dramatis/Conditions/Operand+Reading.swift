extension Operand {
  /// Whether its value comes from the event or from time rather than from the character.
  var readsEvent: Bool {
    switch self {
    case .actor, .kind, .data, .turn: true
    case .negated(let operand), .inverted(let operand): operand.readsEvent
    case .arithmetic(let left, _, let right): left.readsEvent || right.readsEvent
    default: false
    }
  }
}
