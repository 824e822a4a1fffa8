/// A transcript on disk, opened by one session at a time and only ever appended to.
///
/// What ``append(_:)`` has returned from is on the disk: it outlives the process and a power cut.
///
/// ```swift
/// var file = try TranscriptFile(creating: path, with: await session.transcript)
/// let turn = try await session.respond(to: event)
/// try file.append(await session.transcript)
/// ```
public struct TranscriptFile: ~Copyable, Sendable {
  /// Where the file is.
  public let path: String
  /// What the file held when it was opened or made, and what was cut off its end.
  public let opened: (transcript: Transcript, cut: TornTail?)

  private let file: LockedFile
  private let calls: FileCalls
  /// How many records of the transcript are on the disk, and how many bytes they take.
  private var written: (records: Int, length: Int)
  private var isBroken = false

  /// Makes a file that must not be there yet, with all of a transcript in it.
  ///
  /// It takes its name only when it is complete, so that nobody ever sees half of it.
  ///
  /// - Throws: ``TranscriptError``; there is then no file of this name that was not there before.
  public init(creating path: String, with transcript: Transcript) throws(TranscriptError) {
    try self.init(creating: path, with: transcript, calls: .system)
  }

  init(creating path: String, with transcript: Transcript, calls: FileCalls) throws(TranscriptError) {
    guard FileStatus(path) == nil else { throw .exists }
    let draft = try LockedFile.draft(of: path, ending: "new")
    let bytes = transcript.bytes
    do {
      try calls.write(bytes[...], to: draft, at: 0)
      try calls.sync(draft)
      try draft.name(path)
    } catch {
      draft.remove()
      throw error
    }
    self.init(draft, at: path, calls, opened: (transcript, nil), length: bytes.count)
  }

  /// Opens a file to go on with it; see ``opened`` for what it holds.
  ///
  /// A torn tail, which a crash in the middle of an append leaves, is copied to a file beside it and cut off.
  ///
  /// - Throws: ``TranscriptError``; the file is then as it was.
  public init(opening path: String) throws(TranscriptError) {
    try self.init(opening: path, calls: .system)
  }

  init(opening path: String, calls: FileCalls) throws(TranscriptError) {
    let file = try LockedFile.transcript(path)
    let bytes = try file.transcriptBytes()
    let (transcript, length) = try Transcript.read(bytes)
    var cut: TornTail?
    if length < bytes.count {
      cut = try TornTail(bytes[length...], of: path, calls)
      try file.cutSession(to: length)
    }
    self.init(file, at: path, calls, opened: (transcript, cut), length: length)
  }

  private init(
    _ file: consuming LockedFile, at path: String, _ calls: FileCalls,
    opened: (transcript: Transcript, cut: TornTail?), length: Int
  ) {
    self.path = path
    self.calls = calls
    self.opened = opened
    self.file = file
    written = (opened.transcript.records.count, length)
  }

  /// Writes whatever the transcript has beyond what the file holds, and waits until it is on the disk.
  ///
  /// - Parameter transcript: The one that the file was made with or opened with, gone on since.
  /// - Throws: ``TranscriptError/failed(operation:reason:)``. What was written before stays as it is; once there is
  ///   space again, the same call writes all that is missing. After a failure of the disk itself nothing more is
  ///   written to this file.
  public mutating func append(_ transcript: Transcript) throws(TranscriptError) {
    guard !isBroken else {
      throw .failed(operation: "write the session", reason: "the disk failed; save it elsewhere")
    }
    let missing = transcript.records[min(written.records, transcript.records.count)...]
    guard !missing.isEmpty else { return }
    let bytes = transcript.bytes(of: missing)
    do {
      try calls.write(bytes[...], to: file, at: written.length)
    } catch {
      // Half a line would hide what a later call appends.
      try? file.cutSession(to: written.length)
      throw error
    }
    do {
      try calls.sync(file)
    } catch {
      // After a failed sync nobody knows what is on the disk, and a second one would claim success.
      isBroken = true
      throw error
    }
    written = (transcript.records.count, written.length + bytes.count)
  }
}

