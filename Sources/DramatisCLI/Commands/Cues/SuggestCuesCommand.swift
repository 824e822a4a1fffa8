import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM

/// Lets a language model write cues for the questions of a profile.
struct SuggestCuesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Let a language model write cues for the questions of a profile.",
    discussion: """
      Each question is shown to the model with its neighbours. What comes back is tried with the matcher that a chat uses: \
      every cue on three things that people say for every question, and on three that only sound like it. What fails is told \
      once, and left out if it comes again. The change is shown as a difference; --write makes it. What stands in the file \
      stays as it is.

      Example: dramatis cues suggest mara.yaml --question accused --endpoint ollama --model llama3.1
      """)

  @Argument(help: "The profile.", completion: .profiles)
  var profile: String

  @Option(
    name: .customLong("question"),
    help: ArgumentHelp("Only this question; may be repeated.", valueName: "name"))
  var wanted: [String] = []

  @Flag(help: "Write the cues into the profile.")
  var write = false

  @OptionGroup(title: "Language model") var model: ModelOptions

  func run() async throws {
    let bytes = try InputStream(path: profile).readAll(limit: 8 << 20)
    let compilation = Compilation(of: bytes, name: profile)
    guard let program = compilation.program else {
      Console.error.write(compilation.report(compilation.errors) + "\n")
      throw Failure("", .input)
    }
    let questions = program.questions.compactMap(CuedQuestion.init)
    let unknown = wanted.filter { name in !questions.contains { $0.name == name } }
    guard unknown.isEmpty else {
      throw Failure(
        "\(profile.oneLine) has no question named \(unknown.joined(separator: ", ").oneLine)", .usage)
    }
    let configured = try model.requiredModel()
    defer { configured.report(if: model.showsUsage) }
    let findings = try await findings(for: questions, of: program, with: configured)
    for dropped in findings.dropped { Console.error.write("left out: \(dropped.oneLine)\n") }
    if !findings.weak.isEmpty {
      Console.error.write("still hear little: \(findings.weak.joined(separator: ", "))\n")
    }
    let insertion = CueInsertion(
      findings.suggestions.map { ($0.name, $0.cues, $0.counterCues) }, to: compilation)
    if !insertion.unplaced.isEmpty {
      Console.error.write(
        "no place was found for those of \(insertion.unplaced.joined(separator: ", ")); give it block style\n"
      )
    }
    let old = String(decoding: bytes, as: UTF8.self)
    let difference = LineDifference(from: old, to: insertion.text).text(of: profile.oneLine)
    guard !difference.isEmpty else {
      throw Failure(
        "the model gave no cues that pass; try a larger one, or take over a list that ships ('dramatis cues')",
        .input)
    }
    Console.output.write(difference.strippedOfControls())
    guard write else {
      Console.error.write("nothing was written; --write does\n")
      return
    }
    try OutputFile(path: profile).write(Array(insertion.text.utf8))
    Console.error.write("\(profile.oneLine) written\n")
  }

  private func findings(
    for questions: [CuedQuestion], of program: Program, with configured: ConfiguredModel
  ) async throws -> CueSuggester.Findings {
    let character = program.summary.isEmpty ? program.character : "\(program.character): \(program.summary)"
    let suggester = CueSuggester(for: questions, of: character, with: configured.model)
    Console.error.write("at most \(suggester.mostRequests.of("request"))\n")
    do {
      return try await suggester.suggest(for: wanted.isEmpty ? nil : Set(wanted))
    } catch {
      throw Failure("\("\(error)".oneLine)", .environment)
    }
  }
}

extension CuedQuestion {
  /// A question of a program; nil for one without a name.
  fileprivate init?(_ question: Question) {
    guard let name = question.name else { return nil }
    self.init(name: name, ask: question.text, cues: question.cues, counterCues: question.counterCues)
  }
}
