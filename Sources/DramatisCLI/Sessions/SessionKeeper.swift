import Dramatis

/// Keeps a running session on disk, from its first turn on.
struct SessionKeeper: ~Copyable {
  /// The name that the file will have; nil when nothing is to be kept.
  private let planned: SessionName?
  /// There is none until there is a turn worth keeping.
  private var file: TranscriptFile?
  /// The name under which the session is kept; nil while it is not.
  private(set) var name: String?
  /// How many turns are safe on the disk, here or in a copy.
  private var keptTurns = 0

  /// Will keep a new session; nothing without a name.
  init(new name: SessionName?) {
    planned = name
    file = nil
  }

  /// Goes on keeping a session that was opened.
  init(_ file: consuming TranscriptFile, name: String) {
    planned = nil
    keptTurns = file.opened.transcript.turnCount
    self.file = consume file
    self.name = name
  }

  /// How many turns would be lost if the chat ended now; none where nothing is to be kept.
  func unsavedTurns(of transcript: Transcript) -> Int {
    planned == nil && file == nil ? 0 : max(transcript.turnCount - keptTurns, 0)
  }

  /// Takes note that all of a transcript was written to another file.
  mutating func noteCopy(of transcript: Transcript) {
    keptTurns = transcript.turnCount
  }

  /// Writes what is not on the disk yet, and waits for it.
  ///
  /// - Throws: ``Failure``; the next call tries all of it again.
  mutating func keep(_ transcript: Transcript) throws(Failure) {
    if file == nil {
      guard let planned, transcript.turnCount > 0 else { return }
      file = try create(planned, transcript)
    }
    do throws(TranscriptError) {
      try file?.append(transcript)
    } catch {
      throw Failure("\(error)", .environment)
    }
    keptTurns = transcript.turnCount
  }

  /// Keeps the session in another file from now on; what is in the old one stays there.
  mutating func save(_ transcript: Transcript, as new: TranscriptSource) throws(Failure) {
    do throws(TranscriptError) {
      file = try TranscriptFile(creating: new.path, with: transcript)
    } catch {
      throw Failure("\(error)", .environment)
    }
    name = new.name
    keptTurns = transcript.turnCount
  }

  private mutating func create(
    _ wanted: SessionName, _ transcript: Transcript
  ) throws(Failure) -> TranscriptFile {
    let store = try SessionStore()
    try store.prepare()
    var number = 1
    while let candidate = wanted.numbered(number) {
      do throws(TranscriptError) {
        let file = try TranscriptFile(creating: store.path(of: candidate), with: transcript)
        name = candidate.text
        return file
      } catch {
        guard error == .exists, number < 1000 else { throw Failure("\(error)", .environment) }
        number += 1
      }
    }
    throw Failure("\(TranscriptError.exists)", .environment)
  }
}
