import Dramatis
import DramatisCompiler
import FoundationEssentials

/// The folder of stored sessions: `$XDG_STATE_HOME/dramatis/sessions`.
struct SessionStore {
  let folder: String

  /// The store of this user; the folder need not be there yet.
  init() throws(Failure) {
    guard let state = Folder.state() else {
      throw Failure(
        "there is no place for sessions: neither HOME nor XDG_STATE_HOME names a folder from the root on",
        .environment)
    }
    folder = state + "/sessions"
  }

  func path(of name: SessionName) -> String {
    "\(folder)/\(name.text)\(SessionName.fileEnding)"
  }

  /// Makes the folder, for nobody else to read.
  func prepare() throws(Failure) {
    try Failure.mapping(try Folder.make(folder))
  }

  /// Requires that there is a session of a name.
  func requireSession(_ name: SessionName) throws(Failure) {
    guard FileStatus(path(of: name), followsLinks: false) == nil else { return }
    let near = nearest(name.text, among: names().map(\.text))
    let advice = near.map { "did you mean '\($0)'?" } ?? "'dramatis sessions' lists what there is"
    throw Failure("there is no session '\(name.text)'; \(advice)", .input)
  }

  /// Deletes a session that nobody has open; of what is no file, or a link that leads to none, only the name.
  func delete(_ name: SessionName) throws(Failure) {
    let path = path(of: name)
    let own = FileStatus(path, followsLinks: false)?.kind
    if FileStatus(path)?.kind != .plain, own == .link || own == .special {
      do throws(SystemError) {
        return try Platform.unlink(path)
      } catch {
        throw Failure("\(name.text): cannot delete it: \(error)", .environment)
      }
    }
    do throws(TranscriptError) {
      try TranscriptFile.delete(path)
    } catch {
      throw Failure("\(name.text): \(error)", .environment)
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
