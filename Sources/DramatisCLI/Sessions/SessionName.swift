import Dramatis
import FoundationEssentials

/// The name of a stored session, of which a file name is made without a further check.
struct SessionName: Hashable {
  static let fileEnding = ".jsonl"
  private static let maximumBytes = 100

  let text: String

  /// A name as a user writes it; nil for one that cannot be that of a file everywhere.
  init?(_ text: String) {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_-. ".contains($0) }
    guard isPlain, let first = text.first, first.isLetter || first.isNumber, text.last != " ",
      text.utf8.count <= Self.maximumBytes, !text.hasSuffix(Self.fileEnding)
    else { return nil }
    self.text = text
  }

  /// A name for a new session: who is in it, and when it began.
  init(cast: [Program], began: String) {
    let names = cast.map { program in
      let words = program.character.lowercased().split { !$0.isLetter && !$0.isNumber }
      return words.joined(separator: "-")
    }
    let short = names.joined(separator: "-").prefix(while: { _ in true }).prefix(20)
    let moment = began.filter(\.isNumber)
    let candidate = "\(short.isEmpty ? "chat" : String(short))-\(moment.prefix(8))-\(moment.dropFirst(8))"
    text = Self(candidate)?.text ?? "chat-\(moment)"
  }

  /// The name with a number, for when it is taken.
  func numbered(_ number: Int) -> SessionName? {
    number == 1 ? self : SessionName("\(text)-\(number)")
  }

  /// The names of all stored sessions as they are written; none where there is no place for them.
  static func stored() -> [String] {
    (try? SessionStore())?.names().map(\.text) ?? []
  }

  static let rule =
    "a name is letters, digits, spaces, '_', '-' and '.', begins with a letter or digit and has at most \(maximumBytes) bytes"
}
