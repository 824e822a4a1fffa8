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
    /// What entering the state means, told in the one turn instead of the description; nil for the description.
    public let enter: String?
    /// How much likelier staying is than the guards make it, in log-odds; for probabilistic machines.
    public let stayBias: Double

    package init(name: String, description: String, enter: String? = nil, stayBias: Double = 0) {
      self.name = name
      self.description = description
      self.enter = enter
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
    let probable = distribution.indices.filter { states.indices.contains($0) && distribution[$0] >= mixed }
    guard probable.count > 1 else { return [] }
    return probable.sorted { (distribution[$1], $0) < (distribution[$0], $1) }
  }
}

/// A way from one or several states of a machine to another.
public struct Transition: Hashable, Sendable, Codable {
  /// In which role of the character a transition is tried.
  public enum RoleFilter: String, Hashable, Sendable, Codable, CaseIterable {
    /// When somebody else acts.
    case passive
    /// When the character acts.
    case active
    /// In both.
    case any

    /// Whether a transition of this filter is tried in a role.
    func admits(_ role: Role) -> Bool {
      switch self {
      case .any: true
      case .passive: role == .passive
      case .active: role == .active
      }
    }
  }

  /// Indices of the states that it leaves.
  public let from: [Int]
  /// Index of the state that it enters.
  public let to: Int
  /// The condition that must be yes.
  public let guardCondition: Condition
  /// The roles in which it is tried.
  public let role: RoleFilter
  /// What it changes besides the state, in the order written.
  public let effects: [Effect]
  /// How much likelier it is than its guard makes it, in log-odds; for probabilistic machines.
  public let bias: Double

  package init(
    from: [Int], to: Int, guardCondition: Condition, role: RoleFilter, effects: [Effect], bias: Double = 0
  ) {
    self.from = from
    self.to = to
    self.guardCondition = guardCondition
    self.role = role
    self.effects = effects
    self.bias = bias
  }

  /// Whether it may fire once a turn only, on the event or on a line.
  var isOnce: Bool { role == .any }

  /// Whether it is tried in a state and a role.
  func leaves(_ state: Int, in role: Role) -> Bool {
    from.contains(state) && self.role.admits(role)
  }
}

/// An assignment that a transition makes, clamped to the variable's bounds.
public struct Effect: Hashable, Sendable, Codable {
  /// Index of the variable.
  public let variable: Int
  /// The value, computed from running values.
  public let value: Operand

  package init(variable: Int, value: Operand) {
    self.variable = variable
    self.value = value
  }
}
