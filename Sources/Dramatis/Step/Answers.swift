/// What has been answered so far in a turn, by question.
///
/// Make one with ``Program/answers(from:)``, which knows the questions by name and by text.
public struct Answers: Hashable, Sendable {
  private(set) var known: [Answer?]
  /// The program whose questions they answer.
  let identity: ProgramIdentity

  /// No answer to any of a program's questions.
  public init(for program: Program) {
    known = program.questions.map { _ in nil }
    identity = program.identity
  }

  /// The answer to `program.questions[i]`; nil while it stands unanswered.
  public package(set) subscript(question: Int) -> Answer? {
    get { known.indices.contains(question) ? known[question] : nil }
    set {
      guard known.indices.contains(question) else { return }
      known[question] = newValue
    }
  }

  /// Gives the answer to a question, or takes it back.
  ///
  /// - Parameter question: An index into `program.questions`.
  /// - Throws: ``StepError/noSuchQuestion(_:)``.
  public mutating func set(_ answer: Answer?, for question: Int) throws(StepError) {
    guard known.indices.contains(question) else { throw .noSuchQuestion(question) }
    known[question] = answer
  }

  /// Indices of the answered questions, in the program's order.
  public var answered: [Int] { known.indices.filter { known[$0] != nil } }
}

extension Program {
  /// Finds the questions that answers were given to, by name or by exact text.
  ///
  /// A name wins over a text. Texts are compared byte for byte.
  ///
  /// - Returns: The answers, and the keys that fit no question of this program, sorted.
  public func answers(from given: [String: Answer]) -> (answers: Answers, unknown: [String]) {
    var answers = Answers(for: self)
    var unknown: [String] = []
    for (key, answer) in given.sorted(by: { $0.key < $1.key }) {
      let named = questions.indices.filter { questions[$0].name == key }
      let found = named.isEmpty ? questions.indices.filter { questions[$0].text.isSameBytes(as: key) } : named
      for question in found where answers[question] == nil || !named.isEmpty { answers[question] = answer }
      if found.isEmpty { unknown.append(key) }
    }
    return (answers, unknown)
  }
}
