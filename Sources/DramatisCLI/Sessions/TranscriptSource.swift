import Dramatis
import DramatisCompiler

/// A stored session as a user names it: its name, or the path of a transcript, or `-` for standard input.
struct TranscriptSource {
  let path: String
  let name: String

  init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// What has a slash or the ending of a transcript is a path; anything else the name of a session.
  init(_ text: String) throws(Failure) {
    if text == InputStream.standardInput || text.contains("/") || text.hasSuffix(SessionName.fileEnding) {
      self.init(path: text, name: text)
      return
    }
    guard let name = SessionName(text) else {
      throw Failure("'\(text.oneLine)' names no session: \(SessionName.rule)", .usage)
    }
    let path = SessionStore().path(of: name)
    guard OutputFile(path: path).exists else {
      let near = nearest(text, among: SessionStore().names().map(\.text))
      let advice = near.map { "did you mean '\($0)'?" } ?? "'dramatis sessions' lists what there is"
      throw Failure("there is no session '\(text.oneLine)'; \(advice)", .input)
    }
    self.init(path: path, name: text)
  }

  /// Reads it without opening it for writing; a torn tail is left out.
  func transcript() throws(Failure) -> Transcript {
    let stream = try InputStream(path: path)
    let bytes = try stream.readAll(limit: Transcript.maximumBytes)
    do {
      return try Transcript(bytes: bytes)
    } catch {
      throw Failure("\(name.oneLine): \(error)", .input)
    }
  }
}
