import ArgumentParser
import Dramatis
import DramatisCompiler

/// The sessions that were kept.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "List, show, rename, export and delete the sessions that were kept.",
    discussion: """
      They live under $XDG_STATE_HOME/dramatis/sessions, by default ~/.local/state/dramatis/sessions.

      Example: dramatis sessions
      """,
    subcommands: [List.self, Show.self, Rename.self, Export.self, Delete.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List all sessions, the newest first.", discussion: "Example: dramatis sessions list")

    @Option(help: "How to print: text or json.")
    var format = ReportFormat.text

    func run() throws {
      let summaries = try TranscriptSource.store().summaries()
      switch format {
      case .json: Console.output.write(try summaries.jsonReport())
      case .text where summaries.isEmpty:
        Console.output.write("no session was kept yet: dramatis chat mara\n")
      case .text: Console.output.write(summaries.table)
      }
      if summaries.contains(where: \.isDamaged) { throw Failure("", .input) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show what was said.", discussion: "Example: dramatis sessions show mara-20261123-081500")

    @Argument(
      help: "The name of a session, the path of a transcript, or - for standard input.", completion: .sessions
    )
    var session: String

    @Option(help: ArgumentHelp("The branch to show; the current one unless given.", valueName: "name"))
    var branch: String?

    @Option(help: "How to print: plain, markdown, json or transcript.")
    var format = TranscriptExport.Format.plain

    func run() throws {
      let export = try TranscriptExport(TranscriptSource(session), branch: branch)
      Console.output.write(String(decoding: try export.bytes(as: format), as: UTF8.self).printable(format))
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename",
      abstract: "Give a session another name.",
      discussion: "Example: dramatis sessions rename mara-20261123-081500 'the ale'")

    @Argument(help: "Its name.", completion: .sessions)
    var old: String

    @Argument(help: "Its new name.")
    var new: String

    func run() throws {
      let store = try TranscriptSource.store()
      let (from, to) = (try SessionName.checked(old), try SessionName.checked(new))
      try store.requireSession(from)
      do {
        try store.rename(from, to: to)
      } catch TranscriptError.exists {
        throw Failure("there is a session '\(to.text)' already; choose another name", .environment)
      } catch {
        throw Failure("session '\(from.text)': \(error)", .environment)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write what was said to a file or to standard output.",
      discussion: """
        Without --format the file's ending decides: .md, .txt, .json, or .jsonl for the whole transcript.

        Example: dramatis sessions export mara-20261123-081500 -o evening.md
        """)

    @Argument(
      help: "The name of a session, the path of a transcript, or - for standard input.", completion: .sessions
    )
    var session: String

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var output = "-"

    @Option(help: ArgumentHelp("The branch to write; the current one unless given.", valueName: "name"))
    var branch: String?

    @Option(help: "How to write: plain, markdown, json or transcript.")
    var format: TranscriptExport.Format?

    @Flag(help: "Replace the file if it is there.")
    var force = false

    func run() throws {
      let export = try TranscriptExport(TranscriptSource(session), branch: branch)
      let format = try format ?? formatOfOutput()
      let bytes = try export.bytes(as: format)
      guard output != "-" else {
        return Console.output.write(String(decoding: bytes, as: UTF8.self).printable(format))
      }
      try OutputFile(path: output).write(
        bytes, replaces: force, advice: "--force replaces it, or choose another file")
    }

    private func formatOfOutput() throws(Failure) -> TranscriptExport.Format {
      output == "-" ? .plain : try TranscriptExport.Format(path: output, advice: "; or give --format")
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete sessions; asks first.",
      discussion: "Example: dramatis sessions delete mara-20261123-081500")

    @Argument(help: "Their names.", completion: .sessions)
    var sessions: [String]

    @Flag(help: "Do not ask.")
    var yes = false

    func run() throws {
      let store = try TranscriptSource.store()
      var kept: [String] = []
      for text in sessions {
        let name = try SessionName.checked(text)
        try store.requireSession(name)
        guard yes || agrees(to: "Delete session '\(name.text)' for good? [y/N] ") else {
          kept.append("'\(name.text)'")
          continue
        }
        do {
          try store.delete(name)
        } catch {
          throw Failure("\(name.text): \(error)", .environment)
        }
      }
      guard kept.isEmpty else {
        throw Failure("not deleted: \(kept.joined(separator: ", ")); --yes does not ask", .input)
      }
    }

    private func agrees(to question: String) -> Bool {
      Console.error.write(question)
      guard let answer = readLine() else {
        Console.error.write("\n")
        return false
      }
      return ["y", "yes"].contains(answer.lowercased())
    }
  }
}

extension SessionName {
  /// A name that a user typed.
  fileprivate static func checked(_ text: String) throws(Failure) -> SessionName {
    guard let name = SessionName(text) else {
      throw Failure("'\(text.oneLine)' cannot be the name of a session: \(rule)", .usage)
    }
    return name
  }
}

extension [SessionSummary] {
  /// The summaries one a line, in columns; what is wrong with one stands below it.
  fileprivate var table: String {
    let rows = map(\.cells)
    let widths = (0..<4).map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
    return zip(self, rows).map { summary, row in
      let cells = zip(row, widths + [0]).map { $0.padded(to: $1) }
      return cells.joined(separator: "  ") + "\n" + (summary.trouble.map { "  \($0)\n" } ?? "")
    }.joined()
  }
}

extension SessionSummary {
  /// What is wrong with it, in words.
  fileprivate var trouble: String? {
    problem ?? (tornBytes > 0 ? "\(name): \(TornTail.text(of: tornBytes)) left out" : nil)
  }

  fileprivate var cells: [String] {
    guard problem == nil else { return [name, "", "unreadable", "", written] }
    let count = turns == allTurns ? turns.of("turn") : "\(turns) of \(allTurns.of("turn"))"
    let who = characters.joined(separator: ", ").oneLine
    return [name, who, count, branches == 1 ? "" : "\(branches) branches", written]
  }
}

extension TranscriptExport {
  fileprivate init(_ source: TranscriptSource, branch: String?) throws(Failure) {
    let transcript = try source.transcript()
    guard let branch else {
      self.init(transcript)
      return
    }
    guard let head = transcript.heads[branch] else {
      let names = transcript.heads.keys.sorted().joined(separator: ", ")
      throw Failure("\(source.name.oneLine) has no branch '\(branch.oneLine)'; it has \(names)", .usage)
    }
    self.init(transcript, to: head)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(width - displayWidth, 0))
  }

  /// An export as it may be shown on a terminal: JSON with its controls escaped, anything else without them.
  fileprivate func printable(_ format: TranscriptExport.Format) -> String {
    switch format {
    case .json, .transcript: withControlsEscaped
    case .plain, .markdown: shown
    }
  }
}
