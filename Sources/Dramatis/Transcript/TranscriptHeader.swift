/// What a transcript begins with: all that its turns refer to.
public struct TranscriptHeader: Sendable, Codable {
  /// The version that this library writes and reads.
  public static let currentVersion = 1

  /// The version of the format.
  public let version: Int
  /// Decides all chance of the session.
  public let seed: UInt64
  /// What the characters call the user, where there is one.
  public let user: String?
  /// When the session began, as its maker chose to write it; nothing reads it but people.
  public let began: String?
  /// How many tokens of statements performers were handed; what each profile says unless given.
  public let statementBudget: Int?
  /// The programs that the session started with.
  public let cast: [Program]

  init(cast: [Program], seed: UInt64, user: String?, began: String?, statementBudget: Int?) {
    version = Self.currentVersion
    self.seed = seed
    self.user = user
    self.began = began
    self.statementBudget = statementBudget
    self.cast = cast
  }
}
