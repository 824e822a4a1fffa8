import ArgumentParser

/// How questions are put to a model.
enum QuestionMethod: String, ExpressibleByArgument, CaseIterable {
  /// Several in one structured request.
  case batch
  /// One short request each, answered by the probabilities of the first token.
  case probabilities
}
