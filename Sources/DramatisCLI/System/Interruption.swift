import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C during long work: the work stops at the next good place, and what was found is still shown.
enum Interruption {
  private static let isRequested = Atomic(false)

  /// From now on Ctrl-C asks instead of ending the process; a second one ends it.
  static func watch() {
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
