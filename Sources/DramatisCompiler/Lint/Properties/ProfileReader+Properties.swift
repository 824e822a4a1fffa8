import Dramatis

extension ProfileReader {
  /// Reads what must hold; comes last, so that what it asks is no question of the program.
  mutating func readProperties(_ node: Node?) -> [Property] {
    let items = items(node)
    if items.count > limits.declarations {
      report(
        .tooMany,
        message: "\(items.count) properties are more than the \(limits.declarations) that there may be",
        at: items[limits.declarations].span)
    }
    return items.prefix(limits.declarations).compactMap { item in
      guard let fields = fields(item, "a property", ProfileKeys.property) else { return nil }
      guard let kind = kind(of: fields) else { return nil }
      return demand(kind, fields).map { Property(demand: $0, span: kind.value.span) }
    }
  }

  /// The one key that says what is demanded.
  private mutating func kind(of fields: Fields) -> Entry? {
    let kinds = ["never", "always", "reachable", "from"].compactMap { fields.entry($0) }
    guard let first = kinds.first else {
      missing("never", fields)
      return nil
    }
    if kinds.count > 1 {
      report(
        .unknownKey, message: "a property has one of never, always, reachable and from",
        at: kinds[1].key.span,
        help: ["give '\(kinds[1].key.text)' an element of its own"])
      return nil
    }
    for key in ["never-to", "without"] where first.key.text != "from" {
      guard let entry = fields.entry(key) else { continue }
      report(.unknownKey, message: "'\(key)' goes with 'from' only", at: entry.key.span)
    }
    return first
  }

  private mutating func demand(_ kind: Entry, _ fields: Fields) -> Property.Demand? {
    guard let condition = positionCondition(kind.value) else { return nil }
    switch kind.key.text {
    case "never": return .never(condition)
    case "always": return .always(condition)
    case "reachable": return .reachable(condition)
    default:
      guard let node = fields["never-to"] else {
        missing("never-to", fields)
        return nil
      }
      let without = fields["without"].flatMap { self.condition($0) }
      return positionCondition(node).map { .path(from: condition, to: $0, without: without) }
    }
  }

  /// A condition over what a character carries from turn to turn.
  private mutating func positionCondition(_ node: Node) -> Condition? {
    guard let condition = condition(node) else { return nil }
    let isOfTurn = condition.leaves.contains { leaf in
      switch leaf {
      case .question, .chance: true
      default: leaf.reads.contains { $0.field != nil || $0.isBelief(of: resolver.names) }
      }
    }
    guard !isOfTurn else {
      report(
        .conditionType, message: "a property speaks of states, variables, commitments and 'turn' only",
        at: node.span,
        help: ["answers, chance and events are tried in every way; only 'without' can name them"])
      return nil
    }
    return condition
  }
}

extension Operand {
  fileprivate func isBelief(of names: NameTable) -> Bool {
    if case .probability(let machine, _) = self { names.machines[machine].kind == .belief } else { false }
  }
}
