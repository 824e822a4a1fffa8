import FoundationEssentials
import Dramatis

/// One of the streams of the process, written without a buffer so that a pipe sees every line at once.
struct Console {
  static let output = Console(descriptor: Device.output)
  static let error = Console(descriptor: Device.error)

  private let descriptor: Int32

  /// Writes all of a text.
  ///
  /// Output that cannot be written ends the process, since nothing after it is of use. A reader who has gone away is no
  /// failure, a full disk is.
  func write(_ text: String) {
    do throws(Device.WriteError) {
      try Device.write(text, to: descriptor)
    } catch {
      guard descriptor == Device.output else { return }
      guard case .failed(let reason) = error else { Process.exit(.fine) }
      Console.error.write("dramatis: cannot write standard output: \(reason)\n")
      Process.exit(.environment)
    }
  }

  /// Whether a person types what the process reads.
  static var hasTypist: Bool { Device.isTerminal(Device.input) }

  /// Whether a person sees the stream.
  var isTerminal: Bool { Device.isTerminal(descriptor) }

  /// Whether colours are welcome: a terminal that has them, and no NO_COLOR.
  var hasColour: Bool { canMoveCursor && Platform.environment("NO_COLOR").isEmpty }

  /// Whether the stream is a terminal that understands more than plain text.
  var canMoveCursor: Bool { isTerminal && !["", "dumb"].contains(Platform.environment("TERM")) }

  /// The columns that a text may take; nil where nobody sees them.
  var columns: Int? { isTerminal ? ScreenSize.current.columns : nil }

  /// How parts of a text look on the stream.
  var style: Style { Style(hasColour: hasColour) }
}

/// The columns and rows of a terminal.
struct ScreenSize: Equatable {
  let columns: Int
  let rows: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// That of the terminal that output goes to; 80 by 24 where it does not say.
  static var current: ScreenSize {
    let screen = Device.screen ?? (0, 0)
    return ScreenSize(
      columns: screen.columns > 0 ? screen.columns : 80, rows: screen.rows > 0 ? screen.rows : 24)
  }
}

/// How parts of a text look.
struct Style {
  let hasColour: Bool

  func dim(_ text: String) -> String { wrapped(text, code: "2") }
  func bold(_ text: String) -> String { wrapped(text, code: "1") }

  private func wrapped(_ text: String, code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// How far long work has come, on one line of a terminal that is cleared in the end.
struct Progress {
  private let whole: Int
  private var shown = -1

  init(of whole: Int) { self.whole = whole }

  /// Writes at most a hundred times, and to nobody but a person.
  mutating func show(_ part: Int) {
    let percent = part * 100 / max(whole, 1)
    guard percent != shown, Console.error.isTerminal else { return }
    shown = percent
    Console.error.write("\r\(part) of \(whole)")
  }

  func clear() {
    if shown >= 0 { Console.error.write("\r\u{1B}[K") }
  }
}

/// How many positions were explored so far, on one line of a terminal that is cleared in the end.
struct ExplorationProgress {
  /// Short explorations show nothing.
  private static let interval = 250

  private var visited = 0

  /// Counts a position before it is explored, and says whether somebody wants no more.
  mutating func isInterrupted() -> Bool {
    visited += 1
    if visited.isMultiple(of: Self.interval), Console.error.isTerminal {
      Console.error.write("\r\(visited) positions explored")
    }
    return Interruption.wasRequested
  }

  func clear() {
    if visited >= Self.interval, Console.error.isTerminal { Console.error.write("\r\u{1B}[K") }
  }
}

/// What time it is, as sessions and their transcripts have it.
enum Clock {
  /// As ISO 8601 has it, in whole seconds: `2026-11-23T08:15:00Z`.
  static let now: @Sendable () -> String = { Date.now.formatted(.iso8601) }
}
