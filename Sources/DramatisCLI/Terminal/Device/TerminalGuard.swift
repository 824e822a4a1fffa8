#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
