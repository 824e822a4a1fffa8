import Dramatis
import DramatisCompiler

/// What a character is codified from: a text, or the texts of a card.
public struct CodifySource: Sendable {
  /// What facts are found in.
  public let text: String
  /// The character's name, where somebody gave it.
  public let name: String?
  /// What it is called in the report.
  public let title: String
  /// What a card says of greetings, examples and the like, which is taken over as it stands.
  let card: CharacterCard?

  /// A text in prose.
  ///
  /// - Parameters:
  ///   - name: Whom to codify; nil for whoever the text is mainly about.
  ///   - title: What the text is called.
  public init(prose text: String, named name: String? = nil, title: String) {
    self.text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    self.name = name
    self.title = title
    card = nil
  }

  /// A character card: its description, personality and scenario are codified, its greetings and examples kept.
  public init(card: CharacterCard, title: String) {
    text = card.prose
    name = card.calls
    self.title = title
    self.card = card
  }

  /// The longest part that is shown at once, in characters.
  private static let window = 9_000

  /// The text in parts that end with a paragraph where they can.
  var windows: [String] {
    var windows: [String] = []
    var current = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = paragraph[...]
      while current.count + rest.count > Self.window {
        if current.contains(where: { !$0.isWhitespace }) {
          windows.append(current)
          current = ""
          continue
        }
        windows.append(String(rest.prefix(Self.window)))
        rest = rest.dropFirst(Self.window)
      }
      current += rest + "\n"
    }
    if current.contains(where: { !$0.isWhitespace }) { windows.append(current) }
    return windows
  }

  /// The words of a quote as they stand in the text, and in which line; nil where they do not.
  ///
  /// Breaks of lines, blanks and the style of quotation marks and dashes may differ, nothing else.
  func find(_ quote: String) -> (words: String, line: Int)? {
    let wanted = Array(quote.unicodeScalars.lazy.map(\.plain).filter { !$0.properties.isWhitespace })
    guard wanted.count >= 3, wanted.count < 4_000 else { return nil }
    return searchable.find(wanted)
  }

  private var searchable: SearchableText { SearchableText(text) }
}

/// A text without its blanks, with the place of each scalar that is left.
private struct SearchableText {
  private let text: String
  private var scalars: [Unicode.Scalar] = []
  private var places: [String.Index] = []

  init(_ text: String) {
    self.text = text
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      guard !scalar.properties.isWhitespace else { continue }
      scalars.append(scalar.plain)
      places.append(index)
    }
  }

  func find(_ wanted: [Unicode.Scalar]) -> (words: String, line: Int)? {
    guard let first = wanted.first, scalars.count >= wanted.count else { return nil }
    for start in 0...(scalars.count - wanted.count)
    where scalars[start] == first && scalars[start..<start + wanted.count].elementsEqual(wanted) {
      let end = text.unicodeScalars.index(after: places[start + wanted.count - 1])
      let words = text[places[start]..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return (words, text[..<places[start]].reduce(1) { $1.isNewline ? $0 + 1 : $0 })
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// The plain form of a quotation mark or a dash.
  fileprivate var plain: Unicode.Scalar {
    switch self {
    case "“", "”", "„", "«", "»", "″": "\""
    case "‘", "’", "‚", "`", "´": "'"
    case "–", "—", "‑", "−": "-"
    default: self
    }
  }
}
