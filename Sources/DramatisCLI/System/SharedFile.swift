import Dramatis
import Synchronization

/// A file to which several tasks add lines; where that fails, it says so once and writes no more.
final class SharedFile: Sendable {
  private let file: Mutex<AppendedFile>
  private let hasFailed = Mutex(false)

  init(_ file: consuming AppendedFile) {
    self.file = Mutex(file)
  }

  func write(_ text: String) {
    guard !hasFailed.withLock({ $0 }) else { return }
    do throws(FileError) {
      try file.withLock { file throws(FileError) in try file.write(text) }
    } catch {
      hasFailed.withLock { $0 = true }
      Console.error.write("dramatis: \(error)\n")
    }
  }
}
