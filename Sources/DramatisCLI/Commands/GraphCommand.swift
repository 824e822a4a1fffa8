import ArgumentParser
import Dramatis
import DramatisCompiler

/// Draws the machines and trees of a profile.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw the machines and trees of a profile.",
    discussion: """
      mermaid is drawn by many sites inside Markdown, dot by Graphviz, svg by any browser.

      Example: dramatis graph Profiles/mara.yaml --format svg -o mara.svg

      With --highlight the drawing is of the version of the profile that the session was last kept with.
      """)

  @Argument(help: "A profile or a compiled program, or - for standard input.", completion: .profiles)
  var profile: String

  @Option(help: "What to write: mermaid, dot or svg.")
  var format = GraphFormat.mermaid

  @Option(help: ArgumentHelp("Draw one machine or topic only.", valueName: "name"))
  var only: String?

  @Option(name: .shortAndLong, help: "The file to write; standard output unless given.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Mark what happened in a session: how often each state, transition, gate and statement took part.",
      valueName: "session"))
  var highlight: String?

  func run() throws {
    let path = try highlight.map { try RecordedPath(in: TranscriptSource($0), of: written()) }
    let program = try path?.program ?? written()
    guard let graph = Graph(of: program, only: only, highlight: path?.highlight) else {
      let names = (program.machines.map(\.name) + program.topics.map(\.name)).map(\.oneLine)
      throw Failure(
        "no machine and no topic is named '\((only ?? "").oneLine)'; there are: \(names.joined(separator: ", "))",
        .usage)
    }
    let text = graph.text(as: format)
    guard let output, output != InputStream.standardInput else {
      Console.output.write(text)
      return
    }
    try OutputFile(path: output).write(Array(text.utf8))
    Console.error.write("\(output.oneLine) written\n")
  }

  private func written() throws(Failure) -> Program {
    try ProfileSource(path: profile).program()
  }
}

extension GraphFormat: ExpressibleByArgument {}
