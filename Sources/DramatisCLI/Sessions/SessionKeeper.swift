import Dramatis

/// Keeps a running session on disk, from its first turn on.
struct SessionKeeper: ~Copyable {
  private let store = SessionStore()
  /// The name that the file will have; nil when nothing is to be kept.
  private let planned: SessionName?
  /// There is none until there is a turn worth keeping.
  private var file: TranscriptFile?
  /// The name under which the session is kept; nil while it is not.
  private(set) var name: String?

  /// Will keep a new session; nothing without a name.
  init(new name: SessionName?) {
    planned = name
    file = nil
  }

  /// Goes on keeping a session that was opened.
  init(_ file: consuming TranscriptFile, name: String) {
    planned = nil
    self.file = consume file
    self.name = name
  }

  /// Writes what is not on the disk yet, and waits for it.
  ///
  /// - Throws: ``Failure``; the next call tries all of it again.
  mutating func keep(_ transcript: Transcript) throws(Failure) {
    do throws(TranscriptError) {
      if file == nil {
        guard let planned, transcript.entries.contains(where: \.isTurn) else { return }
        file = try create(planned, transcript)
      }
      try file?.append(transcript)
    } catch {
      throw Failure("\(error)", .environment)
    }
  }

  /// Keeps the session under another name from now on; what is under the old one stays there.
  mutating func save(_ transcript: Transcript, as new: SessionName) throws(Failure) {
    try store.prepare()
    do throws(TranscriptError) {
      file = try TranscriptFile(creating: store.path(of: new), with: transcript)
      name = new.text
    } catch {
      throw Failure("\(error)", .environment)
    }
  }

  private mutating func create(
    _ wanted: SessionName, _ transcript: Transcript
  ) throws(TranscriptError) -> TranscriptFile {
    try? store.prepare()
    var number = 1
    while let candidate = wanted.numbered(number) {
      do throws(TranscriptError) {
        let file = try TranscriptFile(creating: store.path(of: candidate), with: transcript)
        name = candidate.text
        return file
      } catch {
        guard error == .exists, number < 1000 else { throw error }
        number += 1
      }
    }
    throw .exists
  }
}
