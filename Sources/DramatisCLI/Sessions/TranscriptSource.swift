import ArgumentParser
import Dramatis

/// A kept session as a user names it: its name, or the path of a transcript, or `-` for standard input.
struct TranscriptSource {
  let location: SessionLocation

  /// What the session is called.
  var name: String { location.name }

  init(_ location: SessionLocation) {
    self.location = location
  }

  /// What has a slash or the ending of a transcript is a path; anything else the name of a session, else of a file.
  init(_ text: String) throws(Failure) {
    do throws(TranscriptError) {
      location = try SessionLocation(text)
    } catch .badName {
      throw Failure("'\(text.oneLine)' names no session: \(SessionName.rule)", .usage)
    } catch {
      throw Failure(error)
    }
  }

  /// Where a session will be kept: under a name, or in a file whose path has a slash and the ending of a transcript.
  init(new text: String) throws(Failure) {
    do throws(TranscriptError) {
      location = try SessionLocation(new: text)
    } catch .badName {
      throw Failure(
        "that cannot be the name of a session: \(SessionName.rule); or give FOLDER/NAME.jsonl", .usage)
    } catch {
      throw Failure(error)
    }
  }

  /// Opens it to go on with it.
  func open() throws(Failure) -> TranscriptFile {
    do {
      return try location.open()
    } catch {
      throw Failure("\(name.oneLine): \(error)", Failure(error).status)
    }
  }

  /// Reads it without opening it for writing; a torn tail is left out and told on standard error.
  func transcript() throws(Failure) -> Transcript {
    do {
      let transcript = try location.transcript()
      if transcript.tornBytes > 0 {
        Console.error.write("\(name.oneLine): \(TornTail.text(of: transcript.tornBytes)) left out\n")
      }
      return transcript
    } catch {
      let isForeign = error == .notATranscript && !location.isStored
      let advice = isForeign ? "; /export FILE.jsonl in a chat writes one" : ""
      throw Failure(error.message(about: name) + advice, Failure(error).status)
    }
  }

  /// The store of this user.
  static func store() throws(Failure) -> SessionStore {
    do {
      return try .standard()
    } catch {
      throw Failure(error)
    }
  }

  /// The names of all kept sessions; none where there is no place for them.
  static var names: [String] { (try? SessionStore.standard())?.names().map(\.text) ?? [] }
}

extension TornTail {
  /// What a crash left, as the beginning of a sentence.
  static func text(of count: Int) -> String {
    "the session ended in the middle of a turn: its last \(count.of("byte")) were"
  }

  /// The tail as a notice for people.
  var note: String { "\(Self.text(of: count)) cut off, and are kept in \(copy)".capitalisedFirst }
}

extension Failure {
  /// What went wrong with a transcript.
  init(_ error: TranscriptError) {
    let status: ExitStatus =
      switch error {
      case .notATranscript, .otherEncoding, .unsupportedVersion, .unsupportedRules, .damaged, .tooLarge,
        .misfit,
        .noSuchSession:
        .input
      case .badName: .usage
      case .inUse, .exists, .failed, .noStore: .environment
      }
    if case .noSuchSession(_, nearest: nil) = error {
      self.init("\(error); 'dramatis sessions' lists what there is", status)
    } else {
      self.init("\(error)", status)
    }
  }
}

extension SessionStore {
  /// Requires that there is a session of a name.
  func requireSession(_ name: SessionName) throws(Failure) {
    do {
      try require(name)
    } catch {
      throw Failure(error)
    }
  }
}

extension TranscriptExport.Format: ExpressibleByArgument {
  /// The format that a file's ending asks for.
  ///
  /// - Parameter advice: What else says it.
  init(path: String, advice: String = "") throws(Failure) {
    guard let format = Self(ending: path) else {
      throw Failure("the ending of \(path.oneLine) says no format: \(Self.endings)\(advice)", .usage)
    }
    self = format
  }

  private static let endings =
    ".md for Markdown, .txt for plain text, .json for JSON, .jsonl for all of it, which can be gone on with"
}
