import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM

/// Makes decision trees from scene-action pairs.
struct InduceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "induce",
    abstract: "Make a character's decision trees from scene-action pairs, with a language model.",
    discussion: """
      Pairs are clustered, a model proposes statements and questions for each cluster, and each is kept if the pairs \
      bear it out: 'dramatis pairs' makes the pairs. What they say stands in the profile, as provenance.

      Nothing is asked twice: replies and answers are kept (--answers), so that the same command goes on after a stop, a \
      changed threshold asks nothing, and pairs that were added are all that is asked about. What it takes is said before it \
      begins.

      Example: dramatis induce pairs.jsonl --character Mara -o mara.yaml --endpoint ollama --model llama3.2
      """)

  @Argument(help: "The pairs, as 'dramatis pairs' writes them.")
  var pairs: String

  @Option(help: "Whose trees they are.")
  var character: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The profile to write; one that was induced and not edited is replaced.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A profile to put the trees into; topics that are there stay as they are.", valueName: "file"),
    completion: .profiles)
  var into: String?

  @Flag(help: "Replace the profile to write, whatever it is.")
  var force = false

  @OptionGroup(title: "Rules") var rules: InductionOptions

  @Option(help: ArgumentHelp("Write what was found and what was refused as JSON.", valueName: "file"))
  var report: String?

  @Flag(help: "Only say what it takes at the most.")
  var estimate = false

  @OptionGroup(title: "Answers") var answers: AnswerOptions
  @OptionGroup(title: "Language model") var model: ModelOptions

  func validate() throws {
    guard output != nil || into != nil || estimate else {
      throw ValidationError("give -o FILE for a new profile, or --into FILE for one that is there")
    }
    guard output == nil || into == nil else {
      throw ValidationError("-o and --into both say where the trees go; give one of them")
    }
    guard output?.isEmpty != true else { throw ValidationError("the name that --output gives is empty") }
  }

  func run() async throws {
    let all = try [ScenePair].read(pairs)
    let own = all.of(character)
    guard let name = own.first?.character else {
      let known = all.characters.prefix(12).map { "\($0.name.oneLine) \($0.count)" }.joined(separator: ", ")
      throw Failure("nobody called \(character.oneLine) acts in \(pairs.oneLine); there are \(known)", .input)
    }
    let training = rules.split.parts(of: own).training
    guard training.count > 8 else {
      throw Failure(
        "\(name.oneLine) has \(training.count.of("pair")) to learn from, and a tree takes nine; give more, or --split all",
        .input)
    }
    let settings = rules.settings
    let topics = InductionTopic.all(
      of: name, in: training, cast: Set(all.map(\.character)), always: rules.topics, partners: rules.partners)
    try checkOutput()
    let table = try answers.table()
    var options = model
    if options.atOnce == nil { options.atOnce = Self.usuallyAtOnce }
    let configured = try options.requiredModel()
    let method: ModelJudge.Method = configured.method == .probabilities ? .probabilities : .batch
    say(settings, topics, training, method, configured, table)
    if estimate { return }
    Interruption.sayWhatIsKept()
    defer { configured.report(if: model.showsUsage) }
    let work = InductionWork(
      character: name, training: training, topics: topics, settings: settings, method: method,
      embeddings: rules.embeddings, explores: rules.explore, asksAgain: answers.asksAgain, table: table)
    let found = try await work.run(with: configured, as: options)
    try write(found)
  }

  private static let usuallyAtOnce = 8

  private func checkOutput() throws(Failure) {
    if let output {
      let file = OutputFile(path: output)
      guard !force, file.exists, !file.isSpecial else { return }
      let bytes = try Failure.mapping(try InputStream(path: output).readAll(limit: 64 << 20))
      guard bytes.isEmpty || InducedProfile.isUnchanged(bytes) else {
        throw Failure(
          "\(output.oneLine) is there and no profile as it was induced; give another name, --into to keep what is there, or --force",
          .environment)
      }
    } else if let into {
      guard try ProfileSource(path: into).program().character.folded() == character.folded() else {
        throw Failure("\(into.oneLine) is about somebody else than \(character.oneLine)", .input)
      }
    }
  }

  private func say(
    _ settings: InductionSettings, _ topics: [InductionTopic], _ training: [ScenePair],
    _ method: ModelJudge.Method, _ model: ConfiguredModel, _ table: AnswerTable
  ) {
    let parts = topics.map {
      ModelProposer.estimate(pairs: $0.pairs(of: training).count, settings: settings, method: method)
    }
    let (proposals, checks) = (parts.reduce(0) { $0 + $1.proposals }, parts.reduce(0) { $0 + $1.checks })
    let length =
      training.reduce(0) { $0 + $1.scene.utf8.count + $1.action.utf8.count } / max(training.count, 1)
    let prompt = TokenCounter().tokens(bytes: length) + 200
    let tokens = (proposals * 8 + checks) * prompt
    let cost = model.budget.cost(prompt: tokens, reply: proposals * 300 + checks * 60)
    let price = cost > 0 ? ", cost \(cost.fourDigits)" : ""
    Console.error.write(
      """
      \(training.count.of("pair")) train, \(topics.count.of("topic")): for the roots of the trees at most \
      \((proposals + checks).of("request")), some \(tokens) tokens in\(price), and for what stands below as much again at \
      each level; \(table.count.of("answer")) known in \(table.path.oneLine)

      """.strippedOfControls())
  }

  private func write(_ found: InductionWork.Findings) throws {
    let profile = found.profile
    if let report { try OutputFile(path: report).write(Array(try found.jsonReport().utf8)) }
    Console.error.write(found.text)
    guard !profile.isEmpty else {
      throw Failure("no statement is borne out by the pairs, so no profile is written", .input)
    }
    let (path, text): (String, String)
    if let into {
      let bytes = try InputStream(path: into).readAll(limit: 64 << 20)
      do throws(InducedProfile.MergeError) {
        let merge = try profile.merged(into: bytes, name: into)
        (path, text) = (into, merge.text)
        if !merge.kept.isEmpty {
          Console.error.write(
            "kept as they are in \(into.oneLine): \(merge.kept.map(\.oneLine).joined(separator: ", "))\n")
        }
      } catch {
        throw Failure(error.description, .input)
      }
    } else {
      (path, text) = (output ?? "", profile.yaml)
      let compilation = Compilation(of: Array(text.utf8), name: path)
      guard let program = compilation.program else {
        Console.error.write(compilation.report(compilation.errors) + "\n")
        throw Failure("", .input)
      }
      Console.error.write(changes(to: program, found))
    }
    try OutputFile(path: path).write(Array(text.utf8))
  }
}

