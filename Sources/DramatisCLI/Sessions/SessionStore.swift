import Dramatis
import FoundationEssentials

/// The folder of stored sessions: `$XDG_STATE_HOME/dramatis/sessions`.
struct SessionStore {
  let folder: String

  init() {
    folder = StateFolder.path + "/sessions"
  }

  func path(of name: SessionName) -> String {
    "\(folder)/\(name.text)\(SessionName.fileEnding)"
  }

  /// Makes the folder, for nobody else to read.
  func prepare() throws(Failure) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure("cannot make the folder \(folder.oneLine)", .environment)
    }
  }

  /// The names of all stored sessions, sorted.
  func names() -> [SessionName] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(SessionName.fileEnding) }
      .compactMap { SessionName(String($0.dropLast(SessionName.fileEnding.count))) }
      .sorted { $0.text < $1.text }
  }

  /// When a session was last written; nil where it is gone.
  func lastWritten(_ name: SessionName) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: name))
    return attributes?[.modificationDate] as? Date
  }

  /// The session of these characters that was written last.
  func newest(of characters: [String]) -> SessionName? {
    let dated = names().compactMap { name in lastWritten(name).map { (name, $0) } }
    let ordered = dated.sorted { ($0.1, $0.0.text) > ($1.1, $1.0.text) }
    return ordered.first { name, _ in
      let transcript = try? TranscriptSource(path: path(of: name), name: name.text).transcript()
      guard let transcript else { return false }
      return characters.isEmpty
        || transcript.cast(at: transcript.head).map(\.character) == characters
    }?.0
  }
}

/// Where the program keeps what it should remember: `$XDG_STATE_HOME/dramatis`, or the usual place in the home.
enum StateFolder {
  static var path: String {
    let given = Process.environment("XDG_STATE_HOME")
    // The convention says that a relative path is to be ignored.
    let base = given.hasPrefix("/") ? given : Process.environment("HOME") + "/.local/state"
    return base + "/dramatis"
  }
}
