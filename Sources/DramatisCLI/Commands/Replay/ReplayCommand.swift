import ArgumentParser
import Dramatis

/// Takes the turns of a session again, with no model.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Take the turns of a session again, with no model, and compare.",
    discussion: """
      Every turn is taken with the answers and the line that were recorded. The exit code is 1 if a turn leaves \
      somebody elsewhere than recorded; the first such turn is shown.

      Example: dramatis replay mara-20261123-081500
      """)

  @Argument(
    help: "The name of a session, the path of a transcript, or - for standard input.", completion: .sessions)
  var session: String

  @Option(help: ArgumentHelp("Only the turns of this branch; all of them unless given.", valueName: "name"))
  var branch: String?

  @Option(help: "How to print: text or json.")
  var format = ReportFormat.text

  private struct Report: Encodable {
    /// The branch whose turns were taken; nil for all branches.
    let branch: String?
    let same: Int
    let differences: [ReplayDifference]
  }

  func run() throws {
    let source = try TranscriptSource(session)
    let transcript = try source.transcript()
    let report = try compare(transcript, of: source)
    switch format {
    case .json: Console.output.write(try report.jsonReport())
    case .text: Console.output.write(text(report).strippedOfControls() + "\n")
    }
    if !report.differences.isEmpty { throw Failure("", .input) }
  }

  private func compare(_ transcript: Transcript, of source: TranscriptSource) throws(Failure) -> Report {
    let head = try branch.map { name throws(Failure) in
      guard let head = transcript.heads[name] else {
        let names = transcript.heads.keys.sorted().joined(separator: ", ")
        throw Failure("\(source.name.oneLine) has no branch '\(name.oneLine)'; it has \(names)", .usage)
      }
      return head
    }
    do {
      let found = try transcript.differences(to: head)
      return Report(branch: branch, same: found.same, differences: found.differences)
    } catch {
      throw Failure("\(source.name.oneLine): \(error)", .input)
    }
  }

  private func text(_ report: Report) -> String {
    let place = report.branch.map { "on branch '\($0.oneLine)'" } ?? "in all branches"
    let same = "\(report.same.of("turn")) the same, \(place)"
    guard let first = report.differences.first else { return same }
    let lines = report.differences.map {
      "  \($0.character.oneLine): \($0.name) was \($0.recorded.oneLine), is \($0.replayed.oneLine)"
    }
    return (["turn \(first.turn) (entry \(first.entry)) differs, after \(same)"] + lines).joined(
      separator: "\n")
  }
}
