/// One codified finite-state machine: a dimension of a character such as mood.
///
/// The first state is always `unactivated` and the last always `other`, written or not (CFSM,
/// arXiv 2602.05905).
public struct Machine: Hashable, Sendable, Codable {
  /// One state of a machine.
  public struct State: Hashable, Sendable, Codable {
    /// The name that conditions and transitions use.
    public let name: String
    /// What the state means, for whoever speaks from it; may be empty.
    public let description: String

    package init(name: String, description: String) {
      self.name = name
      self.description = description
    }
  }

  /// The name that conditions use.
  public let name: String
  /// The states in the order declared, `unactivated` first and `other` last.
  public let states: [State]
  /// The transitions in the order written, which is the order tried.
  public let transitions: [Transition]

  package init(name: String, states: [State], transitions: [Transition]) {
    self.name = name
    self.states = states
    self.transitions = transitions
  }
}
