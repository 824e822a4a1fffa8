import ArgumentParser
import Dramatis

/// Says what a story owes: the commitments of a session as a table and a timeline.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Show the commitments of a session: what is owed, due and paid, and when.",
    discussion: """
      The branch that the session is on counts. With --fail-on the exit code is 1 if there is a commitment that is, \
      or was paid, too late (overdue), that was paid before it was due (early), or that is still owed (open).

      Example: dramatis ledger low-water --fail-on overdue,early
      """)

  @Argument(
    help: "The name of a session, the path of a transcript, or - for standard input.", completion: .sessions)
  var session: String

  @Option(help: "How to print: text or json.")
  var format = ReportFormat.text

  @Option(
    help: ArgumentHelp("What makes the exit code 1: overdue, early, open, with commas.", valueName: "faults"),
    transform: faults)
  var failOn: [Ledger.Fault]?

  private static func faults(_ text: String) throws -> [Ledger.Fault] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let fault = Ledger.Fault(rawValue: String(word.filter { $0 != " " })) else {
        let known = Ledger.Fault.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          word.isEmpty ? "--fail-on names nothing; there are \(known)" : "'\(word)' is none of \(known)")
      }
      return fault
    }
  }

  func run() throws {
    let source = try TranscriptSource(session)
    let ledger: Ledger
    do {
      ledger = try Ledger(of: try source.transcript())
    } catch let error as TranscriptError {
      throw Failure("\(source.name.oneLine): \(error)", .input)
    }
    switch format {
    case .json: Console.output.write(try ledger.jsonReport())
    case .text: Console.output.write(LedgerText(ledger: ledger).text)
    }
    let faults = ledger.commitments.flatMap { account in
      (failOn ?? []).filter { account.has($0) }.map { "\(account.id) is \($0.rawValue)" }
    }
    guard faults.isEmpty else { throw Failure(faults.joined(separator: ", ").oneLine, .input) }
  }
}
