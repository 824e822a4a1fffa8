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

  /// The session of these characters that was played last, whenever its file was touched.
  ///
  /// - Parameter characters: The names of its cast in order; any session where there are none.
  public func newest(of characters: [String] = []) -> SessionName? {
    let ordered = byLastPlay(names())
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
    byLastPlay(names()).map { SessionSummary(SessionLocation(of: $0, in: self), written: $1) }
  }

  /// The sessions with when they were played last, the newest first.
  private func byLastPlay(_ names: [SessionName]) -> [(SessionName, String)] {
    let dated = names.map { name in
      let written = lastWritten(name)
      let file = written.formatted(.iso8601)
      return (name: name, played: lastPlayed(name) ?? file, written: written)
    }
    return dated.sorted { ($1.played, $1.written, $0.name.text) < ($0.played, $0.written, $1.name.text) }
      .map { ($0.name, $0.played) }
  }

  /// When the file of a session was last written; long ago where it is gone.
  private func lastWritten(_ name: SessionName) -> Date {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: name))
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }

  /// The time of the last entry that has one, in the last bytes of the file.
  ///
  /// Only at the start of an entry do these bytes stand so: in a text the quotes would be escaped.
  private func lastPlayed(_ name: SessionName) -> String? {
    guard let file = try? OpenFile(path(of: name), [.unblocked, .noTerminal]), let status = file.status,
      status.kind == .plain
    else { return nil }
    var count = 1 << 16
    while true {
      let start = max(status.size - count, 0)
      guard let bytes = try? file.read(atMost: min(count, status.size), at: start) else { return nil }
      if let found = bytes.lastEnd(of: Self.entryStart) {
        let time = String(decoding: bytes[found...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        return Self.isTime(time) ? time : nil
      }
      guard start > 0, count < Transcript.maximumBytes else { return nil }
      count *= 8
    }
  }

  private static let entryStart = Array(#""record":{"entry":{"at":""#.utf8)

  /// Whether it can be compared with other times by its letters: `2026-11-23T08:15:00Z`.
  private static func isTime(_ text: String) -> Bool {
    text.utf8.count == 20 && text.hasSuffix("Z") && text.dropFirst(10).first == "T"
      && text.utf8.allSatisfy { $0 < 0x7F }
  }
}

extension [UInt8] {
  /// Where the last place ends that holds these bytes; nil where none does.
  fileprivate func lastEnd(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count, let first = wanted.first else { return nil }
    for start in (0...(count - wanted.count)).reversed() where self[start] == first {
      if self[start...].starts(with: wanted) { return start + wanted.count }
    }
    return nil
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
  /// When it was last played, or else written, as ISO 8601 has it.
  public let written: String
  /// Why it cannot be read; nil where it can.
  public let problem: String?
  /// How many bytes at its end a crash left half written, which are left out.
  public let tornBytes: Int
  /// Whether it was changed by something else than a session.
  public let isDamaged: Bool

  fileprivate init(_ location: SessionLocation, written: String) {
    name = location.name
    self.written = written
    do throws(TranscriptError) {
      let transcript = try location.transcript()
      characters = transcript.cast(at: transcript.head).map(\.character)
      turns = transcript.path(to: transcript.head).count(where: \.isTurn)
      allTurns = transcript.turnCount
      branches = transcript.heads.count
      tornBytes = transcript.tornBytes
      isDamaged = false
      problem = nil
    } catch {
      (characters, turns, allTurns, branches, tornBytes) = ([], 0, 0, 0, 0)
      if case .damaged = error { isDamaged = true } else { isDamaged = false }
      problem = error.message(about: location.name)
    }
  }
}
