import Dramatis

/// What a profile says in a scene, with what it asked.
struct SceneGrounding: Hashable, Sendable {
  /// A statement behind a gate.
  struct Gated: Hashable, Sendable {
    let topic: String
    let text: String
  }

  /// The statements under the names of their topics, as the published prompt has them.
  private(set) var text = ""
  /// How many statements apply.
  private(set) var statements = 0
  /// Those that a gate has opened.
  private(set) var gated: [Gated] = []
  /// How many questions were asked.
  private(set) var questions = 0

  /// Of a character of whom nothing is told.
  init() {}

  /// Steps once from the beginning on the scene of a pair, with those who acted before as partners.
  init(of program: Program, in pair: ScenePair, reader: Evaluation.Reader) async throws {
    let others = pair.previous.filter { !program.isCalled($0) }
    let event = Event(
      actor: others.first, text: pair.scene.isEmpty ? "(the beginning)" : nil,
      scene: pair.scene.isEmpty ? nil : pair.scene, partners: others)
    let scene = Scene(of: event, after: [], window: program.window)
    let start = program.initialSnapshot()
    var answers = Answers(for: program)
    // Every round answers something, so that there are no more than there are questions.
    for _ in 0...program.questions.count {
      let open = program.uncheckedQuestions(at: start, event: event, scene: scene, given: answers)
      guard !open.isEmpty else { break }
      questions += open.count
      let found = try await reader.answers(
        to: open.map { program.questions[$0] }, of: pair, in: scene, for: program)
      for (question, answer) in zip(open, found) { answers[question] = answer }
    }
    let step = program.uncheckedStep(from: start, event: event, scene: scene, given: answers)
    let roots = Set(program.topics.flatMap { program.treeNodes[$0.root].statements })
    statements = step.grounding.statements.count
    var topic: Int?
    for fired in step.grounding.statements {
      if fired.topic != topic { text += (text.isEmpty ? "" : "\n") + "# \(program.topics[fired.topic].name)" }
      topic = fired.topic
      text += "\n" + program.statements[fired.statement]
      if !roots.contains(fired.statement) {
        gated.append(
          Gated(topic: program.topics[fired.topic].name, text: program.statements[fired.statement]))
      }
    }
  }
}

extension Evaluation.Reader {
  /// Answers to questions; where nobody can tell, what the question falls back to.
  fileprivate func answers(
    to questions: [Question], of pair: ScenePair, in scene: Scene, for program: Program
  ) async throws -> [Answer] {
    switch self {
    case .cues:
      let replies = CueDiscriminator(for: [program]).replies(to: questions, about: scene)
      return zip(replies, questions).map { $0.answer.isUnanswered ? $1.otherwise ?? .unknown : $0.answer }
    case .judge(let judge):
      let verdicts = try await judge.answers(to: questions.map(\.text), of: [pair])[0]
      return zip(verdicts, questions).map { verdict, question in
        guard verdict.isDecided else { return question.otherwise ?? .unknown }
        return Answer(probability: verdict.yes / (verdict.yes + verdict.no)) ?? .unknown
      }
    }
  }
}

/// Whether held-out scenes are like those that were learnt from.
struct SceneNovelty {
  /// From this likeness on, of 1, a scene is near to another one.
  private static let nearness = 0.5

  private let words: TextVectors
  /// The scenes of the training pairs by the places of their words.
  private var index: [Int: [(scene: Int, value: Double)]] = [:]

  /// - Complexity: Linear in the scenes.
  init(training: [ScenePair]) {
    words = TextVectors(learningFrom: training.map(\.scene))
    for (number, pair) in training.enumerated() {
      let vector = words.vector(of: pair.scene)
      for (place, value) in zip(vector.places, vector.values) {
        index[place, default: []].append((number, value))
      }
    }
  }

  /// For each pair whether a training scene is near to its scene.
  func areSeen(_ pairs: [ScenePair]) -> [Bool] {
    pairs.map { pair in
      let vector = words.vector(of: pair.scene)
      var products: [Int: Double] = [:]
      for (place, value) in zip(vector.places, vector.values) {
        for entry in index[place] ?? [] { products[entry.scene, default: 0] += value * entry.value }
      }
      return (products.values.max() ?? 0) >= Self.nearness
    }
  }
}

/// Statements behind gates, and in which scenes each is open.
struct GateLift {
  private let gated: [SceneGrounding.Gated]
  private let isOpen: [[Bool]]

  init(_ gated: [SceneGrounding.Gated], in groundings: [SceneGrounding]) {
    self.gated = gated
    isOpen = gated.map { one in groundings.map { $0.gated.contains(one) } }
  }

  var count: Int { gated.count }
  var statements: [String] {
    var seen: Set<String> = []
    return gated.map(\.text).filter { seen.insert($0).inserted }
  }

  /// How often the gates are shuffled.
  static let shuffles = 200

  /// How much better statements fit where their gates are open, and where gates of other statements are.
  ///
  /// - Parameter fits: For each pair the verdicts on ``statements``.
  func lift(_ fits: [[Verdict]]) -> EvaluationReport.Lift? {
    let places = Dictionary(uniqueKeysWithValues: statements.enumerated().map { ($1, $0) })
    let columns = gated.map { one in fits.map { $0[places[one.text] ?? 0] } }
    guard let real = mean(of: columns, isOpen) else { return nil }
    let controls = (1...Self.shuffles).compactMap { mean(of: columns, shuffled($0)) }
    guard !controls.isEmpty else { return nil }
    return EvaluationReport.Lift(
      gates: count, lift: real, shuffled: controls.reduce(0, +) / Double(controls.count),
      shuffles: controls.count, asHigh: controls.count { $0 >= real })
  }

  private func mean(of columns: [[Verdict]], _ isOpen: [[Bool]]) -> Double? {
    let lifts = zip(columns, isOpen).compactMap { column, isOpen -> Double? in
      guard let inside = Self.precision(column, where: isOpen, is: true),
        let outside = Self.precision(column, where: isOpen, is: false)
      else { return nil }
      return inside - outside
    }
    return lifts.isEmpty ? nil : lifts.reduce(0, +) / Double(lifts.count)
  }

  private static func precision(_ column: [Verdict], where isOpen: [Bool], is wanted: Bool) -> Double? {
    var (yes, both) = (0.0, 0.0)
    for (verdict, isOpen) in zip(column, isOpen) where isOpen == wanted {
      yes += verdict.yes
      both += verdict.yes + verdict.no
    }
    return both > 0 ? yes / both : nil
  }

  /// The gates in another order.
  private func shuffled(_ number: Int) -> [[Bool]] {
    var order = Array(isOpen.indices)
    for index in order.indices.dropFirst().reversed() {
      order.swapAt(index, Draw.index(Draw.number(seed: 42, turn: number, site: index), below: index + 1))
    }
    return order.map { isOpen[$0] }
  }
}
