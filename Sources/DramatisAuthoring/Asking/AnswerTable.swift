import Dramatis
import DramatisLLM
import Synchronization

/// What was asked before, in whatever place it is kept: a file here, a table of a database elsewhere.
///
/// A key is a digest of all that an answer depends on, so that rows are never changed, only added.
public protocol AnswerStore: Sendable {
  /// The row of a key; nil where there is none.
  func row(for key: AnswerKey) -> AnswerRow?
  /// Adds rows; whoever shares the store sees all of them or, after a crash, those that came before.
  func add(_ rows: [(key: AnswerKey, row: AnswerRow)]) throws
}

/// A digest of what was asked, and of whom.
public struct AnswerKey: Hashable, Sendable {
  /// The digest, eight bytes at a time: a table holds millions of keys.
  private let first, second, third, fourth: UInt64

  /// Makes the key of parts whose bytes and order matter.
  public init(_ parts: [String]) {
    var hash = SHA256()
    for part in parts {
      hash.update("\(part.utf8.count) ".utf8)
      hash.update(part.utf8)
    }
    self.init(hash.finalize())
  }

  private init(_ digest: [UInt8]) {
    func word(_ place: Int) -> UInt64 { digest[place..<(place + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
    (first, second, third, fourth) = (word(0), word(8), word(16), word(24))
  }

  /// 32 bytes in hexadecimal digits.
  public var digits: String {
    let bytes = [first, second, third, fourth].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    return SHA256.hex(ofDigest: bytes)
  }

  /// Reads what ``digits`` has written; nil for anything else.
  init?(digits: String) {
    let values = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard values.count == 64, digits.utf8.count == 64 else { return nil }
    self.init(stride(from: 0, to: 64, by: 2).map { UInt8(values[$0] * 16 + values[$0 + 1]) })
  }
}

/// How probable yes and no are; what is left is unknown.
public struct Verdict: Hashable, Sendable {
  /// The probabilities.
  public let yes, no: Double

  /// Makes a verdict.
  public init(yes: Double, no: Double) {
    self.yes = yes
    self.no = no
  }

  /// For sure.
  public static let yes = Verdict(yes: 1, no: 0)
  /// For sure not.
  public static let no = Verdict(yes: 0, no: 1)
  /// Nobody can tell.
  public static let unknown = Verdict(yes: 0, no: 0)

  /// Whether yes is more probable than either of the others.
  public var isYes: Bool { yes > no && yes > 1 - yes - no }
  /// Whether yes or no is the most probable.
  public var isDecided: Bool { max(yes, no) > 1 - yes - no }
}

/// What was answered.
public enum AnswerRow: Hashable, Sendable {
  /// How probable yes and no are.
  case verdict(Verdict)
  /// A reply in its form, with the request for whoever reads the file.
  case reply(JSONValue, request: JSONValue)
  /// Nothing that could be used, even when asked again.
  case nothing

  /// The row as a value of JSON.
  func json(for key: AnswerKey) -> JSONValue {
    var members: [JSONValue.Member] = [.init("key", .string(key.digits))]
    switch self {
    case .verdict(let verdict):
      members += [.init("yes", .number(verdict.yes)), .init("no", .number(verdict.no))]
    case .reply(let reply, let request): members += [.init("reply", reply), .init("request", request)]
    case .nothing: members.append(.init("nothing", true))
    }
    return .object(members)
  }

  /// Reads what ``json(for:)`` has made; nil for anything else.
  static func entry(_ value: JSONValue) -> (AnswerKey, AnswerRow)? {
    guard let key = value["key"]?.text.flatMap(AnswerKey.init(digits:)) else { return nil }
    if let yes = value["yes"]?.double, let no = value["no"]?.double, yes >= 0, no >= 0, yes + no <= 1.000_001
    {
      return (key, .verdict(Verdict(yes: yes, no: no)))
    }
    if let reply = value["reply"] { return (key, .reply(reply, request: value["request"] ?? .null)) }
    return value["nothing"] == .bool(true) ? (key, .nothing) : nil
  }
}

/// Answers in a file to which rows are added, shared by all processes that lock it.
///
/// A last line that a killed process did not finish is passed over and ended by whoever writes next.
public final class AnswerTable: AnswerStore {
  /// The file.
  public let path: String
  private let asksAgain: Bool
  private let state = Mutex(State())

  private struct State {
    var rows: [AnswerKey: AnswerRow] = [:]
    /// How many bytes of the file have been read.
    var read = 0
  }

  /// The name of the file in the folder of what can be had again.
  public static let fileName = "answers.jsonl"

  /// Opens a table, or makes it.
  ///
  /// - Parameter asksAgain: Whether what gave nothing that could be used is asked again.
  /// - Throws: `FileError` where it cannot be read or written, or is something else.
  /// - Complexity: Linear in the file.
  public init(path: String, asksAgain: Bool = false) throws(FileError) {
    self.path = path
    self.asksAgain = asksAgain
    if let end = path.lastIndex(of: "/"), end > path.startIndex { try Folder.make(String(path[..<end])) }
    try OutputFile(path: path).requireKind("a table of answers") { $0.starts(with: #"{"key":""#.utf8) }
    try refresh()
  }

  /// How many rows there are.
  public var count: Int { state.withLock { $0.rows.count } }

  /// The row of a key; nil where there is none.
  public func row(for key: AnswerKey) -> AnswerRow? { state.withLock { $0.rows[key] } }

  /// Adds rows to the file, and takes over what others have added in the meantime.
  public func add(_ rows: [(key: AnswerKey, row: AnswerRow)]) throws(FileError) {
    guard !rows.isEmpty else { return }
    let text = rows.map { $0.row.json(for: $0.key).spelled + "\n" }.joined()
    try state.withLock { state throws(FileError) in
      let file = try LockedFile.awaiting(path)
      try catchUp(from: file, into: &state)
      try file.append(text)
      for (key, row) in rows { state.rows[key] = row }
    }
  }

  /// Takes over what others have added.
  public func refresh() throws(FileError) {
    try state.withLock { state throws(FileError) in
      try catchUp(from: try LockedFile.awaiting(path), into: &state)
    }
  }

  private func catchUp(from file: borrowing LockedFile, into state: inout State) throws(FileError) {
    let bytes = try file.read(from: state.read)
    guard let end = bytes.lastIndex(of: 0x0A) else { return }
    for line in bytes[...end].split(separator: 0x0A) {
      guard let value = try? JSONValue(parsing: Array(line)), let entry = AnswerRow.entry(value) else {
        continue
      }
      if asksAgain, entry.1 == .nothing { continue }
      state.rows[entry.0] = entry.1
    }
    state.read += end + 1
  }
}

/// Answers that are kept as long as a value lives, for tests and for programs that keep them elsewhere.
public final class AnswerMemory: AnswerStore {
  private let rows = Mutex([AnswerKey: AnswerRow]())

  /// Makes an empty one.
  public init() {}

  /// The row of a key; nil where there is none.
  public func row(for key: AnswerKey) -> AnswerRow? { rows.withLock { $0[key] } }

  /// Keeps rows.
  public func add(_ new: [(key: AnswerKey, row: AnswerRow)]) {
    rows.withLock { rows in
      for (key, row) in new { rows[key] = row }
    }
  }
}
