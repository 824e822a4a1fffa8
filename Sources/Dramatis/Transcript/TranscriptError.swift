/// Why a transcript could not be found, read, written or followed.
public enum TranscriptError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes do not begin as a transcript does.
  case notATranscript
  /// The bytes are no UTF-8.
  case otherEncoding
  /// It was written by another version of the library.
  case unsupportedVersion(Int)
  /// Its turns were taken by rules that this version of the library does not know.
  case unsupportedRules(Int)
  /// A line does not match its checksum, or cannot follow the lines before it.
  case damaged(line: Int, why: String)
  /// It is larger than this library reads.
  case tooLarge(limit: Int)
  /// Another session writes it.
  case inUse(process: Int32?)
  /// There is a file of this name already.
  case exists
  /// The system refused an operation.
  case failed(operation: String, reason: String)
  /// An entry does not fit the programs that it was recorded with.
  case misfit(entry: Int)
  /// The environment names no folder for sessions.
  case noStore
  /// No session can be called so; see ``SessionName/rule``.
  case badName(String)
  /// The store has no session of this name, but perhaps one of a name like it.
  case noSuchSession(String, nearest: String?)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .notATranscript: "not-a-transcript"
    case .otherEncoding: "other-encoding"
    case .unsupportedVersion: "unsupported-version"
    case .unsupportedRules: "unsupported-rules"
    case .damaged: "damaged"
    case .tooLarge: "too-large"
    case .inUse: "in-use"
    case .exists: "exists"
    case .failed: "failed"
    case .misfit: "misfit"
    case .noStore: "no-store"
    case .badName: "bad-name"
    case .noSuchSession: "no-such-session"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .notATranscript: "this is not a transcript of a session"
    case .otherEncoding: "this is UTF-16, which transcripts are not; convert it to UTF-8"
    case .unsupportedVersion(let version):
      "this transcript has version \(version), and this version of Dramatis reads \(TranscriptHeader.currentVersion)"
    case .unsupportedRules(let rules):
      "this transcript was recorded by rules \(rules), and this version of Dramatis knows those up to \(Rules.current.rawValue); use a newer one"
    case .damaged(line: 1, let why): "line 1 is damaged (\(why)), and without it nothing else can be read"
    case .damaged(let line, let why):
      "line \(line) is damaged (\(why)); copy the \(line - 1) lines before it to another file to go on from there"
    case .tooLarge(let limit): "the transcript is larger than the \(limit >> 20) MB that are read"
    case .inUse(let process):
      "the session is open in \(process.map { "process \($0)" } ?? "another process"); close it there first"
    case .exists: "a session of this name exists already; choose another name"
    case .failed(let operation, let reason): "cannot \(operation): \(reason)"
    case .misfit(let entry):
      "entry \(entry) does not fit the programs that the transcript holds"
    case .noStore:
      "there is no place for sessions: neither HOME nor XDG_STATE_HOME names a folder from the root on"
    case .badName(let name): "'\(name.oneLine)' cannot be the name of a session: \(SessionName.rule)"
    case .noSuchSession(let name, let nearest):
      "there is no session '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }
  }
}
