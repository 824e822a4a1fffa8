import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisLLM

/// Says whether a profile helps, on pairs that it was not made from.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Say whether profiles help to predict what a character does, with intervals and controls.",
    discussion: """
      A model predicts the held-out actions with nothing, with a text and with each profile; another one, or the same, judges each \
      against what was really done (entailed 100, neutral 50, contradicted 0). Differences are those on the same pairs. What \
      needs no prediction is always said: in how many scenes a gated statement applies, and how much better statements fit \
      where their gates open than where those of other statements do. Without a model, cues answer and nothing is predicted.

      Example: dramatis evaluate mara.yaml --pairs pairs.jsonl --endpoint ollama --model llama3.2 -o report.html
      """)

  @Argument(help: "The profiles, all of one character.", completion: .profiles)
  var profiles: [String]

  @Option(help: "The pairs, as 'dramatis pairs' writes them; the half that did not train is used.")
  var pairs: String

  @Option(
    help: ArgumentHelp("Who predicts: an endpoint of the configuration or an address.", valueName: "endpoint")
  )
  var generator: String?

  @Option(name: .customLong("generator-model"), help: "The predicting model's name there.")
  var generatorModel: String?

  @Option(
    help: ArgumentHelp("Who judges: an endpoint of the configuration or an address.", valueName: "endpoint"))
  var judge: String?

  @Option(name: .customLong("judge-model"), help: "The judging model's name there.")
  var judgeModel: String?

  @Option(
    help: ArgumentHelp(
      "A text about the character to compare with; the profile's own unless given.", valueName: "file"))
  var text: String?

  @Option(help: "Which pairs are held out: half (the second), chapter or all.")
  var split = PairSplit.half

  @Option(help: "How often each action is predicted.")
  var repetitions = 3

  @Option(help: "At most so many pairs, spread over the story.")
  var limit: Int?

  @Flag(name: .customLong("no-predictions"), help: "Leave out the predictions.")
  var predictsNothing = false

  @Option(help: "How the report on standard output is written.")
  var format = ReportFormat.text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the report to a file as well: .html for a page, .json or .txt.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("fail-below"),
    help: ArgumentHelp("End with 1 where a profile's score is less.", valueName: "score"))
  var failBelow: Double?

  @OptionGroup(title: "Answers") var answers: AnswerOptions
  @OptionGroup(title: "Language model") var model: ModelOptions

  func validate() throws {
    guard !profiles.isEmpty else { throw ValidationError("give a profile") }
    guard (1...100).contains(repetitions) else {
      throw ValidationError("--repetitions takes a number from 1 to 100")
    }
    guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit takes a number from 1") }
    guard failBelow.map({ (0...100).contains($0) }) ?? true else {
      throw ValidationError("--fail-below takes a number from 0 to 100")
    }
    guard failBelow == nil || !predictsNothing else {
      throw ValidationError("--fail-below needs predictions; leave out --no-predictions")
    }
    if let output, Page(of: output) == nil {
      throw ValidationError("a report ends in .html, .json or .txt; '\(output.oneLine)' does not")
    }
  }

  /// What the ending of a file asks for.
  private enum Page {
    case html, json, text

    init?(of path: String) {
      if path.hasSuffix(".html") || path.hasSuffix(".htm") {
        self = .html
      } else if path.hasSuffix(".json") {
        self = .json
      } else if path.hasSuffix(".txt") {
        self = .text
      } else {
        return nil
      }
    }
  }

  func run() async throws {
    let programs = try profiles.map { path in try ProfileSource(path: path).program() }
    let own = try [ScenePair].read(pairs).of(programs[0].character)
    guard !own.isEmpty else {
      throw Failure("\(programs[0].character.oneLine) does not act in \(pairs.oneLine)", .input)
    }
    if let other = programs.first(where: { $0.character.folded() != programs[0].character.folded() }) {
      throw Failure(
        "\(other.character.oneLine) is somebody else than \(programs[0].character.oneLine)", .input)
    }
    let (training, test) = split.parts(of: own)
    let held = spread(test)
    guard !held.isEmpty else { throw Failure("no pair is held out; give more, or --split all", .input) }
    let judging = try configured(judge, named: judgeModel)
    let predicting =
      predictsNothing ? nil : try configured(generator ?? judge, named: generatorModel ?? judgeModel)
    defer {
      for used in [judging, predicting] { used?.report(if: model.showsUsage) }
    }
    if failBelow != nil, judging == nil || predicting == nil {
      throw Failure(
        "--fail-below needs a language model; give --generator and --judge, or --endpoint", .usage)
    }
    var report = try await report(programs, held, training, judging, predicting)
    report.generator = predicting?.title ?? "none"
    report.judge = judging?.title ?? "none; cues answered the questions"
    if let output { try write(report, to: output) }
    Console.output.write(try format == .json ? report.jsonReport() : report.text)
    let names = Set(profiles)
    if let failBelow, report.arms.contains(where: { names.contains($0.arm) && $0.score.mean < failBelow }) {
      throw Failure("a profile scores less than \(failBelow)", .input)
    }
  }

  private func report(
    _ programs: [Program], _ held: [ScenePair], _ training: [ScenePair], _ judging: ConfiguredModel?,
    _ predicting: ConfiguredModel?
  ) async throws -> EvaluationReport {
    let profileArms = zip(programs, profiles).map { Evaluation.Arm.profile($0, named: $1) }
    var arms = [Evaluation.Arm.none]
    if let told = try told(programs) { arms.append(.text(told)) }
    arms += profileArms
    let table = judging == nil ? nil : try answers.table()
    let reader: Evaluation.Reader =
      if let judging, let table {
        .judge(
          ModelJudge(
            KeptModel(judging.model, store: table),
            method: judging.method == .probabilities ? .probabilities : .batch))
      } else {
        .cues
      }
    let kept = predicting.flatMap { model in table.map { KeptModel(model.model, store: $0) } }
    let evaluation = Evaluation(
      of: kept == nil ? profileArms : arms, on: held, training: training, reader: reader, generator: kept,
      repetitions: repetitions, temperature: model.temperature ?? 0.7)
    if judging != nil { Interruption.sayWhatIsKept() }
    if let table, kept != nil {
      let predictions = arms.count * held.count * repetitions
      Console.error.write(
        """
        \(arms.count.of("background")), \(held.count.of("pair")): at most \(predictions.of("prediction")) and as many \
        judgements, besides the questions of the profiles; \(table.count.of("answer")) known in \(table.path.oneLine)

        """)
    }
    do {
      return try await evaluation.report()
    } catch let error as ModelError {
      throw Failure(
        "\("\(error)".oneLine); what was answered is kept, and the same command goes on where this one stopped",
        .environment)
    }
  }

  /// A model as a flag names it; the one of the usual flags unless one does.
  private func configured(_ place: String?, named name: String?) throws(Failure) -> ConfiguredModel? {
    var options = model
    if let place {
      (options.endpoint, options.baseURL) = place.contains("://") ? (nil, place) : (place, nil)
    }
    if let name { options.model = name }
    if options.atOnce == nil { options.atOnce = 8 }
    return try options.model()
  }

  /// What is told of the character as a text; nil where nothing is.
  private func told(_ programs: [Program]) throws -> String? {
    if let text {
      let bytes = try InputStream(path: text).readAll(limit: 1 << 20)
      let told = String(decoding: bytes, as: UTF8.self)
      guard told.contains(where: \.isLetter) else { throw Failure("\(text.oneLine) holds no text", .input) }
      return told
    }
    let parts = programs.lazy.map { [$0.summary, $0.voice, $0.setting].filter { !$0.isEmpty } }
    return parts.first { !$0.isEmpty }?.joined(separator: "\n")
  }

  /// No more pairs than are wanted, at even distances.
  private func spread(_ test: [ScenePair]) -> [ScenePair] {
    guard let limit, limit < test.count else { return test }
    return (0..<limit).map { test[$0 * test.count / limit] }
  }

  private func write(_ report: EvaluationReport, to path: String) throws {
    let text =
      switch Page(of: path) {
      case .html: EvaluationPage(report).html
      case .json: try report.jsonReport()
      case .text, nil: report.text
      }
    try OutputFile(path: path).write(Array(text.utf8))
  }
}

