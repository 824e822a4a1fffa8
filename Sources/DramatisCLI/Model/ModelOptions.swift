import ArgumentParser
import Dramatis
import DramatisLLM

/// Which language model a command uses, as far as flags say it.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("base-url"),
    help: ArgumentHelp("Where the model is served, such as http://localhost:8080/v1.", valueName: "address"))
  var baseURL: String?

  @Option(
    help:
      "An endpoint of the configuration, or one of \(KnownService.all.map(\.name).joined(separator: ", ")).")
  var endpoint: String?

  @Option(help: "The model's name there.")
  var model: String?

  @Option(help: "How freely the model draws words, from 0 to 2.")
  var temperature: Double?

  @Option(
    name: .customLong("max-tokens"), help: ArgumentHelp("The longest reply in tokens.", valueName: "tokens"))
  var maxTokens: Int?

  @Option(
    help: ArgumentHelp("How many tokens prompt and reply may have together.", valueName: "tokens"))
  var context: Int?

  @Option(
    help: ArgumentHelp(
      "How much the model may think first: off, low, medium, high or a number of tokens.", valueName: "much"),
    transform: Reasoning.init(option:))
  var reasoning: Reasoning?

  @Option(
    name: .customLong("prompt-form"),
    help: ArgumentHelp(
      "How prompts are laid out: cached, or compact for small models. (default: what the profile says, else cached)",
      valueName: "form"))
  var promptForm: PromptForm?

  @Flag(
    name: .customLong("check"),
    help:
      "Let the model check each line before it is shown, a request a line; one with a flaw is made anew once, and flagged where it stays."
  )
  var checksLines = false

  @Option(
    name: .customLong("param"),
    help: ArgumentHelp(
      "A further parameter by the service's own name, such as top_p=0.9; may be repeated.",
      valueName: "name=value"),
    transform: ModelParameter.init(option:))
  var parameters: [ModelParameter] = []

  @Option(
    help: ArgumentHelp(
      "The longest that a reply may take, waiting for a service that loads or is busy included.",
      valueName: "seconds"))
  var timeout: Double?

  @Option(
    help: ArgumentHelp(
      "The longest that a line may take; after that, or where the model fails, a written line is spoken.",
      valueName: "seconds"))
  var deadline: Double?

  @Option(
    help: ArgumentHelp(
      "How questions are put: batch (several in a request) or probabilities (one a request, by the first token).",
      valueName: "way"))
  var questions: QuestionMethod?

  @Option(help: ArgumentHelp("How many questions stand in a request.", valueName: "questions"))
  var batch: Int?

  @Option(
    name: .customLong("answer-cache"),
    help: ArgumentHelp("Keep the model's answers in a file, and use those that are there.", valueName: "file")
  )
  var answerCache: String?

  @Option(
    name: [.customLong("budget-calls"), .customLong("budget")],
    help: ArgumentHelp("The most requests, failed ones included.", valueName: "requests"))
  var budgetCalls: Int?

  @Option(name: .customLong("budget-tokens"), help: ArgumentHelp("The most tokens.", valueName: "tokens"))
  var budgetTokens: Int?

  @Option(
    name: .customLong("budget-cost"),
    help: ArgumentHelp("The most that it may cost, by the prices of the configuration.", valueName: "cost"))
  var budgetCost: Double?

  @Option(
    help: ArgumentHelp("Record all replies in a file, for --cassette.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp("Answer from a recording instead of the service.", valueName: "file"))
  var cassette: String?

  @Option(
    name: .customLong("parallel"),
    help: ArgumentHelp("The most requests at the same time.", valueName: "requests"))
  var atOnce: Int?

  @Option(
    name: .customLong("log"),
    help: ArgumentHelp("Add all requests and replies to a file, without keys.", valueName: "file"))
  var log: String?

  @Flag(name: .customLong("usage"), help: "Say in the end what the model has taken.")
  var showsUsage = false

  func validate() throws {
    guard record == nil || cassette == nil else {
      throw ValidationError("--record and --cassette contradict each other")
    }
    guard batch == nil || questions != .probabilities else {
      throw ValidationError("--batch belongs to --questions batch")
    }
    guard baseURL == nil || endpoint == nil else {
      throw ValidationError("--base-url and --endpoint both say where the model is; give one of them")
    }
    let bounds: [(name: String, number: Double?, range: ClosedRange<Double>)] = [
      ("--temperature", temperature, ModelSetting.temperatures),
      ("--max-tokens", maxTokens.map(Double.init), ModelSetting.lengths),
      ("--timeout", timeout, ModelSetting.times),
      ("--deadline", deadline, ModelSetting.times),
      ("--batch", batch.map(Double.init), ModelSetting.batches),
      ("--budget-calls", budgetCalls.map(Double.init), ModelSetting.amounts),
      ("--budget-tokens", budgetTokens.map(Double.init), ModelSetting.amounts),
      ("--budget-cost", budgetCost, ModelSetting.amounts),
      ("--parallel", atOnce.map(Double.init), ModelSetting.requests),
      ("--context", context.map(Double.init), ModelSetting.contexts),
    ]
    for (name, number, range) in bounds {
      if let number, !range.contains(number) {
        throw ValidationError(
          "\(name) takes a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
      }
    }
  }
}

/// Bounds of what flags and the configuration say.
enum ModelSetting {
  static let temperatures = 0.0...2
  /// In tokens.
  static let lengths = 1.0...100_000
  /// In seconds.
  static let times = 1.0...86_400
  /// The largest recording or file of answers.
  static let recordingBytes = 64 << 20
  /// How many answers are kept, of those in a file the newest.
  static let keptAnswers = 65_536
  /// In questions of a request.
  static let batches = 1.0...100
  /// In requests.
  static let requests = 1.0...100_000
  /// In requests, tokens or money.
  static let amounts = 0.0...1_000_000_000
  /// In tokens.
  static let contexts = 512.0...10_000_000
}

extension ModelOptions {
  /// What the flags come to here and now; nil where no model is configured.
  func model(needsName: Bool = true) throws(Failure) -> ConfiguredModel? {
    var resolver = ModelResolver(
      options: self, configuration: try ModelConfiguration.read(), environment: Platform.environment)
    // A recording answers without any service.
    if cassette == nil { resolver.memory = LessonFile().memory }
    let model = try resolver.model(needsName: needsName)
    model?.warn()
    return try model?.opened(self)
  }

  /// The model that is configured.
  ///
  /// - Throws: ``Failure`` where there is none.
  func requiredModel(needsName: Bool = true) throws(Failure) -> ConfiguredModel {
    guard let model = try model(needsName: needsName) else {
      throw Failure(
        "no language model is configured; give --endpoint NAME or --base-url ADDRESS, or set DRAMATIS_BASE_URL",
        .usage)
    }
    return model
  }
}

extension PromptForm: ExpressibleByArgument {}

/// How questions are put to a model.
enum QuestionMethod: String, ExpressibleByArgument, CaseIterable {
  /// Several in one structured request.
  case batch
  /// One short request each, answered by the probabilities of the first token.
  case probabilities
}
