import Dramatis
import DramatisCompiler

/// A machine of twelve states that carries a belief, each state with a way to every other one.
struct BeliefCase {
  static let stateCount = 12
  private static let seeds = 16

  let program: Program
  let event: PreparedEvent
  /// Probabilities of yes, row by row; the diagonal is not used.
  let probabilities: [[Double]]
  let answers: [Answers]

  init() throws {
    let program = try Program(profile: Array(Self.profile.utf8), name: "belief.yaml")
    self.program = program
    event = program.uncheckedPrepared(Event(text: "…"))
    var random = SplitMix64(state: 11)
    let probabilities = (0..<Self.seeds).map { _ in
      (0..<Self.stateCount * Self.stateCount).map { _ in Double.random(in: 0...0.2, using: &random) }
    }
    self.probabilities = probabilities
    answers = probabilities.map { Self.answers($0, program) }
  }

  private static func answers(_ probabilities: [Double], _ program: Program) -> Answers {
    let given = probabilities.enumerated().compactMap { place, probability in
      Answer(probability: probability).map { ("q\(place)", $0) }
    }
    return program.answers(from: Dictionary(given, uniquingKeysWith: { first, _ in first })).answers
  }

  private static var profile: String {
    let states = (1..<stateCount - 1).map { "s\($0)" }
    let names = ["unactivated"] + states + ["other"]
    let pairs = (0..<stateCount * stateCount).filter { $0 / stateCount != $0 % stateCount }
    return """
      dramatis: 1
      character: Believer
      questions: { \(pairs.map { "q\($0): { ask: \"Is it \($0)?\" }" }.joined(separator: ", ")) }
      machines:
        mood:
          probabilistic: belief
          states: { \(states.map { "\($0): \"\"" }.joined(separator: ", ")) }
          transitions:

      """
        + pairs.map {
          "      - { from: \(names[$0 / stateCount]), to: \(names[$0 % stateCount]), when: q\($0) }\n"
        }.joined()
  }
}
