import ArgumentParser
import Dramatis
import FoundationEssentials

/// A branch of a session in a form for people or for other programs.
struct TranscriptExport {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, plain, json
    /// All branches, as `--resume` and `replay` take it.
    case transcript

    /// The format that a file's ending asks for.
    ///
    /// - Parameter advice: What else says it.
    init(path: String, advice: String = "") throws(Failure) {
      let file = path.split(separator: "/").last ?? ""
      switch file.split(separator: ".").dropFirst().last {
      case "md", "markdown": self = .markdown
      case "txt": self = .plain
      case "json": self = .json
      case "jsonl": self = .transcript
      default: throw Failure("the ending of \(path.oneLine) says no format: \(Self.endings)\(advice)", .usage)
      }
    }

    private static let endings =
      ".md for Markdown, .txt for plain text, .json for JSON, .jsonl for all of it, which can be gone on with"
  }

  /// Something that was said or that happened.
  struct Utterance: Encodable {
    let turn: Int
    let entry: Int
    let actor: String?
    let text: String
    /// Where the cast stands after the turn; nil for what is not a character's line.
    var states: [String: [String: String]]?
  }

  private struct Document: Encodable {
    let user: String?
    let characters: [String]
    let branch: String
    let utterances: [Utterance]
  }

  let transcript: Transcript
  let entry: Int

  init(_ transcript: Transcript, to entry: Int? = nil) {
    self.transcript = transcript
    self.entry = entry ?? transcript.head
  }

  func bytes(_ format: Format) throws -> [UInt8] {
    switch format {
    case .markdown: Array(markdown.utf8)
    case .plain: Array(plain.utf8)
    case .json: try json()
    case .transcript: transcript.bytes
    }
  }

  /// Everything said on the branch, in order.
  var utterances: [Utterance] {
    var turn = 0
    return transcript.path(to: entry).flatMap { entry -> [Utterance] in
      switch entry.content {
      case .opening(let opening):
        return [Utterance(turn: turn, entry: entry.id, actor: nil, text: opening.text)]
      case .greeting(let line):
        return [Utterance(turn: turn, entry: entry.id, actor: line.character, text: line.text)]
      case .change: return []
      case .turn(let taken):
        turn = taken.number
        let event = taken.said == nil ? taken.event.text ?? "(a scene)" : nil
        let states = Dictionary(taken.characters.map { ($0.character, $0.after.states) }) { first, _ in first
        }
        return [
          event.map { Utterance(turn: turn, entry: entry.id, actor: taken.event.actor, text: $0) },
          taken.line.map {
            Utterance(turn: turn, entry: entry.id, actor: $0.character, text: $0.text, states: states)
          },
        ].compactMap(\.self)
      }
    }
  }

  private var plain: String {
    utterances.map { ($0.actor.map { "\($0.oneLine): " } ?? "") + $0.text.shown + "\n" }.joined()
  }

  private var markdown: String {
    utterances.map { utterance in
      let name = utterance.actor.map { "**\($0.oneLine.markdownEscaped):** " } ?? ""
      return name + utterance.text.shown.markdownEscaped.replacing("\n", with: "  \n") + "\n\n"
    }.joined()
  }

  private func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let document = Document(
      user: transcript.header.user, characters: transcript.cast(at: entry).map(\.character),
      branch: transcript.branch, utterances: utterances)
    return Array(try encoder.encode(document)) + [0x0A]
  }
}

extension String {
  /// The text with everything escaped that Markdown would read as markup.
  fileprivate var markdownEscaped: String {
    map { "\\`*_[]<>#|&~".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
