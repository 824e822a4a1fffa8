import Dramatis

/// A question as it is put to a model: a question that says "her" together with who is meant.
struct AskedQuestion: Hashable {
  /// What is asked; in bytes, because equal strings may differ in normalisation.
  private let bytes: [UInt8]
  /// Whom the question means without a name; nil where nobody but its words tell.
  let character: Character?

  /// Who somebody is, in few words.
  struct Character: Hashable {
    let name: String
    let summary: String
  }

  init(_ question: Question, of program: Program?) {
    bytes = Array(question.text.utf8)
    character = program.flatMap { program in
      guard Self.pointsAtSomebody(question.text) else { return nil }
      return Character(name: program.character, summary: Self.beginning(of: program.summary))
    }
  }

  /// The question as it was written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What is put to the model; among the questions of several characters each says whom it means.
  func text(amongSeveral isAmongSeveral: Bool) -> String {
    guard isAmongSeveral, let character else { return text }
    return "(about \(character.name)) \(text)"
  }

  /// Whether a text means somebody whom it does not name.
  private static func pointsAtSomebody(_ text: String) -> Bool {
    text.lowercased().split { !$0.isLetter }.contains {
      PromptWords.allPronouns.contains(String($0))
    }
  }

  /// As many sentences as make up two lines, at least the first one's beginning.
  private static func beginning(of summary: String) -> String {
    let most = 200
    guard summary.count > most else { return summary }
    let start = summary.prefix(most)
    let end = start.lastIndex { ".!?。".contains($0) } ?? start.lastIndex(of: " ") ?? start.endIndex
    return String(end == start.endIndex ? start : start[...end]).trimmed { $0 == " " }
  }
}
