#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the program keeps what it should remember: `$XDG_STATE_HOME/dramatis`, or the usual place in the home.
enum StateFolder {
  /// The folder; nil where the environment names no place.
  ///
  /// The convention says that a relative path is to be ignored.
  static func path(environment: (String) -> String = Process.environment) -> String? {
    let (state, home) = (environment("XDG_STATE_HOME"), environment("HOME"))
    if state.hasPrefix("/") { return state + "/dramatis" }
    return home.hasPrefix("/") ? home + "/.local/state/dramatis" : nil
  }

  /// Makes what is missing of a folder, for nobody else to read.
  static func make(_ folder: String) throws(Failure) {
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
      let reason = Process.lastError
      if access(made, F_OK) != 0 {
        throw Failure("cannot make the folder \(made.oneLine): \(reason)", .environment)
      }
    }
  }
}
