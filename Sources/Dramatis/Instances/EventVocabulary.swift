/// The kinds of events and the keys of data that a program's conditions ask for.
struct EventVocabulary: Sendable {
  private(set) var kinds: Set<String> = [Event.speech]
  private(set) var data: Set<String> = []

  init(of program: Program) {
    for condition in program.allConditions { note(condition) }
    for machine in program.machines {
      for effect in machine.transitions.flatMap(\.effects) { note(effect.value) }
    }
  }

  private mutating func note(_ condition: Condition) {
    for operand in condition.operands { note(operand) }
    for comparison in condition.comparisons where comparison.contains(.kind) {
      for case .text(let kind) in comparison { kinds.insert(kind) }
    }
  }

  private mutating func note(_ operand: Operand) {
    operand.forEachAtom { if case .data(let key) = $0 { data.insert(key) } }
  }
}

extension Program {
  private var vocabulary: EventVocabulary { flat.derived { EventVocabulary(of: self) } }

  /// The kinds of events for which the program's conditions ask, and speech.
  package var namedKinds: Set<String> { vocabulary.kinds }
  /// The keys of data for which they ask.
  package var namedData: Set<String> { vocabulary.data }

  /// Refuses an event of a kind, or with a datum, that no condition asks for.
  func checkNames(of event: Event) throws(InstanceError) {
    let known = vocabulary
    if !known.kinds.contains(event.kind) {
      throw .unknownKind(event.kind, nearest: nearest(event.kind, among: known.kinds.sorted()))
    }
    for key in event.data.keys.sorted() where !known.data.contains(key) {
      throw .unknownDatum(key, nearest: nearest(key, among: known.data.sorted()))
    }
  }

  /// Every condition of the program.
  fileprivate var allConditions: [Condition] {
    [relevance].compactMap(\.self)
      + machines.flatMap { $0.transitions.map(\.guardCondition) }
      + treeNodes.flatMap { $0.gates.map(\.condition) }
      + commitments.flatMap(\.conditions) + lines.compactMap(\.condition)
  }
}

extension Condition {
  /// The operands that are compared with each other, comparison by comparison.
  fileprivate var comparisons: [[Operand]] {
    switch self {
    case .compare(let left, _, let right): [[left, right]]
    case .isMember(let operand, let list): [[operand] + list]
    case .not(let inner): inner.comparisons
    case .joined(_, let parts): parts.flatMap(\.comparisons)
    case .constant, .question, .chance, .holds: []
    }
  }
}
