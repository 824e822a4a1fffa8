import Dispatch
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
  private let style = Console.output.style
  private var lines: LineReader
  private var input = TerminalInput()
  /// Keys that came with the line before.
  private var keys: [Key] = []
  private var editor: LineEditor
  private var history: History

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

/// Editing a line.
extension Terminal {
  private func edit(_ prompt: String) -> Input {
    if let problem = history.reportProblem() { Console.output.write(note(problem)) }
    TerminalGuard.enter(.editing)
    TerminalGuard.catchesInterrupts = true
    defer {
      TerminalGuard.catchesInterrupts = false
      TerminalGuard.enter(.busy)
    }
    editor.start()
    var screen = EditorScreen(prompt: prompt, style: style, size: .current)
    var hasWarned = false
    while true {
      while !keys.isEmpty {
        if let input = apply(keys.removeFirst(), on: &screen, hasWarned: &hasWarned) { return input }
      }
      Console.output.write(screen.draw(editor))
      guard wait(&screen) else { return end(.endOfInput, on: &screen) }
    }
  }

  /// Waits for keys; false when the terminal has gone.
  private func wait(_ screen: inout EditorScreen) -> Bool {
    switch input.wait() {
    case .keys(let new): keys += new
    case .ended: return false
    case .signals(let signals):
      if signals.contains(Signal.interrupt) { keys.append(.interrupt) }
      if signals.contains(Signal.resumed) { screen.forget() }
      Console.output.write(screen.resize(to: .current))
    }
    return true
  }

  /// What a key comes to; nil while the line is not finished.
  private func apply(_ key: Key, on screen: inout EditorScreen, hasWarned: inout Bool) -> Input? {
    let isSecond = hasWarned
    hasWarned = false
    switch editor.apply(key) {
    case .edited: break
    case .refused: Console.output.write("\u{7}")
    case .cleared: clear(&screen)
    case .candidates(let candidates): list(candidates, on: &screen)
    case .accepted(let text):
      keep(text)
      return end(.text(text), on: &screen)
    case .ended: return end(.endOfInput, on: &screen)
    case .interrupted where isSecond: return end(.interrupted, on: &screen)
    case .interrupted:
      hasWarned = true
      Console.output.write(screen.erase() + note("Press Ctrl-C again to leave."))
    }
    return nil
  }

  private func clear(_ screen: inout EditorScreen) {
    screen.forget()
    Console.output.write("\u{1B}[H\u{1B}[2J")
  }

  private func list(_ candidates: [String], on screen: inout EditorScreen) {
    let list = CandidateList(candidates: candidates, maximumRows: max(1, screen.size.rows - 4))
    let rows = list.rows(columns: screen.size.columns)
    Console.output.write(screen.erase() + rows.map { $0 + "\n" }.joined())
  }

  private func keep(_ text: String) {
    history.add(text)
    if let last = history.entries.last { editor.recall.add(last) }
  }

  private func end(_ input: Input, on screen: inout EditorScreen) -> Input {
    Console.output.write(screen.finish(editor))
    return input
  }

  private func note(_ text: String) -> String {
    WordWrap.wrapped(text.strippedOfControls(), width: ScreenSize.current.columns)
      .split(separator: "\n").map { style.dim(String($0)) + "\n" }.joined()
  }
}

/// Runs an actor's jobs on a thread outside the pool, so that what waits for a key keeps nobody else waiting.
final class ThreadExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// Waits for keys and for signals.
private struct TerminalInput {
  /// What ended a wait.
  enum Wake: Equatable {
    case keys([Key])
    /// Signals by number; 0 where somebody asked for it.
    case signals([Int32])
    /// The terminal has gone.
    case ended
  }

  private var parser = KeyParser()

  /// Blocks until something comes.
  mutating func wait() -> Wake {
    while true {
      let sources = [Device.input, TerminalGuard.wakeReader]
      guard let ready = Device.wait(for: sources, milliseconds: parser.patience ?? -1) else { continue }
      if ready.isEmpty { return .keys(parser.flush()) }
      if ready.contains(TerminalGuard.wakeReader) { return .signals(Self.signals()) }
      guard let bytes = Device.read(Device.input), !bytes.isEmpty else { return .ended }
      return .keys(parser.parse(bytes))
    }
  }

  /// Blocks until signals come, and leaves the keys for later.
  static func waitForSignals() -> [Int32] {
    while Device.wait(for: [TerminalGuard.wakeReader]) == nil {}
    return signals()
  }

  private static func signals() -> [Int32] {
    (Device.read(TerminalGuard.wakeReader) ?? []).map(Int32.init)
  }
}
