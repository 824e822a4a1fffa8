import ArgumentParser
import Dramatis
import DramatisCompiler

/// Says what a changed profile means for sessions that were kept.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what a changed profile or story means for sessions that were kept.",
    discussion: """
      Lists what is gone, new or different, and what becomes of a session that stands there; of stories, member by \
      member of the cast. The exit code is 1 if a session can lose something.

      Example: dramatis diff old/mara.yaml mara.yaml
      """)

  @Argument(help: "The older profile, program or story, or - for standard input.", completion: .profiles)
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
    let differences = try differences()
    switch format {
    case .json: Console.output.write(try differences.jsonReport())
    case .text:
      let lines =
        differences.isEmpty
        ? ["nothing that a session holds has changed"]
        : differences.map { ($0.member.map { "\($0): " } ?? "") + $0.sentence }
      Console.output.write(lines.map { $0.oneLine + "\n" }.joined())
    }
    if differences.contains(where: { $0.loss != nil }) { throw Failure("", .input) }
  }

  private func differences() throws(Failure) -> [ProgramDifference] {
    switch (try ProfileSource(path: old).work(), try ProfileSource(path: new).work()) {
    case (.program(let old), .program(let new)): return new.differences(from: old)
    case (.story(let old), .story(let new)): return new.cast.differences(from: old.cast)
    case (.story, .program):
      throw Failure("\(old.oneLine) is a story and \(new.oneLine) is none; give two of a kind", .input)
    case (.program, .story):
      throw Failure("\(new.oneLine) is a story and \(old.oneLine) is none; give two of a kind", .input)
    }
  }
}
