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
  public private(set) var entries: [TranscriptEntry] = []
  /// The newest entry of each branch; 0 where nothing has happened on it.
  public private(set) var heads: [String: Int]
  /// The branch that the session is on.
  public private(set) var branch: String
  /// How many bytes at the end were left out when it was read, since a crash left them half written.
  public internal(set) var tornBytes = 0

  init(header: TranscriptHeader) {
    self.header = header
    branch = Self.firstBranch
    heads = [Self.firstBranch: 0]
  }

  /// The newest entry of the current branch; 0 where nothing has happened.
  public var head: Int { heads[branch] ?? 0 }

  /// The entry of an identity; nil where there is none.
  public func entry(_ id: Int) -> TranscriptEntry? {
    id >= 1 && id <= entries.count ? entries[id - 1] : nil
  }

  /// The entries from the first to this one along their parents.
  ///
  /// - Complexity: Proportional to their number.
  public func path(to id: Int) -> [TranscriptEntry] {
    var path: [TranscriptEntry] = []
    var next = entry(id)
    while let entry = next {
      path.append(entry)
      next = self.entry(entry.parent)
    }
    return path.reversed()
  }

  /// The turns taken in answer to the same event: this one and what retries made beside it.
  public func alternatives(to id: Int) -> [TranscriptEntry] {
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

  /// How many turns were taken on all branches, undone ones too.
  public var turnCount: Int { entries.count(where: \.isTurn) }

  /// The identities of an entry and of all that go on from it.
  public func descendants(of id: Int) -> Set<Int> {
    // A parent comes before its children.
    entries.reduce(into: [id]) { found, entry in
      if found.contains(entry.parent) { found.insert(entry.id) }
    }
  }

  /// The turn of a number on this branch, else the newest that goes on from its head, else the newest anywhere.
  ///
  /// - Parameter number: 0 for the beginning, before the first turn.
  /// - Returns: The identity of its entry; nil where no turn has this number.
  public func entry(ofTurn number: Int) -> Int? {
    let path = path(to: head)
    if number == 0 { return path.prefix { !$0.isTurn }.last?.id ?? 0 }
    if let here = path.last(where: { $0.turnNumber == number }) { return here.id }
    let (ahead, all) = (descendants(of: head), entries.filter { $0.turnNumber == number })
    return (all.last { ahead.contains($0.id) } ?? all.last)?.id
  }

  /// Whether a branch may be called so: up to 100 letters, digits, `_`, `-` and `.`, and not digits alone.
  public static func isBranchName(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 100 && !name.allSatisfy(\.isNumber)
      && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }

  /// Records what happened; the current branch goes on from it.
  ///
  /// - Parameters:
  ///   - parent: An entry of this transcript, or 0.
  ///   - time: When it happened, for people and for whoever looks for the newest.
  /// - Returns: The identity of the entry.
  mutating func append(
    _ content: TranscriptEntry.Content, after parent: Int, at time: String? = nil
  ) -> Int {
    let entry = TranscriptEntry(id: entries.count + 1, parent: parent, at: time, content: content)
    add(.entry(entry))
    return entry.id
  }

  /// Puts the head of a branch on an entry and goes on there.
  mutating func moveHead(of branch: String, to id: Int) {
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

/// What a transcript begins with: all that its turns refer to.
public struct TranscriptHeader: Sendable, Codable {
  /// The version that this library writes and reads.
  public static let currentVersion = 1

  /// The version of the format.
  public let version: Int
  /// By which rules the turns were taken; nil in records of version 0.1.0, which knew no others.
  private let recordedRules: Rules?
  /// Decides all chance of the session.
  public let seed: UInt64
  /// What the characters call the user, where there is one.
  public let user: String?
  /// When the session began, as its maker chose to write it; nothing reads it but people.
  public let began: String?
  /// How many tokens of statements performers were handed; what each profile says unless given.
  public let statementBudget: Int?
  /// What the cast was read from, as its maker chose to write it, so that it can be read again; nil where that is not said.
  public let sources: [String]?
  /// The programs that the session started with.
  public let cast: [Program]

  init(
    cast: [Program], seed: UInt64, user: String?, began: String?, statementBudget: Int?,
    sources: [String]? = nil, rules: Rules = .current
  ) {
    version = Self.currentVersion
    recordedRules = rules == .first ? nil : rules
    self.seed = seed
    self.user = user
    self.began = began
    self.statementBudget = statementBudget
    self.sources = sources
    self.cast = cast
  }

  private enum CodingKeys: String, CodingKey {
    case version, recordedRules = "rules", seed, user, began, statementBudget, sources, cast
  }

  /// By which rules of a turn the session goes, and is replayed.
  public var rules: Rules { recordedRules ?? .first }
}

/// What stands on one line of a transcript after the header.
enum TranscriptRecord: Sendable {
  case entry(TranscriptEntry)
  case head(Head)
}

/// That a branch goes on from an entry.
struct Head: Hashable, Sendable, Codable {
  let branch: String
  let to: Int
}
