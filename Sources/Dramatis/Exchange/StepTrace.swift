/// How a step came about, by names: what `run --trace` adds to a line, and what a game is told that asks why.
///
/// ```swift
/// let trace = StepTrace(explanation, of: guard)
/// print(trace.lines.joined(separator: "\n"))
/// ```
public struct StepTrace: Codable, Hashable, Sendable {
  /// A part of a condition, and what it came to.
  public struct Part: Codable, Hashable, Sendable {
    /// The condition as text.
    public let condition: String
    /// What it came to.
    public let truth: Truth
  }

  /// A transition out of the state that its machine was in.
  public struct Guard: Codable, Hashable, Sendable {
    /// The machine, and the state that it would lead to.
    public let machine, to: String
    /// Its guard as text.
    public let condition: String
    /// What the guard came to.
    public let answer: Answer
    /// Whether an earlier transition had fired, so that it was not tried.
    public let isLate: Bool
    /// What made the guard come to that.
    public let decidedBy: [Part]
  }

  /// A gate of a tree.
  public struct Gate: Codable, Hashable, Sendable {
    /// Its topic.
    public let topic: String
    /// How many gates lead to it.
    public let depth: Int
    /// What it asks, as text.
    public let condition: String
    /// What it came to.
    public let truth: Truth
    /// Whether the traversal went on behind it.
    public let isOpen: Bool
  }

  /// A condition of a commitment.
  public struct Commitment: Codable, Hashable, Sendable {
    /// The commitment's name.
    public let name: String
    /// Which of its conditions: `abandon`, `plant` or `trigger`.
    public let part: String
    /// What it came to.
    public let answer: Answer
    /// What made it come to that.
    public let decidedBy: [Part]
  }

  /// The guards that were looked at, in order.
  public let guards: [Guard]
  /// The gates that were reached, in order.
  public let gates: [Gate]
  /// The conditions of commitments that were looked at, in order.
  public let commitments: [Commitment]

  /// Puts an explanation into words.
  ///
  /// - Parameters:
  ///   - explanation: What ``Program/explanation(of:from:event:given:isLine:isKnown:rules:)`` came to.
  ///   - program: The program that made it.
  public init(_ explanation: Explanation, of program: Program) {
    func parts(_ parts: [DecidingPart]) -> [Part] {
      parts.map { Part(condition: program.text(of: $0.condition), truth: $0.truth) }
    }
    guards = explanation.guards.map { outcome in
      let machine = program.machines[outcome.machine]
      let transition = machine.transitions[outcome.transition]
      return Guard(
        machine: machine.name, to: machine.states[transition.to].name,
        condition: program.text(of: transition.guardCondition), answer: outcome.answer,
        isLate: outcome.isLate, decidedBy: parts(outcome.decidedBy))
    }
    gates = explanation.gates.map {
      Gate(
        topic: program.topics[$0.topic].name, depth: $0.depth, condition: program.text(of: $0.condition),
        truth: $0.truth, isOpen: $0.isOpen)
    }
    commitments = explanation.commitments.map {
      Commitment(
        name: program.commitments[$0.commitment].name, part: $0.part.rawValue, answer: $0.answer,
        decidedBy: parts($0.decidedBy))
    }
  }

  /// The same for a reader, one fact a line.
  public var lines: [String] {
    guards.map { "\($0.machine) → \($0.to): \($0.outcome)" }
      + gates.map {
        "\($0.topic): \($0.isOpen ? "open" : "shut"), \($0.condition) is \($0.truth.rawValue)"
      }
      + commitments.map {
        "\($0.name): \($0.part) is \($0.answer.truth.rawValue)\(StepTrace.reasons($0.decidedBy))"
      }
  }

  fileprivate static func reasons(_ parts: [Part]) -> String {
    parts.isEmpty
      ? ""
      : ", " + parts.map { "\($0.condition) is \($0.truth.rawValue)" }.joined(separator: ", ")
  }
}

extension StepTrace.Guard {
  fileprivate var outcome: String {
    isLate
      ? "an earlier transition fired"
      : "\(condition) is \(answer.truth.rawValue)"
        + (decidedBy.map(\.condition) == [condition] ? "" : StepTrace.reasons(decidedBy))
  }
}
