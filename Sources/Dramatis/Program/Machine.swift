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
    /// How much likelier staying is than the guards make it, in log-odds; for probabilistic machines.
    public let stayBias: Double

    package init(name: String, description: String, stayBias: Double = 0) {
      self.name = name
      self.description = description
      self.stayBias = stayBias
    }
  }

  /// How a machine moves.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The first transition whose guard is yes is taken.
    case deterministic
    /// A distribution over the states is carried on; the most probable state grounds the turn.
    case belief
    /// The next state is drawn from the distribution.
    case sample
  }

  /// The name that conditions use.
  public let name: String
  /// How it moves.
  public let kind: Kind
  /// The probability from which a state counts in a mixed mood; nil where only the most probable counts.
  public let mixed: Double?
  /// The states in the order declared, `unactivated` first and `other` last.
  public let states: [State]
  /// The transitions in the order written, which is the order tried.
  public let transitions: [Transition]

  package init(
    name: String, kind: Kind = .deterministic, mixed: Double? = nil, states: [State],
    transitions: [Transition]
  ) {
    self.name = name
    self.kind = kind
    self.mixed = mixed
    self.states = states
    self.transitions = transitions
  }

  /// What is believed before the first turn: that nothing has happened yet; empty where nothing is believed.
  var initialBelief: [Double] {
    kind == .belief ? states.indices.map { $0 == 0 ? 1 : 0 } : []
  }
}

extension Machine {
  /// The states that make up a mixed mood, the most probable first.
  ///
  /// A performer may be told of all of them instead of the most probable one.
  ///
  /// - Parameter distribution: The probability of each state, as in ``Grounding/distributions``.
  /// - Returns: The states that reach the profile's threshold; none unless there are several.
  public func mixture(of distribution: [Double]) -> [Int] {
    guard let mixed else { return [] }
    let probable = distribution.indices.filter { distribution[$0] >= mixed }
    guard probable.count > 1 else { return [] }
    return probable.sorted { (distribution[$1], $0) < (distribution[$0], $1) }
  }
}
