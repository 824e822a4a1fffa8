import Dramatis
import DramatisLLM
import Synchronization

/// A language model with all that flags, environment and configuration say of it.
struct ConfiguredModel: Sendable {
  let endpoint: Endpoint
  let temperature: Double?
  let maxTokens: Int?
  let contextTokens: Int?
  /// After which a written line is spoken; nil to wait, and to report what fails.
  let deadline: Duration?
  let method: LLMDiscriminator.Method
  let reasoning: Reasoning?
  /// How prompts are laid out; nil for what profiles say.
  let promptForm: PromptForm?
  /// How they are laid out where profiles say nothing.
  let standardForm: PromptForm
  let checksLines: Bool
  /// Samplers for lines, besides the temperature.
  let samplers: [JSONValue.Member]
  let budget: Budget
  /// The endpoint with retries, limits and recording around it.
  private(set) var model: any LanguageModel
  private(set) var answers = AnswerCache()
  /// With what lines begin, for questions to leave it in a service's cache.
  private let lines = AwaitedLines()
  /// What the model is called and where it is, for people.
  private(set) var title: String

  init(at endpoint: Endpoint, entry: EndpointEntry, options: ModelOptions) {
    self.endpoint = endpoint
    title = "\(endpoint.model) at \(endpoint.address.host)"
    temperature = options.temperature ?? entry.temperature
    maxTokens = options.maxTokens ?? entry.maxTokens
    contextTokens = options.context ?? entry.contextTokens
    deadline = (options.deadline ?? entry.deadline).map { .seconds($0) }
    method =
      (options.questions ?? entry.questions) == .probabilities
      ? .probabilities : .batch(options.batch ?? entry.batch ?? LLMDiscriminator.standardBatch)
    let price = Budget.Price(prompt: entry.promptPrice ?? 0, reply: entry.replyPrice ?? 0)
    budget = Budget(
      calls: options.budgetCalls, tokens: options.budgetTokens, cost: options.budgetCost, price: price)
    reasoning = options.reasoning ?? entry.reasoning
    promptForm = options.promptForm
    standardForm = entry.promptForm ?? endpoint.memory.promptForm ?? .cached
    checksLines = options.checksLines || entry.checksLines
    samplers = entry.parameters.overridden(by: options.parameters).samplers
    self.entry = entry
    atOnce = options.atOnce ?? entry.atOnce
    model = ServiceModel(endpoint)
    model = wrapped(model)
  }

  private static let mostAtOnce = 64

  /// How many requests a server of one's own serves at once, where it says so.
  private var slots: @Sendable () async -> Int? {
    { [endpoint] in
      _ = await endpoint.window(mayAsk: true)
      return endpoint.memory.slots
    }
  }

  private let entry: EndpointEntry
  private let atOnce: Int?

  /// A service with limits, budget and retries around it.
  private func wrapped(_ service: any LanguageModel) -> any LanguageModel {
    var service = service
    let known = atOnce ?? endpoint.memory.slots
    service = RateLimitedModel(
      service, atOnce: known ?? Self.mostAtOnce, perMinute: entry.perMinute,
      learn: known == nil && endpoint.address.isLoopback ? slots : nil)
    let word = WaitingWord(limit: endpoint.limits.total)
    return RetryingModel(
      BudgetedModel(service, budget: budget), policy: RetryPolicy(patience: endpoint.limits.total)
    ) { error, _ in word.tell(error) }
  }

