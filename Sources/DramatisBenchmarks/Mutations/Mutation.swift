import DramatisCompiler

/// A profile in which one thing was made wrong.
struct Mutation: Sendable {
  /// What was done to it.
  enum Kind: String, CaseIterable, Sendable {
    case stateMisspelled = "state misspelled in one place"
    case transitionDropped = "transition dropped"
    case transitionsSwapped = "two transitions swapped"
    case targetChanged = "target changed"
    case sourceChanged = "source changed"
    case roleDropped = "role dropped"
    case effectDropped = "effect dropped"
    case effectChanged = "effect changed"
    case conditionNegated = "condition negated"
    case joinExchanged = "'and' and 'or' exchanged"
    case comparisonChanged = "comparison changed"
    case numberChanged = "number in a condition changed by 1"
    case boundChanged = "bound changed by 1"
    case initialChanged = "initial value changed"
    case cueDropped = "cues or counter-cues dropped"
    case questionChanged = "'otherwise' or 'over' dropped"
    case gateDropped = "gate dropped"
    case branchDropped = "branch of a gate dropped"
    case statementDropped = "statement dropped"
    case topicDropped = "topic dropped"
    case partnerDropped = "partner of a topic dropped"
    case relevanceDropped = "relevance dropped"
    case commitmentChanged = "commitment dropped or changed"
  }

  let kind: Kind
  /// Where it was done, in the file as it stands.
  let line: Int
  /// What stands there, and what came in its place.
  let change: String
  /// The whole profile.
  let document: Node
}