extension EvaluationReport {
  /// The report for people.
  var text: String {
    var report = TextReport()
    report.line("\(character): \(pairs.of("held-out pair")), \(seen) in scenes near to a training scene")
    if arms.isEmpty {
      report.line("no predictions: no generator and judge were given")
    } else {
      report.line(
        "score of \(repetitions.of("prediction")) a pair, with the interval of 95 in 100 draws of pairs")
      for arm in arms {
        let parts = [arm.seen.map { "seen \($0.text)" }, arm.new.map { "new \($0.text)" }].compactMap(\.self)
        let missing = arm.missing == 0 ? "" : "; \(arm.missing.of("pair")) without a prediction of use"
        report.entry(
          arm.arm,
          "\(arm.score.text); same action \(arm.exact.text); entailed \(arm.entailed.percent), neutral "
            + "\(arm.neutral.percent), contradicted \(arm.contradicted.percent); \(parts.joined(separator: ", "))\(missing)"
        )
      }
      report.line("differences on the same pairs")
      for one in differences { report.entry("\(one.arm) - \(one.other)", one.score.text) }
    }
    report.line("without predictions")
    for one in structures {
      let lift =
        one.lift.map {
          "gates lift fit by \($0.lift.signed), shuffled by \($0.shuffled.signed) (as much in \($0.asHigh) of \($0.shuffles) shuffles)"
        } ?? "no lift of gates: it takes a judge and two gates that open"
      report.entry(
        one.arm,
        "\(one.coverage.percent) of scenes with a gated statement, \(one.statements.fourDigits) statements and "
          + "\(one.questions.fourDigits) questions a scene; \(lift)")
    }
    for one in stability {
      report.entry("\(one.arm), \(one.other)", "\(one.common.percent) of the statements in common")
    }
    report.line("generator: \(generator.oneLine); judge: \(judge.oneLine)")
    return report.text
  }
}

extension Double {
  /// A share of 1 for people.
  fileprivate var percent: String { "\(Int((self * 100).rounded())) %" }
}