extension InduceCommand {
  /// What is different from the profile that is replaced, and why.
  private func changes(to program: Program, _ found: InductionWork.Findings) -> String {
    guard let output, OutputFile(path: output).exists, !OutputFile(path: output).isSpecial,
      let bytes = try? InputStream(path: output).readAll(limit: 64 << 20),
      let old = Compilation(of: bytes, name: output).program
    else { return "" }
    let (before, after) = (Set(old.statements), Set(program.statements))
    let reasons = Dictionary(
      found.topics.flatMap(\.reasons).map { ($0.statement, $0.reason) },
      uniquingKeysWith: { first, _ in first })
    var report = TextReport()
    for statement in old.statements where !after.contains(statement) {
      let reason = reasons[statement] ?? "nobody proposed it, or it stands behind a question that fell"
      report.entry("gone", "\(statement) (\(reason))")
    }
    for statement in program.statements where !before.contains(statement) { report.entry("new", statement) }
    return report.text
  }
}

extension [ScenePair] {
  /// Reads a file of pairs.
  static func read(_ path: String) throws -> [ScenePair] {
    let bytes = try InputStream(path: path).readAll(limit: PairsCommand.limit)
    guard bytes.count <= PairsCommand.limit else {
      throw Failure("\(path.oneLine) is larger than \(PairsCommand.limit) bytes", .input)
    }
    do throws(PairError) {
      return try [ScenePair](lines: bytes)
    } catch {
      throw Failure("\(path.oneLine): \(error); 'dramatis pairs' makes pairs of storylines", .input)
    }
  }
}
