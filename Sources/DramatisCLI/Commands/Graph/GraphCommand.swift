import ArgumentParser
import Dramatis
import DramatisCompiler

/// Draws the machines, trees and commitments of a profile, or the commitments of a story.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw the machines, trees and commitments of a profile, or what a story owes.",
    discussion: """
      mermaid is drawn by many sites inside Markdown, dot by Graphviz, svg by any browser.

      Example: dramatis graph Profiles/mara.yaml --format svg -o mara.svg

      Of a story the commitments of its whole cast are drawn, with an arrow to each from those that have to be paid \
      before it. With --highlight the drawing is of the version that the session was last kept with, and commitments \
      are coloured by where they stand and say in which turns they got there.
      """)

  @Argument(
    help: "A profile, a compiled program or a story, or - for standard input.", completion: .profiles)
  var profile: String

  @Option(help: "What to write: mermaid, dot or svg.")
  var format = GraphFormat.mermaid

  @Option(
    help: ArgumentHelp(
      "Draw one machine or topic only, 'commitments', or one commitment with what it waits for and what waits for it.",
      valueName: "name"))
  var only: String?

  @Option(name: .shortAndLong, help: "The file to write; standard output unless given.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Mark what happened in a session: how often each state, transition, gate and statement took part.",
      valueName: "session"))
  var highlight: String?

  func run() throws {
    let graph = try graph()
    let text = graph.text(as: format)
    guard let output, output != InputStream.standardInput else {
      Console.output.write(text)
      return
    }
    let file = OutputFile(path: output)
    try file.requireKind("a drawing of this command") { GraphFormat.begins($0) }
    try file.write(Array(text.utf8))
    Console.error.write("\(output.oneLine) written\n")
  }

  private func graph() throws(Failure) -> Graph {
    switch try ProfileSource(path: profile).work() {
    case .story(let story): return try graph(of: story)
    case .program(let written):
      let path = try recordedPaths(of: [written])?.first
      let program = path?.program ?? written
      let graph =
        only.map { Graph(of: program, only: $0, highlight: path?.visits) }
        ?? Graph(of: program, highlight: path?.visits)
      return try named(graph, among: program.machines.map(\.name) + program.topics.map(\.name), of: [program])
    }
  }

  private func graph(of story: Story) throws(Failure) -> Graph {
    let paths = try recordedPaths(of: story.cast)
    let cast = paths?.map(\.program) ?? story.cast
    let highlights = paths?.map(\.visits)
    let graph =
      only.map { Graph(of: story.title, cast: cast, only: $0, highlights: highlights) }
      ?? Graph(of: story.title, cast: cast, highlights: highlights)
    return try named(graph, among: [], of: cast)
  }

  /// What the characters went through in the session to be marked; tells what is not as they are now.
  private func recordedPaths(of cast: [Program]) throws(Failure) -> [RecordedPath]? {
    guard let highlight else { return nil }
    let source = try TranscriptSource(highlight)
    let transcript = try source.transcript()
    let paths = try zip(cast, recordedPaths(of: cast, in: transcript, called: source.name))
      .map { wanted, path throws(Failure) in
        guard let path else { throw Self.absent(wanted, in: transcript, called: source.name) }
        return path
      }
    if paths.map(\.program) != cast {
      note("the session was kept with another version of the profile, which is drawn")
    }
    if let omitted = paths.map(\.omittedTurns).max(), omitted > 0 {
      note("\(omitted) turns of older versions of the profile are left out")
    }
    return paths
  }

  private func recordedPaths(
    of cast: [Program], in transcript: Transcript, called name: String
  ) throws(Failure) -> [RecordedPath?] {
    do {
      return try RecordedPath.all(of: cast.map(\.character), in: transcript)
    } catch {
      throw Failure("\(name.oneLine): \(error)", .input)
    }
  }

  private static func absent(_ wanted: Program, in transcript: Transcript, called name: String) -> Failure {
    let names = transcript.cast(at: transcript.head).map(\.character).joined(separator: ", ")
    return Failure(
      "\(wanted.character.oneLine) is not in session \(name.oneLine), which is one with \(names.oneLine)",
      .usage)
  }

  private func note(_ text: String) {
    Console.error.write("dramatis: \(text)\n")
  }

  private func named(_ graph: Graph?, among parts: [String], of cast: [Program]) throws(Failure) -> Graph {
    if let graph { return graph }
    let owed = cast.flatMap { program in program.commitments.filter(program.owns) }.map(\.name)
    let names = (parts + owed).map(\.oneLine).joined(separator: ", ")
    throw Failure("nothing to draw is named '\((only ?? "").oneLine)'; there are: \(names)", .usage)
  }
}

extension GraphFormat: ExpressibleByArgument {
  /// Whether bytes begin as a drawing in any of the formats does.
  static func begins(_ bytes: [UInt8]) -> Bool {
    let starts = [
      "flowchart LR\n", "digraph dramatis {\n", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"",
    ]
    return starts.contains { bytes.starts(with: $0.utf8) }
  }
}
