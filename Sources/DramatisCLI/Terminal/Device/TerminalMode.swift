#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
