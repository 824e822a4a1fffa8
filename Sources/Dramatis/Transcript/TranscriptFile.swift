#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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

  private let descriptor: LockedDescriptor
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
    guard access(path, F_OK) != 0 else { throw .exists }
    let draft = try LockedDescriptor.beside(path, ending: "new")
    let bytes = transcript.bytes
    do {
      try calls.write(bytes[...], to: draft, at: 0)
      try calls.sync(draft)
      try draft.takeName(path)
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
    let descriptor = try LockedDescriptor.opening(path)
    let bytes = try descriptor.readAll(limit: Transcript.maximumBytes)
    let (transcript, length) = try Transcript.read(bytes)
    var cut: TornTail?
    if length < bytes.count {
      cut = try TornTail(bytes[length...], of: path, calls)
      try descriptor.cut(to: length)
    }
    self.init(descriptor, at: path, calls, opened: (transcript, cut), length: length)
  }

  private init(
    _ descriptor: consuming LockedDescriptor, at path: String, _ calls: FileCalls,
    opened: (transcript: Transcript, cut: TornTail?), length: Int
  ) {
    self.path = path
    self.calls = calls
    self.opened = opened
    self.descriptor = descriptor
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
      try calls.write(bytes[...], to: descriptor, at: written.length)
    } catch {
      // Half a line would hide what a later call appends.
      try? descriptor.cut(to: written.length)
      throw error
    }
    do {
      try calls.sync(descriptor)
    } catch {
      // After a failed sync nobody knows what is on the disk, and a second one would claim success.
      isBroken = true
      throw error
    }
    written = (transcript.records.count, written.length + bytes.count)
  }
}

/// Bytes at the end of a transcript that were not written to their end.
public struct TornTail: Hashable, Sendable {
  /// How many bytes were cut off.
  public let count: Int
  /// Where a copy of them is.
  public let copy: String

  init(_ bytes: ArraySlice<UInt8>, of path: String, _ calls: FileCalls) throws(TranscriptError) {
    let file = try LockedDescriptor.beside(path, ending: "torn")
    try calls.write(bytes, to: file, at: 0)
    try calls.sync(file)
    count = bytes.count
    copy = file.path
  }
}