  /// The same with the files that flags name opened: a recording to make or to play, and answers to keep.
  func opened(_ options: ModelOptions) throws(Failure) -> ConfiguredModel {
    var opened = self
    if let path = options.log {
      let file = SharedFile(try Self.log(path))
      opened.model = wrapped(ServiceModel(endpoint) { file.write($0) })
    }
    if let path = options.cassette {
      let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: ModelSetting.recordingBytes))
      do throws(ModelError) {
        let cassette = try Cassette(bytes)
        let name = endpoint.model.isEmpty ? cassette.model ?? "" : endpoint.model
        opened.model = ReplayingModel(cassette, name: name)
        opened.title = "\(name), recorded in \(path.oneLine)"
      } catch {
        throw Failure("\(path.oneLine): \(error)", .input)
      }
    }
    if let path = options.record {
      guard !OutputFile(path: path).exists else {
        throw Failure("\(path.oneLine) is there already; a recording goes to a new file", .usage)
      }
      let file = SharedFile(try Failure.mapping(try AppendedFile(path: path)))
      opened.model = RecordingModel(
        model, on: Cassette { line in file.write(String(decoding: line, as: UTF8.self)) })
    }
    if let path = options.answerCache {
      opened.answers = try Self.answers(keptIn: path)
    }
    return opened
  }

  private static func log(_ path: String) throws(Failure) -> AppendedFile {
    do throws(FileError) {
      try OutputFile(path: path).requireKind("a log of requests") { $0.starts(with: #"{"address":"#.utf8) }
      return try AppendedFile(path: path)
    } catch {
      throw Failure(error, otherKind: .usage)
    }
  }

  /// The answers that are kept in a file, to which new ones are added.
  private static func answers(keptIn path: String) throws(Failure) -> AnswerCache {
    do throws(FileError) {
      let there = OutputFile(path: path)
      try there.requireKind("a file of kept answers") { AnswerCache.begins($0) }
      let isThere = there.exists && !there.isSpecial
      let lines = isThere ? try InputStream(path: path).readAll(limit: ModelSetting.recordingBytes) : []
      let file = SharedFile(try AppendedFile(path: path))
      return AnswerCache(
        capacity: ModelSetting.keptAnswers, lines: String(decoding: lines, as: UTF8.self)
      ) { line in file.write(line) }
    } catch {
      throw Failure(error, otherKind: .usage)
    }
  }

  /// Says on standard error what should be known before anything is sent.
  func warn() {
    guard endpoint.exposesKey else { return }
    Console.error.write(
      "warning: the key goes to \(endpoint.address.host.oneLine) unencrypted, and anybody on the way can read it; use https\n"
    )
  }

  func renderer(user: String) -> PromptRenderer {
    var renderer = PromptRenderer(user: user, form: promptForm)
    renderer.standardForm = standardForm
    if let maxTokens { renderer.replyTokens = maxTokens }
    if let contextTokens { renderer.contextTokens = contextTokens }
    return renderer
  }

  /// The most tokens of a prompt where the service has room for more and nobody said how many to use.
  private static let mostContextTokens = 32_768

  func performer(user: String) -> LLMPerformer {
    var settings = LLMPerformer.Settings(
      temperature: temperature, deadline: deadline, renderer: renderer(user: user))
    settings.reasoning = reasoning
    settings.parameters = samplers
    settings.checksLines = checksLines
    settings.mostTokens = contextTokens ?? Self.mostContextTokens
    settings.lines = lines
    settings.window = { [endpoint] mayAsk in await endpoint.window(mayAsk: mayAsk) }
    return LLMPerformer(model, settings: settings, standIn: deadline != nil)
  }

  /// Cues first, then the model.
  func discriminator(for cast: [Program]) -> any Discriminator {
    DiscriminatorStack([CueDiscriminator(for: cast), modelDiscriminator])
  }

  /// The model alone.
  var modelDiscriminator: any Discriminator {
    LLMDiscriminator(model, method: method, cache: answers, lines: lines) { [notice = OneNotice()] error in
      notice.tell(
        "\(error), so questions stay with the cues; --discriminator cues asks no model, and 'dramatis doctor' says what it can do"
      )
    }
  }

  /// The model as the one who sums up what a cast is to remember.
  var rememberer: any Rememberer {
    LLMRememberer(model) { [notice = OneNotice()] error in
      notice.tell("\(error), so what was said is remembered word for word")
    }
  }

  /// Says in the end what the model has taken, if that is wanted.
  func report(if isWanted: Bool) {
    if isWanted { Console.error.write(UsageReport(budget).text + "\n") }
  }
}

extension ModelError {
  /// What happened and what to do, as a sentence.
  var sentence: String { "\(self).".capitalisedFirst }

  /// How a chat goes on after it.
  var wayOn: String {
    if case .overBudget = self {
      return "/quit, and go on with --resume and a larger budget, or without a model"
    }
    return "say it again when you like"
  }
}

/// Says something once.
private final class OneNotice: Sendable {
  private let isTold = Mutex(false)

  func tell(_ text: String) {
    let isNew = isTold.withLock { isTold in
      defer { isTold = true }
      return !isTold
    }
    if isNew { Console.error.write("note: \(text)\n".strippedOfControls()) }
  }
}

/// Says that a service is waited for, once for each reason.
private final class WaitingWord: Sendable {
  private let limit: Duration
  private let told = Mutex(Set<String>())

  init(limit: Duration) {
    self.limit = limit
  }

  func tell(_ error: ModelError) {
    switch error {
    case .refused, .failed: break
    default: return
    }
    guard told.withLock({ $0.insert("\(error)").inserted }) else { return }
    let seconds = Int(limit / .seconds(1))
    Console.error.write(
      "waiting: \(error); asked again for at most \(seconds) s (--timeout)\n".strippedOfControls())
  }
}

/// A file to which several tasks add lines; where that fails, it says so once and writes no more.
private final class SharedFile: Sendable {
  private let file: Mutex<AppendedFile>
  private let hasFailed = Mutex(false)

  init(_ file: consuming AppendedFile) {
    self.file = Mutex(file)
  }

  func write(_ text: String) {
    guard !hasFailed.withLock({ $0 }) else { return }
    do throws(FileError) {
      try file.withLock { file throws(FileError) in try file.write(text) }
    } catch {
      hasFailed.withLock { $0 = true }
      Console.error.write("dramatis: \(error)\n")
    }
  }
}
