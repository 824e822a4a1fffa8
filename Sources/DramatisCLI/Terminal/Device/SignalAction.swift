#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
