import Dramatis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of the streams of the process, written without a buffer so that a pipe sees every line at once.
struct Console {
  static let output = Console(descriptor: 1)
  static let error = Console(descriptor: 2)

  private static let standardOutput: Int32 = 1

  private let descriptor: Int32

  /// Writes all of a text.
  ///
  /// Output that cannot be written ends the process, since nothing after it is of use.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else { return giveUp() }
      } else {
        bytes = bytes.dropFirst(count)
      }
    }
  }

  /// A reader who has gone away is no failure, a full disk is.
  private func giveUp() {
    guard descriptor == Self.standardOutput else { return }
    if errno == EPIPE { Process.exit(.fine) }
    let reason = SystemError.last
    Console.error.write("dramatis: cannot write standard output: \(reason)\n")
    Process.exit(.environment)
  }

  /// Whether a person types what the process reads.
  static var hasTypist: Bool { isatty(0) == 1 }

  /// Whether a person sees the stream.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether colours are welcome: a terminal that has them, and no NO_COLOR.
  var hasColour: Bool { canMoveCursor && Platform.environment("NO_COLOR").isEmpty }

  /// Whether the stream is a terminal that understands more than plain text.
  var canMoveCursor: Bool { isTerminal && !["", "dumb"].contains(Platform.environment("TERM")) }

  /// The columns that a text may take; nil where nobody sees them.
  var columns: Int? { isTerminal ? ScreenSize.current.columns : nil }
}

/// The process itself.
enum Process {
  static func exit(_ status: ExitStatus) -> Never {
    exitProcess(status.rawValue)
  }
}

private let writeBytes = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
private let exitProcess = exit as @Sendable (Int32) -> Never
