#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals that a wait can tell of.
enum Signal {
  /// Somebody asked for it.
  static let none: Int32 = 0
  static let interrupt = SIGINT
  static let resumed = SIGCONT
}
