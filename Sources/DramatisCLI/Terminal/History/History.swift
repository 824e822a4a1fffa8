import Dramatis

/// The lines that were said before, in memory and on disk.
///
/// A file that cannot be used costs the history of later chats, and nothing else.
struct History {
  private(set) var entries: [String] = []
  /// Why lines are not kept, until it has been said.
  private var problem: String?
  private var file: HistoryFile?

  /// The history in a file, or one that ends with the process.
  init(file: HistoryFile?) {
    self.file = file
    do throws(FileError) {
      if let file { entries = try file.load() }
    } catch {
      fail(error)
    }
  }

  /// Keeps a line; one that begins with a space or repeats the last is not kept.
  mutating func add(_ line: String) {
    guard !line.hasPrefix(" "), line.contains(where: { !$0.isWhitespace }), line != entries.last else {
      return
    }
    entries.append(line)
    do throws(FileError) {
      try file?.append(line)
    } catch {
      fail(error)
    }
  }

  /// What to tell the user, once.
  mutating func takeProblem() -> String? {
    defer { problem = nil }
    return problem
  }

  private mutating func fail(_ error: FileError) {
    file = nil
    problem = "What you say is not kept for the next time: \(error)"
  }
}
