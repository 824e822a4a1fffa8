import Dramatis

/// A file with a line of JSON for every turn and character, as `dramatis run` prints them.
struct TraceFile: ~Copyable {
  private let file: AppendedFile

  /// What the first line begins with, since keys are sorted.
  private static let beginning = #"{"answers":{"#

  /// Opens a trace to go on with, or makes a new one.
  init(path: String) throws(Failure) {
    file = try Self.opened(path)
  }

  private static func opened(_ path: String) throws(Failure) -> AppendedFile {
    do throws(FileError) {
      try OutputFile(path: path).requireKind("a trace") { $0.starts(with: beginning.utf8) }
      return try AppendedFile(path: path)
    } catch {
      throw Failure(error, otherKind: .usage)
    }
  }

  func write(_ turn: Turn) throws {
    for record in turn.records { try file.write(try TurnLine(record, of: turn).json() + "\n") }
  }
}
