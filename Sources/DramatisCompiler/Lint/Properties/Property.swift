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
