import FoundationEssentials

/// A folder of kept sessions, a transcript each.
///
/// ```swift
/// let store = try SessionStore.standard()
/// for summary in store.summaries() { print(summary.name, summary.turns) }
/// ```
public struct SessionStore: Hashable, Sendable {
  /// Where the sessions are; it need not be there yet.
  public let folder: String

  /// - Parameter folder: A path from the root on.
  public init(folder: String) {
    self.folder = folder
  }

  /// The store of this user: `$XDG_STATE_HOME/dramatis/sessions`, by default `~/.local/state/dramatis/sessions`.
  ///
  /// - Throws: ``TranscriptError/noStore`` where the environment names no place.
  public static func standard() throws(TranscriptError) -> SessionStore {
    guard let state = Folder.state() else { throw .noStore }
    return SessionStore(folder: state + "/sessions")
  }

  /// The path of a session's transcript, whether it is there or not.
  public func path(of name: SessionName) -> String {
    "\(folder)/\(name.text)\(SessionName.fileEnding)"
  }

  /// Makes the folder, for nobody else to read.
  public func prepare() throws(TranscriptError) {
    do {
      try Folder.make(folder)
    } catch {
      throw TranscriptError(error)
    }
  }

  /// The names of all sessions, sorted; none where there is no folder.
  public func names() -> [SessionName] {
    let files = (try? Folder.names(in: folder)) ?? []
    return files.filter { $0.hasSuffix(SessionName.fileEnding) }
      .compactMap { SessionName(String($0.dropLast(SessionName.fileEnding.count))) }
      .sorted { $0.text < $1.text }
  }

  /// Requires that there is a session of a name.
  ///
  /// - Throws: ``TranscriptError/noSuchSession(_:nearest:)``.
  public func require(_ name: SessionName) throws(TranscriptError) {
    guard FileStatus(path(of: name), followsLinks: false) == nil else { return }
    throw .noSuchSession(name.text, nearest: nearest(name.text, among: names().map(\.text)))
  }

  /// Gives a session that nobody has open another name.
  ///
  /// - Throws: ``TranscriptError``, among others where there is one of the new name.
  public func rename(_ name: SessionName, to new: SessionName) throws(TranscriptError) {
    try require(name)
    try TranscriptFile.rename(path(of: name), to: path(of: new))
  }

  /// Deletes a session that nobody has open; of what is no file, or a link that leads to none, only the name.
  ///
  /// - Throws: ``TranscriptError``.
  public func delete(_ name: SessionName) throws(TranscriptError) {
    try require(name)
    let path = path(of: name)
    let own = FileStatus(path, followsLinks: false)?.kind
    guard FileStatus(path)?.kind != .plain, own == .link || own == .special else {
      return try TranscriptFile.delete(path)
    }
    do throws(SystemError) {
      try Platform.unlink(path)
    } catch {
      throw .failed(operation: "delete it", reason: "\(error)")
    }
  }

  /// The session of these characters that was written last.
  ///
  /// - Parameter characters: The names of its cast in order; any session where there are none.
  public func newest(of characters: [String] = []) -> SessionName? {
    let dated = names().compactMap { name in lastWritten(name).map { (name, $0) } }
    let ordered = dated.sorted { ($0.1, $0.0.text) > ($1.1, $1.0.text) }
    return ordered.first { name, _ in
      guard let transcript = try? SessionLocation(of: name, in: self).transcript() else { return false }
      return characters.isEmpty
        || transcript.cast(at: transcript.head).map(\.character) == characters
    }?.0
  }

  /// What a list says about each session, the newest first.
  ///
  /// - Complexity: Reads all of them.
  public func summaries() -> [SessionSummary] {
    let dated = names().map { ($0, lastWritten($0) ?? .distantPast) }
    return dated.sorted { ($1.1, $0.0.text) < ($0.1, $1.0.text) }.map {
      SessionSummary(SessionLocation(of: $0, in: self), written: $1.formatted(.iso8601))
    }
  }

  /// When a session was last written; nil where it is gone.
  private func lastWritten(_ name: SessionName) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: name))
    return attributes?[.modificationDate] as? Date
  }
}

/// What a list says about a kept session.
public struct SessionSummary: Encodable, Hashable, Sendable {
  /// What the session is called.
  public let name: String
  /// Its cast; empty where it cannot be read.
  public let characters: [String]
  /// The turns of the current branch.
  public let turns: Int
  /// The turns of all branches, undone ones too.
  public let allTurns: Int
  /// How many branches it has.
  public let branches: Int
  /// When it was last written, as ISO 8601 has it.
  public let written: String
  /// Why it cannot be read; nil where it can.
  public let problem: String?

  fileprivate init(_ location: SessionLocation, written: String) {
    name = location.name
    self.written = written
    do throws(TranscriptError) {
      let transcript = try location.transcript()
      characters = transcript.cast(at: transcript.head).map(\.character)
      turns = transcript.path(to: transcript.head).count(where: \.isTurn)
      allTurns = transcript.turnCount
      branches = transcript.heads.count
      problem = nil
    } catch {
      (characters, turns, allTurns, branches) = ([], 0, 0, 0)
      problem = error.message(about: location.name)
    }
  }
}
