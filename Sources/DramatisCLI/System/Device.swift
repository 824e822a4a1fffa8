import Dramatis
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The open files of the process and what is at the other end of them.
///
/// The command calls the operating system here, in the rest of this file, and nowhere else.
enum Device {
  static let input: Int32 = 0
  static let output: Int32 = 1
  static let error: Int32 = 2

  enum WriteError: Error {
    /// Whoever read has gone away.
    case noReader
    case failed(reason: String)
  }

  /// Writes all of a text, and waits where it has to.
  static func write(_ text: String, to descriptor: Int32) throws(WriteError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        throw errno == EPIPE ? .noReader : .failed(reason: "\(SystemError.last)")
      }
    }
  }

  /// What is there to read, once there is something; empty at the end, nil if it cannot be read.
  static func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = readBytes(descriptor, &bytes, bytes.count)
      if count >= 0 { return Array(bytes.prefix(count)) }
      guard errno == EINTR else { return nil }
    }
  }

  /// Waits until something can be read.
  ///
  /// - Parameter milliseconds: How long at the most; -1 for ever.
  /// - Returns: Where; nothing once the time has passed, and nil where a signal came.
  static func wait(for descriptors: [Int32], milliseconds: Int32 = -1) -> [Int32]? {
    var sources = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&sources, nfds_t(sources.count), milliseconds) >= 0 else { return nil }
    return sources.filter { $0.revents != 0 }.map(\.fd)
  }

  /// Whether a person is at the other end.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns and rows of the terminal that output goes to; 0 or nil where it does not say.
  static var screen: (columns: Int, rows: Int)? {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0 else { return nil }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// Ends the process.
  static func exit(_ status: Int32) -> Never { exitProcess(status) }
}

private let readBytes = read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
private let writeBytes = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
private let exitProcess = exit as @Sendable (Int32) -> Never

/// The signals that a wait can tell of.
enum Signal {
  /// Somebody asked for it.
  static let none: Int32 = 0
  static let interrupt = SIGINT
  static let resumed = SIGCONT
}

/// Ctrl-C during long work: the work stops at the next good place, and what was found is still shown.
enum Interruption {
  private static let isRequested = Atomic(false)

  /// From now on Ctrl-C asks instead of ending the process; a second one ends it.
  static func begin() {
    // Made here, since a signal handler must not be the first to touch it.
    isRequested.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      Interruption.isRequested.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// From now on Ctrl-C says that work which is kept as it comes can be gone on with, and ends the process.
  static func sayWhatIsKept() {
    signal(SIGINT) { _ in
      // Nothing here may allocate or lock: the handler may have interrupted whoever does.
      let text: StaticString = "\nStopped. What was done is kept; it can be gone on with.\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      signal(SIGINT, SIG_DFL)
      raise(SIGINT)
    }
  }

  /// Whether Ctrl-C was pressed.
  static var wasRequested: Bool { isRequested.load(ordering: .relaxed) }

  /// Ends the process the way Ctrl-C would have, so that a shell's loop ends too.
  static func finish() {
    guard wasRequested else { return }
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}

/// How the terminal treats what is typed.
enum TerminalMode: Int32, CaseIterable {
  /// As it was found.
  case original
  /// Every byte comes to us; keys that suspend still send their signals.
  case editing
  /// Nothing is echoed while a reply is written; Ctrl-C sends its signal.
  case busy

  /// The settings of the mode, made from those that were found.
  func settings(from original: termios) -> termios {
    var settings = original
    guard self != .original else { return settings }
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
    settings.c_lflag |= tcflag_t(ISIG)
    withUnsafeMutableBytes(of: &settings.c_cc) { keys in
      keys[Int(VMIN)] = 1
      keys[Int(VTIME)] = 0
      if self == .editing { keys[Int(VINTR)] = Self.disabled }
    }
    if self == .editing { settings.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP) }
    return settings
  }

  #if canImport(Darwin)
    private static let disabled: cc_t = 0xFF
  #else
    private static let disabled: cc_t = 0
  #endif

  /// What is written when the mode begins: pastes are marked only while a line is edited.
  var opening: StaticString { self == .editing ? "\u{1B}[?2004h" : "" }

  /// What is written when it is left in whatever way.
  var closing: StaticString {
    switch self {
    case .original: ""
    case .editing: "\u{1B}[?2004l"
    case .busy: "\u{1B}[0m"
    }
  }
}

/// Sets the mode of the terminal, and sees to it that the terminal is left as it was found.
///
/// It is put back at the end of the process, before a signal ends or stops it, and after a crash.
enum TerminalGuard {
  /// Remembers the settings of the terminal; false where there are none.
  ///
  /// Later calls change nothing.
  static func install() -> Bool {
    guard memory.pointee.wakeWriter < 0 else { return true }
    var original = termios()
    var ends: [Int32] = [-1, -1]
    guard tcgetattr(0, &original) == 0, pipe(&ends) == 0 else { return false }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    for mode in TerminalMode.allCases {
      memory.pointee.settings[Int(mode.rawValue)] = mode.settings(from: original)
    }
    (memory.pointee.wakeReader, memory.pointee.wakeWriter) = (ends[0], ends[1])
    installHandlers()
    atexit { restore() }
    return true
  }

