/// The name of a kept session, of which a file name is made without a further check.
public struct SessionName: Hashable, Sendable {
  /// What a name has to be, in words.
  public static let rule =
    "a name is letters, digits, spaces, '_', '-' and '.', begins with a letter or digit and has at most \(maximumBytes) bytes"
  /// What the names of transcripts end with.
  public static let fileEnding = ".jsonl"

  private static let maximumBytes = 100

  /// The name as it is written.
  public let text: String

  /// A name as a user writes it; nil for one that cannot be that of a file everywhere, see ``rule``.
  public init?(_ text: String) {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_-. ".contains($0) }
    guard isPlain, let first = text.first, first.isLetter || first.isNumber, text.last != " ",
      text.utf8.count <= Self.maximumBytes, !text.hasSuffix(Self.fileEnding)
    else { return nil }
    self.text = text
  }

  /// A name for a new session: who is in it, and when it began.
  ///
  /// - Parameter began: A date and a time, of which the digits count, such as `2026-11-23T08:15:00Z`.
  public init(cast: [Program], began: String) {
    let names = cast.map { program in
      let words = program.character.lowercased().split { !$0.isLetter && !$0.isNumber }
      return words.joined(separator: "-")
    }
    let short = names.joined(separator: "-").prefix(20)
    let time = began.filter(\.isNumber)
    let candidate = "\(short.isEmpty ? "chat" : String(short))-\(time.prefix(8))-\(time.dropFirst(8))"
    text = Self(candidate)?.text ?? "chat-\(time)"
  }

  /// The name with a number, for when it is taken.
  func numbered(_ number: Int) -> SessionName? {
    number == 1 ? self : SessionName("\(text)-\(number)")
  }
}

/// Where a session is or will be kept: under a name in a store, or in a file that somebody named.
public struct SessionLocation: Hashable, Sendable {
  /// The path of the transcript; `-` for standard input.
  public let path: String
  /// The session's name, or the path again.
  public let name: String

  /// Whether it is one of a store, and no path that somebody gave.
  package var isStored: Bool { name != path }

  private init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// A session of a store, whether it is there or not.
  public init(of name: SessionName, in store: SessionStore) {
    self.init(path: store.path(of: name), name: name.text)
  }

  /// What a person means who names a session that is there.
  ///
  /// What has a slash or the ending of a transcript is a path, `-` is standard input; anything else is the name of a
  /// session, else of a file.
  ///
  /// - Parameter store: Where sessions are looked for; the user's own unless given.
  /// - Throws: ``TranscriptError/badName(_:)``, ``TranscriptError/noStore``, or
  ///   ``TranscriptError/noSuchSession(_:nearest:)``.
  public init(_ text: String, in store: SessionStore? = nil) throws(TranscriptError) {
    if text == InputStream.standardInput || text.contains("/") || text.hasSuffix(SessionName.fileEnding) {
      self.init(path: text, name: text)
      return
    }
    guard let name = SessionName(text) else { throw .badName(text) }
    let store = if let store { store } else { try SessionStore.standard() }
    let isFile = FileStatus(store.path(of: name)) == nil && FileStatus(text) != nil
    if !isFile { try store.require(name) }
    self.init(path: isFile ? text : store.path(of: name), name: text)
  }

  /// Where a person wants a session to be kept: under a name, or in a file whose path has a slash and the ending of a
  /// transcript.
  ///
  /// - Parameter store: Where it is kept under a name; the user's own unless given.
  /// - Throws: ``TranscriptError/badName(_:)``, or another ``TranscriptError`` where the folder cannot be made.
  public init(new text: String, in store: SessionStore? = nil) throws(TranscriptError) {
    if text.contains("/"), text.hasSuffix(SessionName.fileEnding) {
      self.init(path: text, name: text)
      return
    }
    guard let name = SessionName(text) else { throw .badName(text) }
    let store = if let store { store } else { try SessionStore.standard() }
    try store.prepare()
    self.init(of: name, in: store)
  }

  /// Opens the transcript to go on with it.
  public func open() throws(TranscriptError) -> TranscriptFile {
    try TranscriptFile(opening: path)
  }

  /// Reads the transcript without opening it for writing; a torn tail is left out.
  ///
  /// - Throws: ``TranscriptError``; a session that was found and not named has to be a plain file.
  public func transcript() throws(TranscriptError) -> Transcript {
    let bytes: [UInt8]
    do {
      let stream = isStored ? try InputStream(found: path) : try InputStream(path: path)
      bytes = try stream.readAll(limit: Transcript.maximumBytes)
    } catch {
      throw TranscriptError(error)
    }
    return try Transcript(bytes: bytes)
  }
}
