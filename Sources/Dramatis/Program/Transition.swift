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
