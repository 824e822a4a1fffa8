import FoundationEssentials

/// A branch of a session in a form for people or for other programs.
///
/// ```swift
/// let export = TranscriptExport(await session.transcript)
/// print(String(decoding: try export.bytes(as: .markdown), as: UTF8.self))
/// ```
public struct TranscriptExport: Sendable {
  /// What a branch can be written as.
  public enum Format: String, CaseIterable, Sendable {
    /// For people: what was said and what happened.
    case markdown, plain
    /// For other programs: the same with turns, entries and states.
    case json
    /// All branches, as sessions go on with and replays take it.
    case transcript

    /// The format that a file's ending asks for: `.md`, `.txt`, `.json` or `.jsonl`; nil for another one.
    public init?(ending path: String) {
      let file = path.split(separator: "/").last ?? ""
      switch file.split(separator: ".").dropFirst().last {
      case "md", "markdown": self = .markdown
      case "txt": self = .plain
      case "json": self = .json
      case "jsonl": self = .transcript
      default: return nil
      }
    }
  }

  /// Something that was said or that happened.
  public struct Utterance: Encodable, Hashable, Sendable {
    /// The number of the turn, and the entry of the transcript.
    public let turn, entry: Int
    /// Who said it; nil for what merely happened.
    public let actor: String?
    /// The words.
    public let text: String
    /// Why they end before their end; nil where they are whole.
    public let cut: LineCut?
    /// Where the cast stands after the turn, by character and machine; nil for what is not a character's line.
    public let states: [String: [String: String]]?
    /// Who alone was there to hear it, whoever says it among them; nil where all of the cast were.
    public var present: [String]?
  }

  private struct Document: Encodable {
    let user: String?
    let characters: [String]
    let branch: String
    let utterances: [Utterance]
  }

  private let transcript: Transcript
  private let entry: Int

  /// What was said on the way to an entry.
  ///
  /// - Parameter entry: The head of a branch, or any other entry; the head of the current branch unless given.
  public init(_ transcript: Transcript, to entry: Int? = nil) {
    self.transcript = transcript
    self.entry = entry ?? transcript.head
  }

  /// The branch in a form; without control sequences where it is one for people.
  ///
  /// - Throws: `EncodingError` where JSON cannot hold it.
  public func bytes(as format: Format) throws -> [UInt8] {
    switch format {
    case .markdown: Array(markdown.utf8)
    case .plain: Array(plain.utf8)
    case .json: try json()
    case .transcript: transcript.bytes
    }
  }

  /// Everything said on the branch, in order.
  public var utterances: [Utterance] {
    var turn = 0
    return transcript.path(to: entry).flatMap { entry -> [Utterance] in
      if let taken = entry.turnNumber { turn = taken }
      return Self.utterances(of: entry, in: turn)
    }
  }

  private static func utterances(of entry: TranscriptEntry, in turn: Int) -> [Utterance] {
    switch entry.content {
    case .opening(let opening):
      return [Utterance(turn: turn, entry: entry.id, actor: nil, text: opening.text, cut: nil, states: nil)]
    case .greeting(let line):
      return [
        Utterance(turn: turn, entry: entry.id, actor: line.character, text: line.text, cut: nil, states: nil)
      ]
    case .change: return []
    case .turn(let taken):
      let event =
        taken.said == nil
        ? taken.event.text ?? (taken.event.scene == nil ? "(\(taken.event.kind))" : "(a scene)") : nil
      let states = Dictionary(taken.characters.map { ($0.character, $0.after.states) }) { first, _ in first }
      return [
        event.map {
          Utterance(
            turn: turn, entry: entry.id, actor: taken.event.actor, text: $0, cut: nil, states: nil,
            present: taken.event.present)
        },
        taken.line.map {
          Utterance(
            turn: turn, entry: entry.id, actor: $0.character, text: $0.text, cut: $0.cut, states: states,
            present: taken.event.present)
        },
      ].compactMap(\.self)
    }
  }

  private var plain: String {
    utterances.map { utterance in
      let name = utterance.actor.map { "\($0.oneLine)\(utterance.whisper): " } ?? ""
      return name + utterance.text.strippedOfControls() + utterance.mark + "\n"
    }.joined()
  }

  private var markdown: String {
    utterances.map { utterance in
      let name =
        utterance.actor.map { "**\($0.oneLine.markdownEscaped)\(utterance.whisper.markdownEscaped):** " }
        ?? ""
      let text = utterance.text.strippedOfControls().markdownEscaped
      return name + text.replacing("\n", with: "  \n") + utterance.mark.markdownEscaped + "\n\n"
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

extension TranscriptExport.Utterance {
  /// What stands behind a line for people that ends before its end.
  fileprivate var mark: String { cut == nil ? "" : " […]" }

  /// What stands behind the name of whoever says it to some alone.
  fileprivate var whisper: String {
    guard let present else { return "" }
    let others = present.filter { $0 != actor }
    return others.isEmpty ? "" : " (to \(others.joined(separator: ", ").oneLine) alone)"
  }
}

extension String {
  /// The text with everything escaped that Markdown would read as markup.
  fileprivate var markdownEscaped: String {
    map { "\\`*_[]<>#|&~".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
