import Dramatis
import DramatisCompiler

/// Where a person types: a line editor in a terminal, plain lines through a pipe or where the terminal can do no more.
///
/// Reading blocks a thread of its own and none of the pool. One line is read at a time.
actor Terminal {
  /// What was typed.
  enum Input: Equatable {
    case text(String)
    /// A line of a pipe that is too long or not UTF-8.
    case unreadable
    /// Ctrl-D on an empty line, or the end of a pipe.
    case endOfInput
    /// Ctrl-C twice on an empty line.
    case interrupted
  }

  /// Whether lines are edited here.
  nonisolated let isInteractive: Bool

  private let executor = ThreadExecutor(label: "terminal")
  let style = Style(hasColour: Console.output.hasColour)
  private var lines: LineReader
  var input = TerminalInput()
  /// Keys that came with the line before.
  var keys: [Key] = []
  var editor: LineEditor
  var history: History

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// A terminal for standard input and output; the history is only opened where lines are edited.
  init(history file: @autoclosure () -> HistoryFile?) throws(Failure) {
    isInteractive = Console.hasTypist && Console.output.canMoveCursor && TerminalGuard.install()
    lines = LineReader(try Failure.mapping(try InputStream(path: InputStream.standardInput)))
    history = History(file: isInteractive ? file() : nil)
    editor = LineEditor(history: history.entries)
  }

  /// Says how words are completed from now on.
  func complete(with completer: Completer) {
    editor.completer = completer
  }

  /// Asks for a line.
  func readLine(prompt: String) throws(Failure) -> Input {
    isInteractive ? edit(prompt.oneLine) : try readPlainLine(prompt.oneLine)
  }

  /// Runs work that Ctrl-C cancels; a second Ctrl-C ends the process.
  ///
  /// Work that sees that it is cancelled returns what it has. Nothing is echoed meanwhile, and what is typed waits for the
  /// next line. The work must not read a line itself.
  nonisolated func interruptible<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    guard isInteractive else { return try await work() }
    TerminalGuard.catchesInterrupts = true
    let task = Task { try await work() }
    let watch = Task { await watchInterrupts { task.cancel() } }
    let result = await task.result
    TerminalGuard.wake()
    await watch.value
    return try result.get()
  }

  private func watchInterrupts(_ cancel: @Sendable () -> Void) {
    defer { TerminalGuard.catchesInterrupts = false }
    while true {
      let signals = TerminalInput.waitForSignals()
      if signals.contains(Signal.interrupt) {
        cancel()
        TerminalGuard.catchesInterrupts = false
      }
      if signals.contains(Signal.none) { return }
    }
  }

  private func readPlainLine(_ prompt: String) throws(Failure) -> Input {
    let isTyped = Console.hasTypist && Console.output.isTerminal
    if isTyped { Console.output.write(style.bold(prompt)) }
    switch try Failure.mapping(try lines.next()) {
    case .text(let text): return .text(text)
    case .tooLong, .notUTF8: return .unreadable
    case nil:
      if isTyped { Console.output.write("\n") }
      return .endOfInput
    }
  }
}
