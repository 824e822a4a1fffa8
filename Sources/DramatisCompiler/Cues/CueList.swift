import Dramatis
import Synchronization

/// A list of cues that ships, which a question takes over by name: `cues: ["@thank"]`.
///
/// The lists of a language are one file of `Profiles/Cues`; adding a language is adding a file.
public struct CueList: Hashable, Sendable, Codable {
  /// The name, without the `@`.
  public let name: String
  /// The tag of its language, such as `en`.
  public let language: String
  /// What a match means, in a sentence.
  public let meaning: String
  /// Phrases whose presence means yes.
  public let cues: [String]
  /// Phrases whose presence means no.
  public let counterCues: [String]

  /// The language of the lists that are named where nobody says which language is spoken.
  public static let standardLanguage = "en"

  /// The tags of the languages that there are lists in, sorted.
  public static let languages = EmbeddedTexts.names.compactMap { name in
    name.hasPrefix(filePrefix) ? String(name.dropFirst(filePrefix.count)) : nil
  }.sorted()

  /// The lists of a language in the order of their file; none where there are none in it.
  ///
  /// A file is read when somebody asks for it first, in time in proportion to it.
  public static func all(in language: String) -> [CueList] {
    read.withLock { read in
      if let lists = read[language] { return lists }
      let lists = EmbeddedTexts.text(filePrefix + language).flatMap { CueList.read($0, language) } ?? []
      read[language] = lists
      return lists
    }
  }

  /// The list of a name; nil where there is none.
  public static func named(_ name: String, in language: String) -> CueList? {
    all(in: language).first { $0.name == name }
  }

  private static let filePrefix = "cues."
  private static let read = Mutex<[String: [CueList]]>([:])

  private static func read(_ text: String, _ language: String) -> [CueList]? {
    let root = DocumentReader().read(name: filePrefix + language, bytes: Array(text.utf8)).root
    return root?.entries.first { $0.key.text == "lists" }?.value.entries.map { entry in
      func texts(_ key: String) -> [String] {
        entry.value.entries.first { $0.key.text == key }?.value.elements.map(\.text) ?? []
      }
      return CueList(
        name: entry.key.text, language: language, meaning: texts("means").first ?? "", cues: texts("cues"),
        counterCues: texts("counter-cues"))
    }
  }
}

/// What an element of `cues` or `counter-cues` is.
enum CueElement: Equatable {
  /// A phrase that is looked for.
  case phrase
  /// All cues of a list that ships: `@thank`, or `@thank.de`.
  case list(name: String, language: String?)
  /// A phrase of the lists beside it that is left out: `-cheers`.
  case cut(String)

  init(_ text: String) {
    let rest = text.dropFirst()
    guard let first = rest.first, first.isLetter || first.isNumber || first == "*" else {
      self = .phrase
      return
    }
    switch text.first {
    case "@":
      let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      self = .list(name: String(parts[0]), language: parts.count > 1 ? String(parts[1]) : nil)
    case "-": self = .cut(String(rest))
    default: self = .phrase
    }
  }
}
