/// The append-only record of a session: every turn on every branch, enough to replay it with no model.
///
/// Entries form a tree by their parents. A branch is a name for its newest entry, its head; undo, retry and
/// branches move heads and erase nothing.
///
/// ```swift
/// let transcript = await session.transcript
/// try Data(transcript.bytes).write(to: file)
/// let again = try Transcript(bytes: bytes)
/// ```
public struct Transcript: Sendable {
  /// The branch that every session starts on.
  public static let firstBranch = "main"

  /// What the transcript begins with.
  public let header: TranscriptHeader
  /// Everything recorded after the header, in order.
  private(set) var records: [TranscriptRecord] = []
  /// The entries by their identity, which counts from 1.
  public private(set) var entries: [Entry] = []
  /// The newest entry of each branch; 0 where nothing has happened on it.
  public private(set) var heads: [String: Int]
  /// The branch that the session is on.
  public private(set) var branch: String

  init(header: TranscriptHeader) {
    self.header = header
    branch = Self.firstBranch
    heads = [Self.firstBranch: 0]
  }

  /// The newest entry of the current branch; 0 where nothing has happened.
  public var head: Int { heads[branch] ?? 0 }

  /// The entry of an identity; nil where there is none.
  public func entry(_ id: Int) -> Entry? {
    entries.indices.contains(id - 1) ? entries[id - 1] : nil
  }

  /// The entries from the first to this one along their parents.
  ///
  /// - Complexity: Proportional to their number.
  public func path(to id: Int) -> [Entry] {
    var path: [Entry] = []
    var next = entry(id)
    while let entry = next {
      path.append(entry)
      next = self.entry(entry.parent)
    }
    return path.reversed()
  }

  /// The turns taken in answer to the same event: this one and what retries made beside it.
  public func alternatives(to id: Int) -> [Entry] {
    guard let entry = entry(id), let turn = entry.turn else { return [] }
    return entries.filter { $0.parent == entry.parent && $0.turn.map { $0.event == turn.event } ?? false }
  }

  /// The programs that an entry was recorded with.
  public func cast(at id: Int) -> [Program] {
    for entry in path(to: id).reversed() {
      if case .change(let change) = entry.content, let cast = change.cast { return cast }
    }
    return header.cast
  }

  /// Records what happened; the current branch goes on from it.
  ///
  /// - Parameter parent: An entry of this transcript, or 0.
  /// - Returns: The identity of the entry.
  mutating func append(_ content: EntryContent, after parent: Int) -> Int {
    let entry = Entry(id: entries.count + 1, parent: parent, content: content)
    add(.entry(entry))
    return entry.id
  }

  /// Puts the head of a branch on an entry and goes on there.
  mutating func move(_ branch: String, to id: Int) {
    add(.head(Head(branch: branch, to: id)))
  }

  mutating func add(_ record: TranscriptRecord) {
    records.append(record)
    switch record {
    case .entry(let entry):
      entries.append(entry)
      heads[branch] = entry.id
    case .head(let head):
      branch = head.branch
      heads[branch] = head.to
    }
  }
}

/// What stands on one line of a transcript after the header.
enum TranscriptRecord: Sendable {
  case entry(Entry)
  case head(Head)
}

/// That a branch goes on from an entry.
struct Head: Hashable, Sendable, Codable {
  let branch: String
  let to: Int
}
