import Dramatis

/// The candidates of a node against its pairs: pure arithmetic.
struct NodeTrial {
  /// A gate that is kept, or looked into.
  struct OpenGate {
    let candidate: Candidate
    let evidence: Evidence
    /// On which pairs it opens.
    let isOpen: [Bool]
    /// Whether its statement fits neither well nor badly, so that the pairs behind it are looked into.
    let isOpenEnded: Bool
    var child: InducedTree

    /// Why it is not kept where nothing is found behind it.
    var shortfall: String {
      "it fits \(evidence.precision.twoDigits) of the actions where the question is yes, and nothing better was found there"
    }
  }

  let pairs: [ScenePair]
  private let settings: InductionSettings
  private(set) var statements: [InducedTree.Statement] = []
  private(set) var gates: [OpenGate] = []
  var refused: [Refusal] = []
  /// The pairs of whose actions a statement is told by a gate, by statement.
  private(set) var told: [String: Set<ScenePair>]
  private var tried: Set<Candidate> = []

  init(pairs: [ScenePair], settings: InductionSettings, told: [String: Set<ScenePair>]) {
    self.pairs = pairs
    self.settings = settings
    self.told = told
  }

  /// The questions of the gates so far.
  var questions: [String] { gates.map(\.candidate.question) }

  /// The pairs on which no gate opens.
  var unexplained: [Int] { pairs.indices.filter { index in !gates.contains { $0.isOpen[index] } } }

  /// The candidates that were not tried before, and a statement of the node above with each of their questions.
  mutating func news(of candidates: [Candidate], trying fallback: [String], established: [String])
    -> [Candidate]
  {
    guard !settings.isPaper else { return candidates }
    let more = fallback.flatMap { statement in
      candidates.map { Candidate(statement: statement, question: $0.question) }
    }
    let told = Set(established.map(CandidateMerging.words))
    return (candidates + more).filter { candidate in
      tried.insert(candidate).inserted && !told.contains(CandidateMerging.words(of: candidate.statement))
    }
  }

