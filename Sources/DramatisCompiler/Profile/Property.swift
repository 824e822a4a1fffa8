import Dramatis

/// What a profile says must hold, to be checked and never run.
package struct Property: Hashable, Sendable {
  /// What is demanded of the positions that a character can come to.
  package enum Demand: Hashable, Sendable {
    /// No position has it.
    case never(Condition)
    /// Every position has it.
    case always(Condition)
    /// Some position has it.
    case reachable(Condition)
    /// No way leads from a position of the one kind to one of the other, unless by a turn in which something holds.
    case path(from: Condition, to: Condition, without: Condition?)
  }

  /// What is demanded.
  package let demand: Demand
  /// Where it is written.
  package let span: SourceSpan

  /// The conditions that speak of positions.
  var conditions: [Condition] {
    switch demand {
    case .never(let condition), .always(let condition), .reachable(let condition): [condition]
    case .path(let from, let to, _): [from, to]
    }
  }

  /// The condition that speaks of the turns between.
  var without: Condition? {
    if case .path(_, _, let without) = demand { without } else { nil }
  }
}

extension ProfileReader {
  /// Reads what must hold; comes last, so that what it asks is no question of the program.
  mutating func readProperties(_ field: Field<ListValue>) -> [Property] {
    let items = value(of: field)
    if items.count > limits.declarations {
      report(
        .tooMany,
        message: "\(items.count) properties are more than the \(limits.declarations) that there may be",
        at: items[limits.declarations].span)
    }
    return items.prefix(limits.declarations).compactMap { item in
      guard let fields = fields(of: item, as: PropertyKeys.self) else { return nil }
      guard let kind = kind(of: fields), let node = kind.node else { return nil }
      return demand(fields, of: node).map { Property(demand: $0, span: node.span) }
    }
  }

  /// The one key that says what is demanded.
  private mutating func kind(of fields: Fields<PropertyKeys>) -> Field<ConditionValue>? {
    let kinds = [fields.never, fields.always, fields.reachable, fields.from].filter(\.isGiven)
    guard let first = kinds.first else {
      missing(fields.never)
      return nil
    }
    if kinds.count > 1, let second = kinds[1].entry {
      report(
        .unknownKey, message: "a property has one of never, always, reachable and from", at: second.key.span,
        help: ["give '\(second.key.text)' an element of its own"])
      return nil
    }
    for entry in [fields.neverTo, fields.without].compactMap(\.entry) where !fields.from.isGiven {
      report(.unknownKey, message: "'\(entry.key.text)' goes with 'from' only", at: entry.key.span)
    }
    return first
  }

  private mutating func demand(_ fields: Fields<PropertyKeys>, of node: Node) -> Property.Demand? {
    guard let condition = positionCondition(node) else { return nil }
    if fields.never.isGiven { return .never(condition) }
    if fields.always.isGiven { return .always(condition) }
    if fields.reachable.isGiven { return .reachable(condition) }
    guard let target = fields.neverTo.node else {
      missing(fields.neverTo)
      return nil
    }
    let without = value(of: fields.without, readAt: .outside)
    return positionCondition(target).map { .path(from: condition, to: $0, without: without) }
  }

  /// A condition over what a character carries from turn to turn.
  private mutating func positionCondition(_ node: Node) -> Condition? {
    resolver.moment = .outside
    defer { resolver.moment = .after }
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
