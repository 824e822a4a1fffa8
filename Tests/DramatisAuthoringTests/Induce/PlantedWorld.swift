import Synchronization
import TestSupport

@testable import DramatisAuthoring

/// A character of whom it is known what makes it do what, with pairs that were made from that.
///
/// It always hums; each thing in a scene makes it do a deed; the first thing together with the second makes it do a deed more.
struct PlantedWorld: Sendable {
  /// A statement with the questions that have to be yes for it.
  struct Rule: Hashable {
    let statement: String
    let questions: Set<String>
  }

  let pairs: [ScenePair]
  let rules: [Rule]
  private static let things = ["storm", "coin", "song", "knife", "letter"]

  static let hum = "Ann hums whatever happens."
  static let falseCandidates = [
    Candidate(statement: "Ann flies to the moon.", question: "Is it night?"),
    Candidate(statement: "Ann cries.", question: "Does a storm come?"),
    Candidate(statement: "Ann sings aloud.", question: "Does anything happen?"),
  ]

  init(seed: UInt64, count: Int = 320) {
    var random = SeededGenerator(seed: seed)
    pairs = (0..<count).map { index in
      let there = Self.things.filter { _ in random.once(in: 3) }
      var deeds = there.map { "the \($0)-deed" }
      if there.contains("storm"), there.contains("coin") { deeds.append("the rescue") }
      return ScenePair(
        id: "p\(index)", work: "w", chapter: "\(index / 40)", index: index, character: "Ann",
        scene: "Number \(index). " + there.map { "A \($0) comes." }.joined(separator: " "),
        action: "Ann hums, number \(index). " + deeds.map { "She does \($0)." }.joined(separator: " "),
        previous: [index % 4 == 0 ? "Bob" : "Cid"], present: ["Ann"])
    }
    rules =
      [Rule(statement: Self.hum, questions: [])]
      + Self.things.map { Rule(statement: Self.statement(of: $0), questions: [Self.question(of: $0)]) }
      + [Rule(statement: Self.rescue, questions: Set(["storm", "coin"].map(Self.question)))]
  }

  static let rescue = "Ann does the rescue."
  static func statement(of thing: String) -> String { "Ann does the \(thing)-deed." }
  static func question(of thing: String) -> String { "Does a \(thing) come?" }

  /// Whether a statement is true of a character to whom the questions of a path are yes.
  func isTrue(_ statement: String, behind path: [String]) -> Bool {
    rules.contains { $0.statement == statement && $0.questions.isSubset(of: path) }
  }

  /// How many rules with pairs enough were found, and how many false ones.
  func score(_ tree: InducedTree) -> (found: Int, planted: Int, wrong: [String]) {
    let supported = rules.filter { rule in
      pairs.count { pair in rule.questions.allSatisfy { Self.answer($0, pair) } } >= 16
    }
    let rules = tree.rules
    return (
      supported.count { planted in
        rules.contains {
          $0.statement.text == planted.statement && planted.questions.isSubset(of: $0.path)
        }
      }, supported.count,
      rules.filter { !isTrue($0.statement.text, behind: $0.path) }
        .map { ($0.path + [$0.statement.text]).joined(separator: " → ") }
    )
  }

  fileprivate static func answer(_ question: String, _ pair: ScenePair) -> Bool {
    if question == "Does anything happen?" { return true }
    return things.contains { question == Self.question(of: $0) && pair.scene.contains("A \($0) comes.") }
  }

  fileprivate static func fits(_ statement: String, _ pair: ScenePair) -> Bool {
    if statement == hum { return true }
    if statement == rescue { return pair.action.contains("the rescue") }
    return things.contains { statement == Self.statement(of: $0) && pair.action.contains("the \($0)-deed") }
  }

  /// Proposes what is true of what the pairs share, and what is false.
  struct Proposer: CandidateProposer {
    func candidates(for pairs: [ScenePair], at node: InductionNode) async throws -> [Candidate] {
      let shared = PlantedWorld.things.filter { thing in
        pairs.count { $0.scene.contains("A \(thing) comes.") } * 2 > pairs.count
      }
      let seed = pairs.reduce(UInt64(pairs.count)) { $0 &* 31 &+ UInt64($1.index) }
      var random = SeededGenerator(seed: seed)
      var candidates = shared.prefix(2).map {
        Candidate(statement: PlantedWorld.statement(of: $0), question: PlantedWorld.question(of: $0))
      }
      if pairs.count(where: { $0.action.contains("the rescue") }) > 1 {
        candidates.append(
          Candidate(
            statement: PlantedWorld.rescue,
            question: PlantedWorld.question(of: random.pick(["storm", "coin"]))))
      }
      let other = random.pick(PlantedWorld.things)
      candidates += [
        Candidate(statement: PlantedWorld.hum, question: PlantedWorld.question(of: other)),
        Candidate(statement: PlantedWorld.statement(of: other), question: "Does anything happen?"),
        Candidate(
          statement: PlantedWorld.statement(of: other),
          question: PlantedWorld.question(of: random.pick(PlantedWorld.things))),
        random.pick(PlantedWorld.falseCandidates),
      ]
      return candidates
    }

    func merged(_ candidates: [Candidate], to count: Int, at node: InductionNode) async throws -> [Candidate]
    {
      Array(candidates.uniqued.prefix(count))
    }
  }

  /// Says what is so, and the contrary in a share of all cases, always the same ones.
  final class Judge: EvidenceJudge {
    private let errors: Double
    private let asked = Mutex(0)

    init(errors: Double = 0) { self.errors = errors }

    var count: Int { asked.withLock { $0 } }

    func verdicts(on statements: [String], of pairs: [ScenePair]) async throws -> [[Verdict]] {
      note(statements.count * pairs.count)
      return pairs.map { pair in statements.map { verdict(PlantedWorld.fits($0, pair), $0, pair) } }
    }

    func answers(to questions: [String], of pairs: [ScenePair]) async throws -> [[Verdict]] {
      note(questions.count * pairs.count)
      return pairs.map { pair in questions.map { verdict(PlantedWorld.answer($0, pair), $0, pair) } }
    }

    private func note(_ count: Int) { asked.withLock { $0 += count } }

    private func verdict(_ truth: Bool, _ text: String, _ pair: ScenePair) -> Verdict {
      let seed = text.utf8.reduce(UInt64(pair.index)) { $0 &* 131 &+ UInt64($1) }
      var random = SeededGenerator(seed: seed)
      let isWrong = Double(random.int(0...999)) < errors * 1000
      return truth != isWrong ? .yes : .no
    }
  }

  func tree(
    _ settings: InductionSettings, errors: Double = 0, memory: (any InductionMemory)? = nil
  ) async throws -> (tree: InducedTree, record: InductionRecord) {
    try await Inducer(settings: settings, proposer: Proposer(), judge: Judge(errors: errors), memory: memory)
      .tree(of: "Ann", InductionTopic("personality"), from: pairs, vectors: TextVectors.vectors(of: pairs))
  }
}

extension [Candidate] {
  fileprivate func withoutRepeats() -> [Candidate] {
    var seen: Set<Candidate> = []
    return filter { seen.insert($0).inserted }
  }
}