  /// Decides about candidates.
  ///
  /// - Parameters:
  ///   - fits: By statement, a verdict for each pair.
  ///   - answers: By question, an answer for each pair.
  mutating func take(_ candidates: [Candidate], fits: [String: [Verdict]], answers: [String: [Verdict]]) {
    let all = [Bool](repeating: true, count: pairs.count)
    var gated: [(candidate: Candidate, fit: [Verdict], isOpen: [Bool])] = []
    for candidate in candidates {
      guard let fit = fits[candidate.statement], let answer = answers[candidate.question] else { continue }
      let evidence = evidence(of: fit, where: all)
      if evidence.precision >= settings.accept, evidence.support >= settings.support {
        if settings.isPaper || !statements.contains(where: { $0.text == candidate.statement }) {
          statements.append(.init(text: candidate.statement, evidence: evidence))
        }
      } else {
        gated.append((candidate, fit, answer.map(\.isYes)))
      }
    }
    if !settings.isPaper {
      // Of gates for one statement the one that fits best comes first, and the others tell what is left.
      let strengths = gated.map { strength(of: $0.fit, where: $0.isOpen) }
      gated = gated.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }.map { gated[$0] }
    }
    for (candidate, fit, isOpen) in gated { decide(candidate, fit: fit, isOpen: isOpen) }
  }

  private mutating func decide(_ candidate: Candidate, fit: [Verdict], isOpen: [Bool]) {
    let evidence = evidence(of: fit, where: isOpen)
    func refuse(_ reason: String) { refused.append(Refusal(candidate: candidate, reason: reason)) }
    guard evidence.breadth <= settings.filter else {
      return refuse(
        "its question is yes in \(evidence.breadth.twoDigits) of the scenes, and tells too little")
    }
    guard evidence.precision > settings.reject else {
      return refuse(
        evidence.pairs == 0
          ? "its question is yes in no scene"
          : "it fits \(evidence.precision.twoDigits) of the actions where its question is yes")
    }
    let isGood = evidence.precision >= settings.accept
    if !settings.isPaper {
      guard evidence.support >= settings.support else {
        return refuse("only \(evidence.support) actions where its question is yes tell anything of it")
      }
      if isGood, let reason = objection(to: candidate, fit: fit, isOpen: isOpen) { return refuse(reason) }
    }
    var child = InducedTree(pairs: evidence.pairs)
    if isGood {
      child.statements = [.init(text: candidate.statement, evidence: evidence)]
      for index in pairs.indices where isOpen[index] {
        told[candidate.statement, default: []].insert(pairs[index])
      }
    }
    gates.append(
      OpenGate(
        candidate: candidate, evidence: evidence, isOpen: isOpen, isOpenEnded: !isGood, child: child))
  }

  /// Why a statement that fits where its gate opens is no evidence for the gate; nil where it is.
  private func objection(to candidate: Candidate, fit: [Verdict], isOpen: [Bool]) -> String? {
    guard strength(of: fit, where: isOpen) >= Self.leastStrength else {
      return "it fits the actions elsewhere about as well"
    }
    guard let told = told[candidate.statement] else { return nil }
    let left = evidence(of: fit, where: pairs.indices.map { isOpen[$0] && !told.contains(pairs[$0]) })
    let isNews = left.support >= settings.support && left.precision >= settings.accept
    return isNews ? nil : "another question tells the same"
  }

  /// From so many standard errors on, a statement fits better where its gate opens than elsewhere.
  private static let leastStrength = 2.5

  /// By how many standard errors a statement fits better where a gate opens than elsewhere.
  private func strength(of fit: [Verdict], where isOpen: [Bool]) -> Double {
    var (insideYes, inside, outsideYes, outside) = (0.0, 0.0, 0.0, 0.0)
    for (verdict, isOpen) in zip(fit, isOpen) {
      if isOpen {
        insideYes += verdict.yes
        inside += verdict.yes + verdict.no
      } else {
        outsideYes += verdict.yes
        outside += verdict.yes + verdict.no
      }
    }
    guard inside > 0, outside > 0 else { return 0 }
    let pooled = (insideYes + outsideYes) / (inside + outside)
    let error = (pooled * (1 - pooled) * (1 / inside + 1 / outside)).squareRoot()
    return error > 0 ? (insideYes / inside - outsideYes / outside) / error : 0
  }

  /// Sums of probabilities over some of the pairs.
  private func evidence(of fit: [Verdict], where isOpen: [Bool]) -> Evidence {
    var (yes, no, count, support) = (0.0, 0.0, 0, 0)
    var best: [(place: Int, yes: Double)] = []
    for (index, verdict) in fit.enumerated() where isOpen[index] {
      yes += verdict.yes
      no += verdict.no
      count += 1
      support += verdict.isDecided ? 1 : 0
      if verdict.isYes { best.append((index, verdict.yes)) }
    }
    best.sort { ($1.yes, $0.place) < ($0.yes, $1.place) }
    return Evidence(
      pairs: count, support: support, precision: yes + no > 0 ? yes / (yes + no) : 0,
      breadth: pairs.isEmpty ? 0 : Double(count) / Double(pairs.count),
      examples: best.prefix(Self.exampleCount).map { pairs[$0.place].id })
  }

  private static let exampleCount = 3
}

/// Candidates that say the same in nearly the same words.
enum CandidateMerging {
  /// From this share of common words on, two texts say the same.
  private static let likeness = 0.8

  /// The candidates without those that repeat one before them, those that recur most first.
  static func merged(_ candidates: [Candidate]) -> [Candidate] {
    var kept: [(candidate: Candidate, words: [Set<String>], count: Int)] = []
    for candidate in candidates {
      let words = [words(of: candidate.statement), Self.words(of: candidate.question)]
      let place = kept.firstIndex { other in
        zip(other.words, words).allSatisfy { isAlike($0, to: $1) }
      }
      if let place { kept[place].count += 1 } else { kept.append((candidate, words, 1)) }
    }
    return kept.indices.sorted { (kept[$1].count, $0) < (kept[$0].count, $1) }.map { kept[$0].candidate }
  }

  private static func isAlike(_ one: Set<String>, to other: Set<String>) -> Bool {
    let common = one.intersection(other).count
    return one == other || Double(common) >= likeness * Double(one.union(other).count)
  }

  /// The words of a text, whatever their case and order.
  static func words(of text: String) -> Set<String> {
    Set(text.folded().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }
}

extension Double {
  /// A number for people, such as `0.83`.
  var twoDigits: String {
    let hundredths = Int((self * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
