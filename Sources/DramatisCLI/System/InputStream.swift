import DramatisCompiler

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file or standard input, read in bounded pieces.
struct InputStream: ~Copyable {
  /// The path that means standard input.
  static let standardInput = "-"

  private let descriptor: Int32
  private let name: String

  /// Opens a path, `-` for standard input.
  init(path: String) throws(Failure) {
    if path == Self.standardInput {
      descriptor = 0
      name = "standard input"
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    name = path.oneLine
    guard descriptor >= 0 else {
      throw Failure("cannot read \(path.oneLine): \(Process.lastError)", .environment)
    }
  }

  /// Opens a file that nobody named but that was found, which has to be a plain one: a pipe would be waited for.
  init(found path: String) throws(Failure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    name = path.oneLine
    guard descriptor >= 0 else {
      throw Failure("cannot read \(path.oneLine): \(Process.lastError)", .environment)
    }
    guard FileStatus(of: descriptor)?.kind == .plain else {
      throw Failure("cannot read \(path.oneLine): it is no plain file", .environment)
    }
  }

  deinit {
    if descriptor > 0 { close(descriptor) }
  }

  /// The next bytes, no more than a count; empty at the end.
  func read(atMost count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let received = bytes.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress, $0.count) }
      if received >= 0 {
        bytes.removeLast(count - received)
        return bytes
      }
      guard errno == EINTR else { throw Failure("cannot read \(name): \(Process.lastError)", .environment) }
    }
  }

  /// Everything up to one byte more than a limit, so that the caller can see that it was too much.
  func readAll(limit: Int) throws(Failure) -> [UInt8] {
    var all: [UInt8] = []
    while all.count <= limit {
      let piece = try read(atMost: min(16_384, limit + 1 - all.count))
      if piece.isEmpty { break }
      all += piece
    }
    return all
  }
}

private let readBytes = read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