extension TranscriptFile {
  /// Gives a transcript another name in the same folder; what has that name already is not touched.
  ///
  /// - Throws: ``TranscriptError``, among others where a session has it open.
  public static func rename(_ path: String, to new: String) throws(TranscriptError) {
    try LockedFile.transcript(path).name(new)
  }

  /// Deletes a transcript that no session has open.
  ///
  /// - Throws: ``TranscriptError``.
  public static func delete(_ path: String) throws(TranscriptError) {
    let file = try LockedFile.transcript(path)
    do throws(SystemError) {
      try Platform.unlink(file.path)
    } catch {
      throw TranscriptError(error, in: "delete \(path)")
    }
  }
}

/// Bytes at the end of a transcript that were not written to their end.
public struct TornTail: Hashable, Sendable {
  /// How many bytes were cut off.
  public let count: Int
  /// Where a copy of them is.
  public let copy: String

  init(_ bytes: ArraySlice<UInt8>, of path: String, _ calls: FileCalls) throws(TranscriptError) {
    let file = try LockedFile.draft(of: path, ending: "torn")
    try calls.write(bytes, to: file, at: 0)
    try calls.sync(file)
    count = bytes.count
    copy = file.path
  }
}

/// What is done with the file of a session, and told of in its words.
extension LockedFile {
  /// Opens a transcript that is there.
  fileprivate static func transcript(_ path: String) throws(TranscriptError) -> LockedFile {
    do throws(FileError) {
      return try opening(path)
    } catch {
      throw TranscriptError(error)
    }
  }

  /// Makes a file beside a transcript.
  fileprivate static func draft(of path: String, ending: String) throws(TranscriptError) -> LockedFile {
    do throws(FileError) {
      return try making(beside: path, ending: ending)
    } catch {
      throw TranscriptError(error)
    }
  }

  /// Gives a file its name, unless there is a file of that name by now.
  fileprivate func name(_ path: String) throws(TranscriptError) {
    do throws(FileError) {
      guard try !rename(to: path) else { return }
    } catch {
      throw TranscriptError(error)
    }
    throw .exists
  }

  /// Removes a draft that did not come to be.
  fileprivate func remove() {
    try? Platform.unlink(path)
  }

  fileprivate func cutSession(to length: Int) throws(TranscriptError) {
    do throws(SystemError) {
      try file.cut(to: length)
    } catch {
      throw TranscriptError(error, in: "cut the end off the session")
    }
  }

  /// All bytes, unless they are more than a transcript has.
  fileprivate func transcriptBytes() throws(TranscriptError) -> [UInt8] {
    guard let size = file.status?.size else { throw TranscriptError(.last, in: "read the session") }
    guard size <= Transcript.maximumBytes else { throw .tooLarge(limit: Transcript.maximumBytes) }
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while bytes.count < size {
        let piece = try file.read(atMost: size - bytes.count, at: bytes.count)
        if piece.isEmpty { break }
        bytes += piece
      }
    } catch {
      throw TranscriptError(error, in: "read the session")
    }
    return bytes
  }
}

extension TranscriptError {
  /// - Parameter operation: What a system call failed to do.
  init(_ error: SystemError, in operation: String) {
    self = .failed(operation: operation, reason: "\(error)")
  }

  fileprivate init(_ error: FileError) {
    self =
      switch error.kind {
      case .notPlain, .otherKind: .notATranscript
      case .locked(let process): .inUse(process: process)
      case .exists: .exists
      case .tooLarge(let limit): .tooLarge(limit: limit)
      case .refused("lock", let reason): .failed(operation: "lock the session", reason: reason)
      case .refused(let operation, let reason):
        .failed(operation: "\(operation) \(error.path)", reason: reason)
      case .unnamed: .failed(operation: "open \(error.path)", reason: error.description)
      }
  }
}
