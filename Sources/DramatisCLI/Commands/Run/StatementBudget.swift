import ArgumentParser
import Dramatis

/// Reading of `--statement-budget`.
enum StatementBudget {
  /// A number of tokens within bounds.
  static func tokens(_ argument: String) throws -> Int {
    let bounds = Program.statementBudgets
    guard let tokens = Int(argument), bounds.contains(tokens) else {
      throw ValidationError("expected a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return tokens
  }
}
