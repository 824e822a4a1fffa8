import Dramatis

/// A file with a line of JSON for every turn and character, as `dramatis run` prints them.
struct TraceFile: ~Copyable {
  private let file: AppendedFile

  /// What the first line begins with, since keys are sorted.
  private static let beginning = #"{"answers":{"#

  /// Opens a trace to go on with, or makes a new one.
  init(path: String) throws(Failure) {
    try OutputFile(path: path).requireKind("a trace", status: .usage) {
      $0.starts(with: Self.beginning.utf8)
    }
    file = try AppendedFile(path: path)
  }

  func write(_ turn: Turn) throws {
    for record in turn.records {
      try file.write(
        try RunOutput(turn, record, input: turn.number, record.program.statementIdentifiers()).jsonLine()
          + "\n")
    }
  }
}