  private static func installHandlers() {
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGTERM, SIGHUP, SIGQUIT] {
      handle(signal, with: onEnd)
    }
    handle(SIGINT, with: onInterrupt)
    handle(SIGTSTP, with: onStop)
    handle(SIGCONT, with: onContinue)
    handle(SIGWINCH, with: post)
  }

  /// Changes the mode; a signal from now on finds the new one to put back.
  static func enter(_ mode: TerminalMode) {
    let old = memory.pointee.mode
    guard old != mode.rawValue else { return }
    TerminalMode(rawValue: old).map { emit($0.closing) }
    memory.pointee.mode = mode.rawValue
    apply(mode.rawValue)
    emit(mode.opening)
  }

  /// Whether Ctrl-C is told to `wakeReader`; otherwise it ends the process.
  static var catchesInterrupts: Bool {
    get { memory.pointee.catchesInterrupts != 0 }
    set { memory.pointee.catchesInterrupts = newValue ? 1 : 0 }
  }

  /// Gives the number of every signal that came; 0 for `wake()`.
  static var wakeReader: Int32 { memory.pointee.wakeReader }

  /// Wakes whoever waits for `wakeReader`.
  static func wake() {
    post(0)
  }
}

/// What signal handlers read and write.
private struct GuardMemory {
  var mode = TerminalMode.original.rawValue
  var catchesInterrupts: Int32 = 0
  var wakeReader: Int32 = -1
  var wakeWriter: Int32 = -1
  /// By mode.
  let settings = UnsafeMutablePointer<termios>.allocate(capacity: TerminalMode.allCases.count)
  /// By signal: what was done before.
  let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
}

/// Plain memory at a place that never moves.
///
/// A handler may interrupt any instruction on any thread. The pointer is set before the first handler is there, settings
/// are not changed after that, and the other fields are single words.
private nonisolated(unsafe) let memory = {
  let memory = UnsafeMutablePointer<GuardMemory>.allocate(capacity: 1)
  memory.initialize(to: GuardMemory())
  return memory
}()

/// Leaves a signal that is ignored alone, as under nohup.
private func handle(_ signal: Int32, with handler: @escaping @convention(c) (Int32) -> Void) {
  let previous = memory.pointee.previous + Int(signal)
  guard sigaction(signal, nil, previous) == 0, !previous.pointee.isIgnored else { return }
  var action = sigaction()
  action.function = handler
  action.sa_flags = SA_RESTART | SA_ONSTACK | SA_NODEFER
  sigaction(signal, &action, nil)
}

// From here on nothing allocates, locks or calls what a signal handler may not call.

private func emit(_ text: StaticString) {
  if text.utf8CodeUnitCount > 0 { _ = write(1, text.utf8Start, text.utf8CodeUnitCount) }
}

private func apply(_ mode: Int32) {
  _ = tcsetattr(0, TCSANOW, memory.pointee.settings + Int(mode))
}

/// Puts the terminal back, below the line that was being edited; the mode is kept for when the process goes on.
private func restore() {
  switch memory.pointee.mode {
  case TerminalMode.editing.rawValue: emit("\u{1B}[?2004l\u{1B}[0m\r\n")
  case TerminalMode.busy.rawValue: emit("\u{1B}[0m")
  default: return
  }
  apply(TerminalMode.original.rawValue)
}

/// Does with the signal what was done before there was a handler: a crash is reported, the parent sees the signal.
///
/// That is in place before anything else happens, so that nothing here can crash twice.
private func onEnd(_ signal: Int32) {
  sigaction(signal, memory.pointee.previous + Int(signal), nil)
  restore()
  raise(signal)
}

private func onInterrupt(_ signal: Int32) {
  if memory.pointee.catchesInterrupts != 0 { post(signal) } else { onEnd(signal) }
}

private func onStop(_ signal: Int32) {
  let number = errno
  restore()
  var ours = sigaction()
  sigaction(signal, memory.pointee.previous + Int(signal), &ours)
  raise(signal)
  sigaction(signal, &ours, nil)
  errno = number
}

/// The shell has had the terminal in between, also where the stop could not be caught.
private func onContinue(_ signal: Int32) {
  let number = errno
  let mode = memory.pointee.mode
  if mode != TerminalMode.original.rawValue { apply(mode) }
  if mode == TerminalMode.editing.rawValue { emit("\u{1B}[?2004h") }
  post(signal)
  errno = number
}

private func post(_ signal: Int32) {
  let number = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(memory.pointee.wakeWriter, &byte, 1)
  errno = number
}

/// What is done about a signal, under the names that each system has for it.
extension sigaction {
  #if canImport(Glibc)
    var function: @convention(c) (Int32) -> Void {
      get { __sigaction_handler.sa_handler }
      set { __sigaction_handler.sa_handler = newValue }
    }
  #elseif canImport(Musl)
    var function: @convention(c) (Int32) -> Void {
      get { __sa_handler.sa_handler }
      set { __sa_handler.sa_handler = newValue }
    }
  #else
    var function: @convention(c) (Int32) -> Void {
      get { __sigaction_u.__sa_handler }
      set { __sigaction_u.__sa_handler = newValue }
    }
  #endif

  /// SIG_IGN is the number 1 in the place of a function on every system that we know.
  var isIgnored: Bool { withUnsafeBytes(of: self) { $0.load(as: Int.self) } == 1 }
}
