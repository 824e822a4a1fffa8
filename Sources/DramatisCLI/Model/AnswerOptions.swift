import ArgumentParser
import Dramatis
import DramatisAuthoring

/// Where the answers of models are kept, so that nothing is asked twice.
struct AnswerOptions: ParsableArguments {
  @Option(
    name: .customLong("answers"),
    help: ArgumentHelp(
      "Where replies and answers are kept; in $XDG_CACHE_HOME/dramatis unless given.", valueName: "file"))
  var path: String?

  @Flag(name: .customLong("ask-again"), help: "Ask again what gave nothing that could be used.")
  var asksAgain = false

  /// The table.
  func table() throws(Failure) -> AnswerTable {
    guard let path = path ?? Folder.cache().map({ "\($0)/\(AnswerTable.fileName)" }) else {
      throw Failure(
        "there is no place for answers; give --answers FILE, or set XDG_CACHE_HOME or HOME", .environment)
    }
    do throws(FileError) {
      return try AnswerTable(path: path, asksAgain: asksAgain)
    } catch {
      throw Failure(error, otherKind: .usage)
    }
  }
}
