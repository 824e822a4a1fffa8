import Dramatis

/// A file with a line of JSON for every turn and character, as `dramatis run` prints them.
struct TraceFile: ~Copyable {
  private let file: AppendedFile

  init(path: String) throws(Failure) {
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
