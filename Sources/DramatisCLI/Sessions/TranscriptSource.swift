import Dramatis

/// A stored session as a user names it: its name, or the path of a transcript, or `-` for standard input.
struct TranscriptSource {
  let path: String
  let name: String

  /// Whether it is one of the store, and no path that somebody gave.
  private var isStored: Bool { name != path }

  init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// What has a slash or the ending of a transcript is a path; anything else the name of a session, else of a file.
  init(_ text: String) throws(Failure) {
    if text == InputStream.standardInput || text.contains("/") || text.hasSuffix(SessionName.fileEnding) {
      self.init(path: text, name: text)
      return
    }
    guard let name = SessionName(text) else {
      throw Failure("'\(text.oneLine)' names no session: \(SessionName.rule)", .usage)
    }
    let store = try SessionStore()
    let isFile = !OutputFile(path: store.path(of: name)).exists && OutputFile(path: text).exists
    if !isFile { try store.requireSession(name) }
    self.init(path: isFile ? text : store.path(of: name), name: text)
  }

  /// Where a session will be kept: under a name, or in a file whose path has a slash and the ending of a transcript.
  init(new text: String) throws(Failure) {
    if text.contains("/"), text.hasSuffix(SessionName.fileEnding) {
      self.init(path: text, name: text)
      return
    }
    guard let name = SessionName(text) else {
      throw Failure(
        "that cannot be the name of a session: \(SessionName.rule); or give FOLDER/NAME.jsonl", .usage)
    }
    let store = try SessionStore()
    try store.prepare()
    self.init(path: store.path(of: name), name: name.text)
  }

  /// Opens it to go on with it.
  func open() throws(Failure) -> TranscriptFile {
    do {
      return try TranscriptFile(opening: path)
    } catch {
      let isInput = ["not-a-transcript", "unsupported-version", "damaged", "too-large"].contains(error.code)
      throw Failure("\(name.oneLine): \(error)", isInput ? .input : .environment)
    }
  }

  /// Reads it without opening it for writing; a torn tail is left out.
  func transcript() throws(Failure) -> Transcript {
    let stream = try Failure.mapping(
      isStored ? try InputStream(found: path) : try InputStream(path: path))
    let bytes = try Failure.mapping(try stream.readAll(limit: Transcript.maximumBytes))
    do throws(TranscriptError) {
      return try Transcript(bytes: bytes)
    } catch .notATranscript {
      let advice = isStored ? "" : "; /export FILE.jsonl in a chat writes one"
      throw Failure("this is not a transcript of a session: \(name.oneLine)\(advice)", .input)
    } catch {
      throw Failure("\(name.oneLine): \(error)", .input)
    }
  }
}
