/// Why a turn could not be taken; the session is as it was before.
public enum SessionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Another turn of this session has not ended.
  case turnInProgress
  /// The event has neither a text nor a scene, and is of no kind that needs none.
  case emptyEvent
  /// A text is longer than an event, or a line, may have; in bytes.
  case textTooLong(limit: Int)
  /// A datum of the event holds a number that is infinite or none.
  case notFinite(String)
  /// Two members of the cast have the same name, or one has that of another's alias.
  case ambiguousName(String)
  /// Nobody of this name is in the cast.
  case noSuchCharacter(String)
  /// The line is not the last one of this session.
  case staleLine
  /// The snapshot was not made by the character's program.
  case foreignSnapshot(String)
  /// No turn has been taken on this branch.
  case noEarlierTurn
  /// The transcript has no such entry.
  case noSuchEntry(Int)
  /// The transcript has no such branch.
  case noSuchBranch(String)
  /// There is a branch of this name.
  case branchExists(String)
  /// No branch can be called so.
  case badBranchName(String)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .turnInProgress: "turn-in-progress"
    case .emptyEvent: "empty-event"
    case .textTooLong: "text-too-long"
    case .notFinite: "not-finite"
    case .ambiguousName: "ambiguous-name"
    case .noSuchCharacter: "no-such-character"
    case .staleLine: "stale-line"
    case .foreignSnapshot: "foreign-snapshot"
    case .noEarlierTurn: "no-earlier-turn"
    case .noSuchEntry: "no-such-entry"
    case .noSuchBranch: "no-such-branch"
    case .branchExists: "branch-exists"
    case .badBranchName: "bad-branch-name"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .turnInProgress: "a turn is in progress; await it before the next one"
    case .emptyEvent, .textTooLong, .notFinite: fault?.description ?? code
    case .ambiguousName(let name): "two members of the cast are called '\(name)'; rename one of them"
    case .noSuchCharacter(let name): "nobody in the cast is called '\(name)'"
    case .staleLine: "this line is not the last one of the session; respond to the newest line"
    case .foreignSnapshot(let name):
      "the snapshot was not made by the program of '\(name)'; restore it with Program.snapshot(from:)"
    case .noEarlierTurn: "no turn has been taken here yet"
    case .noSuchEntry(let id): "the transcript has no entry \(id)"
    case .noSuchBranch(let name): "there is no branch '\(name)'"
    case .branchExists(let name): "there is a branch '\(name)' already; choose another name"
    case .badBranchName(let name):
      "'\(name)' is no name for a branch: letters, digits, '_', '-' and '.', at most 100, and not digits alone"
    }
  }
}

extension SessionError {
  /// What is wrong with an event, as a session says it.
  init(_ fault: EventError) {
    switch fault {
    case .empty: self = .emptyEvent
    case .textTooLong(let limit): self = .textTooLong(limit: limit)
    case .notFinite(let key): self = .notFinite(key)
    }
  }

  /// The fault of an event that it tells of, if it is one.
  private var fault: EventError? {
    switch self {
    case .emptyEvent: .empty
    case .textTooLong(let limit): .textTooLong(limit: limit)
    case .notFinite(let key): .notFinite(key)
    default: nil
    }
  }
}
