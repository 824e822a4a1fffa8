#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file to which lines are added as they come.
struct AppendedFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else {
      throw Failure("cannot write \(path.oneLine): \(Process.lastError)", .environment)
    }
  }

  deinit {
    close(descriptor)
  }

  func write(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        throw Failure("cannot write \(path.oneLine): \(Process.lastError)", .environment)
      }
    }
  }
}

private let writeBytes = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
