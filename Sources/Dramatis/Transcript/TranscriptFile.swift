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
  private let calls: SystemCalls
  /// How many records of the transcript are on the disk, and how many bytes they take.
  private var written: (records: Int, length: Int)
  private var isBroken = false
  /// Whether the last line of the file has no break yet.
  private var isOpen = false

  /// Makes a file that must not be there yet, with all of a transcript in it.
  ///
  /// It takes its name only when it is complete, so that nobody ever sees half of it.
  ///
  /// - Throws: ``TranscriptError``; there is then no file of this name that was not there before.
  public init(creating path: String, with transcript: Transcript) throws(TranscriptError) {
    try self.init(creating: path, with: transcript, calls: .live)
  }

  init(creating path: String, with transcript: Transcript, calls: SystemCalls) throws(TranscriptError) {
    guard FileStatus(path) == nil else { throw .exists }
    let draft = try LockedFile.draft(beside: path, ending: "new")
    let bytes = transcript.bytes
    do throws(TranscriptError) {
      try calls.write(bytes[...], to: draft, at: 0)
      try calls.sync(draft)
      try draft.claim(path)
    } catch {
      try? Platform.unlink(draft.path)
      throw error
    }
    self.init(draft, at: path, calls: calls, opened: (transcript, nil), length: bytes.count)
  }

  /// Opens a file to go on with it; see ``opened`` for what it holds.
  ///
  /// A torn tail, which a crash in the middle of an append leaves, is copied to a file beside it and cut off.
  ///
  /// - Throws: ``TranscriptError``; the file is then as it was.
  public init(opening path: String) throws(TranscriptError) {
    let file = try LockedFile.transcript(at: path)
    let bytes = try file.readAll(limit: Transcript.maximumBytes)
    let (transcript, length, isOpen) = try Transcript.read(bytes)
    var cut: TornTail?
    if length < bytes.count {
      cut = try TornTail(bytes[length...], of: path)
      try file.cut(to: length)
    }
    self.init(file, at: path, calls: .live, opened: (transcript, cut), length: length)
    self.isOpen = isOpen
  }

  private init(
    _ file: consuming LockedFile, at path: String, calls: SystemCalls,
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
    let bytes = (isOpen ? [0x0A] : []) + transcript.bytes(of: missing)
    do {
      try calls.write(bytes[...], to: file, at: written.length)
    } catch {
      // Half a line would hide what a later call appends.
      try? file.cut(to: written.length)
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
    isOpen = false
  }

  /// Gives a transcript another name in the same folder; what has that name already is not touched.
  ///
  /// - Throws: ``TranscriptError``, among others where a session has it open.
  public static func rename(_ path: String, to new: String) throws(TranscriptError) {
    let file = try LockedFile.transcript(at: path)
    try file.claim(new)
  }

  /// Deletes a transcript that no session has open.
  ///
  /// - Throws: ``TranscriptError``.
  public static func delete(_ path: String) throws(TranscriptError) {
    let file = try LockedFile.transcript(at: path)
    do throws(SystemError) {
      try Platform.unlink(file.path)
    } catch {
      throw .failed(operation: "delete \(path)", reason: "\(error)")
    }
  }
}

/// Bytes at the end of a transcript that were not written to their end.
public struct TornTail: Hashable, Sendable {
  /// How many bytes were cut off.
  public let count: Int
  /// Where a copy of them is.
  public let copy: String

  fileprivate init(_ bytes: ArraySlice<UInt8>, of path: String) throws(TranscriptError) {
    let file = try LockedFile.draft(beside: path, ending: "torn")
    try SystemCalls.live.write(bytes, to: file, at: 0)
    try SystemCalls.live.sync(file)
    count = bytes.count
    copy = file.path
  }
}

/// The two system calls that can fail late, so that tests can make them fail.
struct SystemCalls: Sendable {
  /// Writes some of some bytes at a place of a file: how many, or -1.
  var write: @Sendable (UnsafeRawBufferPointer, _ file: Int32, _ place: Int) -> Int
  /// Waits until what was written is on the disk: 0, or -1.
  var sync: @Sendable (_ file: Int32) -> Int32

  static let live = SystemCalls(
    write: { OpenFile.write($0, to: $1, at: $2) }, sync: { OpenFile.syncContent(of: $0) })

  /// Writes all bytes at a place, however small the pieces.
  fileprivate func write(
    _ bytes: ArraySlice<UInt8>, to locked: borrowing LockedFile, at place: Int
  ) throws(TranscriptError) {
    let number = locked.file.number
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write($0, number, place + bytes.count - rest.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else {
        let error = count == 0 ? SystemError.noSpace : .last
        guard error == .interrupted else {
          throw .failed(operation: "write the session", reason: "\(error)")
        }
      }
    }
  }

  /// Waits until the file is on the disk.
  fileprivate func sync(_ locked: borrowing LockedFile) throws(TranscriptError) {
    while sync(locked.file.number) != 0 {
      let error = SystemError.last
      guard error == .interrupted else {
        throw .failed(operation: "write the session to the disk", reason: "\(error)")
      }
    }
  }
}

extension LockedFile {
  fileprivate static func transcript(at path: String) throws(TranscriptError) -> LockedFile {
    do {
      return try opening(path)
    } catch {
      throw TranscriptError(error)
    }
  }

  fileprivate static func draft(
    beside path: String, ending: String
  ) throws(TranscriptError) -> LockedFile {
    do {
      return try making(beside: path, ending: ending)
    } catch {
      throw TranscriptError(error)
    }
  }

  /// Takes a name that nobody has.
  fileprivate func claim(_ path: String) throws(TranscriptError) {
    let isClaimed: Bool
    do {
      isClaimed = try rename(to: path)
    } catch {
      throw TranscriptError(error)
    }
    guard isClaimed else { throw .exists }
  }

  fileprivate func cut(to length: Int) throws(TranscriptError) {
    do {
      try file.cut(to: length)
    } catch {
      throw .failed(operation: "cut the end off the session", reason: "\(error)")
    }
  }

  /// All bytes, unless they are more than a limit.
  fileprivate func readAll(limit: Int) throws(TranscriptError) -> [UInt8] {
    let size = file.status?.size ?? 0
    guard size <= limit else { throw .tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    do {
      while bytes.count < size {
        let piece = try file.read(atMost: size - bytes.count, at: bytes.count)
        if piece.isEmpty { break }
        bytes += piece
      }
    } catch {
      throw .failed(operation: "read the session", reason: "\(error)")
    }
    return bytes
  }
}

extension TranscriptError {
  /// What went wrong with the file of a transcript.
  init(_ error: FileError) {
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

  /// The message where it must say which transcript is meant.
  package func message(about name: String) -> String {
    switch self {
    case .failed: "\(self)"
    case .notATranscript: "\(self): \(name.oneLine)"
    default: "\(name.oneLine): \(self)"
    }
  }
}
