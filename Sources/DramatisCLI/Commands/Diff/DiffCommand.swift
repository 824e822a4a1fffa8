import ArgumentParser
import Dramatis

/// Says what a changed profile means for sessions that were kept.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what a changed profile means for sessions that were kept.",
    discussion: """
      Lists what is gone, new or different, and what becomes of a session that stands there. The exit code is 1 if \
      a session can lose something.

      Example: dramatis diff old/mara.yaml mara.yaml
      """)

  @Argument(help: "The older profile or program, or - for standard input.", completion: .profiles)
  var old: String

  @Argument(help: "The newer one, or - for standard input.", completion: .profiles)
  var new: String

  @Option(help: "How to print: text or json.")
  var format = ReportFormat.text

  func validate() throws {
    guard old != InputStream.standardInput || new != old else {
      throw ValidationError("only one of the two can be standard input")
    }
  }

  func run() throws {
    let (old, new) = (try ProfileSource(path: old).program(), try ProfileSource(path: new).program())
    let differences = new.differences(from: old)
    switch format {
    case .json: Console.output.write(try differences.jsonReport())
    case .text:
      let lines =
        differences.isEmpty ? ["nothing that a session holds has changed"] : differences.map(\.sentence)
      Console.output.write(lines.map { $0.oneLine + "\n" }.joined())
    }
    if differences.contains(where: { $0.loss != nil }) { throw Failure("", .input) }
  }
}
