import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisLLM

/// Writes what a profile says as a page for people.
struct WikiCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wiki",
    abstract: "Write what a profile says of its character as a page that people read.",
    discussion: """
      The page is Markdown: the summary, states, and the trees with the questions that lead to each statement. With --prose a \
      language model tells each section; what it said is kept, and a section that it cannot tell stays as it is.

      Example: dramatis wiki mara.yaml -o mara.md
      """)

  @Argument(help: "The profile.", completion: .profiles)
  var profile: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The page to write; standard output unless given.", valueName: "file"))
  var output: String?

  @Flag(help: "Let a language model tell it.")
  var prose = false

  @Flag(help: "Replace the page if it is there.")
  var force = false

  @OptionGroup(title: "Answers") var answers: AnswerOptions
  @OptionGroup(title: "Language model") var model: ModelOptions

  func run() async throws {
    let page = WikiPage(of: try ProfileSource(path: profile).program())
    var text = page.markdown
    if prose {
      let configured = try model.requiredModel()
      defer { configured.report(if: model.showsUsage) }
      do {
        text = try await page.markdown(toldBy: KeptModel(configured.model, store: try answers.table()))
      } catch let error as ModelError {
        throw Failure(
          "\("\(error)".oneLine); what was said is kept, and the same command goes on", .environment)
      }
    }
    guard let output else { return Console.output.write(text) }
    try OutputFile(path: output).write(
      Array(text.utf8), replaces: force, advice: "give --force to replace it")
  }
}
