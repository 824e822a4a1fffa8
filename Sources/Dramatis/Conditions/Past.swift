/// Something of which a condition may read what it was before the step, as `previous(mood)`.
public enum Past: Hashable, Sendable, Codable {
  /// The state of `program.machines[i]`.
  case machine(Int)
  /// The value of `program.variables[i]`.
  case variable(Int)
  /// Whether `program.questions[i]` was yes: 1 or 0.
  case question(Int)
}

/// What a character keeps of the step before, as far as the conditions of its program read it.
struct Memory: Hashable, Sendable {
  /// What each was before the last step.
  var values: [Past: Int] = [:]
  /// The questions that are yes since the last turn that concerned the character.
  var held: Set<Int> = []

  init() {}

  /// Those of a character to whom nothing has happened yet, who stands where a snapshot says.
  init(of pasts: [Past], at snapshot: Snapshot) {
    values = Dictionary(uniqueKeysWithValues: pasts.map { ($0, snapshot.value(of: $0) ?? 0) })
  }
}

extension Snapshot {
  /// What the values of ``Memory`` come to in the step that begins here.
  ///
  /// A question that became yes earlier in the turn, on the event or on a line, was yes before the next line of it.
  ///
  /// - Parameter isLine: Whether the step is that on a line of the turn that has begun.
  func past(isLine: Bool) -> [Past: Int] {
    guard !memory.values.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: memory.values.map { past, value in
        guard case .question(let question) = past else { return (past, self.value(of: past) ?? value) }
        return (past, memory.held.contains(question) || isLine && value != 0 ? 1 : 0)
      })
  }

  /// Where it stands with what is no question.
  fileprivate func value(of past: Past) -> Int? {
    switch past {
    case .machine(let index): states[index]
    case .variable(let index): variables[index]
    case .question: nil
    }
  }
}

extension Program {
  /// What its conditions read of the step before, each once, in the order of machines, commitments, trees and lines.
  var pasts: [Past] {
    let conditions =
      machines.flatMap(\.transitions).map(\.guardCondition)
      + commitments.flatMap { [$0.plant, $0.trigger, $0.abandonWhen].compactMap(\.self) }
      + treeNodes.flatMap(\.gates).map(\.condition) + lines.compactMap(\.condition)
    var pasts: [Past] = []
    for condition in conditions {
      condition.forEachLeaf { leaf in
        for operand in leaf.ownOperands {
          operand.forEachAtom {
            if case .previous(let past) = $0, !pasts.contains(past) { pasts.append(past) }
          }
        }
      }
    }
    return pasts
  }

  /// The questions of which conditions read whether they were yes before, so that they are asked in every turn.
  package var rememberedQuestions: [Int] {
    pasts.compactMap { if case .question(let index) = $0 { index } else { nil } }
  }
}

extension Condition {
  /// Yes in the first of consecutive turns in which a question is yes: `newly(insulted)`.
  ///
  /// - Parameter question: An index into the program's questions.
  public static func newly(_ question: Int) -> Condition {
    .all([.question(question), .not(.holds(.previous(.question(question))))])
  }

  /// The question of which it says that it is ``newly(_:)`` yes; nil for any other condition.
  package var newlyAsked: Int? {
    guard case .joined(.and, let parts) = self, let first = parts.first, case .question(let index) = first,
      self == .newly(index)
    else { return nil }
    return index
  }
}
