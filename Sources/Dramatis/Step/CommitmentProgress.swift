/// Where a commitment stands: its status, and in which turn it got there.
///
/// Whether it is overdue depends on the turn; see ``Program/isOverdue(_:at:)``.
public struct CommitmentProgress: Hashable, Sendable {
  /// How far it has come.
  public internal(set) var status: CommitmentStatus
  /// The turn in which it was planted.
  public internal(set) var planted: Int?
  /// The turn in which a line was seen to hold the foreshadow as written.
  public internal(set) var written: Int?
  /// The turn in which its trigger held.
  public internal(set) var triggered: Int?
  /// The turn in which it was paid or abandoned.
  public internal(set) var settled: Int?
  /// The turn in which its payoff was seen before its trigger held.
  public internal(set) var early: Int?
  /// How many lines were to pay it and did not.
  public internal(set) var misses = 0
  /// Whether the trigger held on the last turns, the newest in the lowest bit; kept only where a window needs it.
  var recent: UInt32 = 0
  /// The turn of the lowest bit; kept only where a window needs it.
  var looked: Int?

  /// A commitment that stands somewhere, with nothing known of how it got there.
  package init(_ status: CommitmentStatus) {
    self.status = status
  }
}

extension CommitmentProgress: Codable {
  private enum Key: String, CodingKey {
    case status, planted, written, triggered, settled, early, misses, recent, looked
  }

  /// Reads a status alone, or an object that says more.
  public init(from decoder: any Decoder) throws {
    if let status = try? decoder.singleValueContainer().decode(CommitmentStatus.self) {
      self.init(status)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self.init(try container.decode(CommitmentStatus.self, forKey: .status))
    planted = try container.decodeIfPresent(Int.self, forKey: .planted)
    written = try container.decodeIfPresent(Int.self, forKey: .written)
    triggered = try container.decodeIfPresent(Int.self, forKey: .triggered)
    settled = try container.decodeIfPresent(Int.self, forKey: .settled)
    early = try container.decodeIfPresent(Int.self, forKey: .early)
    misses = try container.decodeIfPresent(Int.self, forKey: .misses) ?? 0
    recent = try container.decodeIfPresent(UInt32.self, forKey: .recent) ?? 0
    looked = try container.decodeIfPresent(Int.self, forKey: .looked)
  }

  /// Writes the status alone where there is no more to say.
  public func encode(to encoder: any Encoder) throws {
    guard self != CommitmentProgress(status) else {
      var container = encoder.singleValueContainer()
      return try container.encode(status)
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(status, forKey: .status)
    try container.encodeIfPresent(planted, forKey: .planted)
    try container.encodeIfPresent(written, forKey: .written)
    try container.encodeIfPresent(triggered, forKey: .triggered)
    try container.encodeIfPresent(settled, forKey: .settled)
    try container.encodeIfPresent(early, forKey: .early)
    if misses > 0 { try container.encode(misses, forKey: .misses) }
    if recent > 0 { try container.encode(recent, forKey: .recent) }
    try container.encodeIfPresent(looked, forKey: .looked)
  }
}

extension CommitmentProgress {
  /// The same with turns that a position of this turn can have, whatever was stored.
  func restored(at turn: Int) -> CommitmentProgress {
    var restored = self
    let hold = { (stored: Int?) in stored.map { min(max($0, 0), turn) } }
    restored.planted = hold(planted)
    restored.written = hold(written)
    restored.triggered = hold(triggered)
    restored.settled = hold(settled)
    restored.early = hold(early)
    restored.looked = hold(looked)
    restored.misses = min(max(misses, 0), turn)
    if status == .planted, planted == nil { restored.planted = turn }
    if status == .triggered, triggered == nil { restored.triggered = turn }
    return restored
  }

  /// The same in words, for whoever compares two of them.
  var text: String {
    let turns: [(String, Int?)] = [
      ("planted", planted), ("written", written), ("triggered", triggered), ("settled", settled),
      ("early", early), ("missed", misses == 0 ? nil : misses), ("recent", recent == 0 ? nil : Int(recent)),
    ]
    let parts = turns.compactMap { name, turn in turn.map { "\(name) \($0)" } }
    return parts.isEmpty ? status.rawValue : "\(status.rawValue) (\(parts.joined(separator: ", ")))"
  }
}
