/// Keeps a running session in a file, from its first turn on.
///
/// ```swift
/// let name = SessionName(cast: await session.cast, began: "20261123T081500Z")
/// var keeper = SessionKeeper(new: name, in: try SessionStore.standard())
/// _ = try await session.respond(to: event)
/// try keeper.keep(await session.transcript)  // returns when it is on the disk
/// ```
public struct SessionKeeper: ~Copyable, Sendable {
  /// The name that the file will have; nil when nothing is to be kept.
  private let planned: SessionName?
  /// Where the file will be; nil where there is no place for it.
  private let store: SessionStore?
  /// There is none until there is a turn worth keeping.
  private var file: TranscriptFile?
  /// The name under which the session is kept; nil while it is not.
  public private(set) var name: String?
  /// How many turns are safe on the disk, here or in a copy.
  private var keptTurns = 0

  /// How many names are tried for a session whose name is taken.
  private static let attempts = 1000

  /// Will keep a new session in a store, as soon as a turn was taken.
  ///
  /// - Parameters:
  ///   - name: What it will be called, with a number where there is such a session already; nil to keep nothing.
  ///   - store: Where it will be kept; without one ``keep(_:)`` throws.
  public init(new name: SessionName?, in store: SessionStore?) {
    planned = name
    self.store = store
    file = nil
  }

  /// Goes on keeping a session in the file that it was read from.
  ///
  /// - Parameters:
  ///   - file: The file, opened.
  ///   - name: What the session is called.
  public init(_ file: consuming TranscriptFile, name: String) {
    planned = nil
    store = nil
    keptTurns = file.opened.transcript.turnCount
    self.file = consume file
    self.name = name
  }

  /// How many turns would be lost if the session ended now; none where nothing is to be kept.
  public func unsavedTurns(of transcript: Transcript) -> Int {
    planned == nil && file == nil ? 0 : max(transcript.turnCount - keptTurns, 0)
  }

  /// Takes note that all of a transcript was written to another file.
  public mutating func noteCopy(of transcript: Transcript) {
    keptTurns = transcript.turnCount
  }

  /// Writes what is not on the disk yet, and waits for it.
  ///
  /// - Throws: ``TranscriptError``; the next call tries all of it again.
  public mutating func keep(_ transcript: Transcript) throws(TranscriptError) {
    if file == nil {
      guard let planned, transcript.turnCount > 0 else { return }
      file = try create(planned, with: transcript)
    }
    try file?.append(transcript)
    keptTurns = transcript.turnCount
  }

  /// Keeps the session in another file from now on; what is in the old one stays there.
  ///
  /// - Throws: ``TranscriptError``; the session is then kept where it was.
  public mutating func save(_ transcript: Transcript, as new: SessionLocation) throws(TranscriptError) {
    file = try TranscriptFile(creating: new.path, with: transcript)
    name = new.name
    keptTurns = transcript.turnCount
  }

  private mutating func create(
    _ wanted: SessionName, with transcript: Transcript
  ) throws(TranscriptError) -> TranscriptFile {
    guard let store else { throw .noStore }
    try store.prepare()
    for number in 1...Self.attempts {
      guard let candidate = wanted.numbered(number) else { break }
      do throws(TranscriptError) {
        let file = try TranscriptFile(creating: store.path(of: candidate), with: transcript)
        name = candidate.text
        return file
      } catch {
        guard error == .exists else { throw error }
      }
    }
    throw .exists
  }
}
