import Dramatis

/// Who is named before what is said.
enum Speaker: Hashable, Sendable {
  /// The character whose line it is.
  case own
  /// Whoever the model speaks as: the character, but another time where something was said.
  case ownRole
  /// Anybody else.
  case other
  /// What was written for the character only.
  case direction
}

/// Everybody whose name a model may write before what it says, in all forms in which models write names there.
struct SpeakerNames: Sendable {
  /// A name as it is compared, and where it counts.
  struct Name: Sendable {
    let folded: [Unicode.Scalar]
    let speaker: Speaker
    /// Whether it is a role of a template, and so a common word too.
    var isRole = false
    /// Whether it counts only with a mark before it, such as `###` or `{{`.
    var needsMark = false
    /// Whether it counts only after something was said.
    var isNeverFirst = false
    /// Whether it counts alone on a line.
    var mayStandAlone = false
  }

  let names: [Name]

  /// - Parameters:
  ///   - others: Everybody else who is known by name.
  ///   - direction: With what the direction for the character begins, without what surrounds it.
  init(of program: Program, others: [String] = [], direction: String = "") {
    let own = [program.character] + program.aliases
    let others = others.filter { !$0.isEmpty && !program.isCalled($0) }
    var known: Set<[Unicode.Scalar]> = []
    var names: [Name] = []
    func add(_ new: [Name]) {
      for name in new where !name.folded.isEmpty && known.insert(name.folded).inserted { names.append(name) }
    }
    add(own.map { Name(folded: $0.label, speaker: .own, mayStandAlone: true) })
    add(
      own.flatMap { name in Self.articles.map { Name(folded: $0 + " ".label + name.label, speaker: .own) } })
    add(others.map { Name(folded: $0.label, speaker: .other) })
    add([Name(folded: direction.label, speaker: .direction)])
    let otherParts = others.flatMap(Self.parts)
    let ownParts = own.flatMap(Self.parts).filter { !otherParts.contains($0) }
    add(ownParts.map { Name(folded: $0, speaker: .own) })
    add(otherParts.map { Name(folded: $0, speaker: .other) })
    add(Self.roles)
    self.names = names
  }

  /// The first and the last word of a name of several, by which people are called too.
  private static func parts(of name: String) -> [[Unicode.Scalar]] {
    let words = name.split(separator: " ").map { String($0).label }
    guard words.count > 1, let first = words.first, let last = words.last else { return [] }
    return [first, last].filter { $0.count > 2 && !articles.contains($0) }
  }

  private static let articles = ["the", "der", "die", "das", "les", "los", "las"].map(\.label)

  /// What templates and their readers call whoever speaks.
  private static let roles: [Name] =
    ["assistant"].map { Name(folded: $0.label, speaker: .ownRole, isRole: true, mayStandAlone: true) }
    + [
      "ai", "bot", "chatbot", "model", "character", "assistent", "asistente", "assistente", "助手", "ассистент",
    ].map {
      Name(folded: $0.label, speaker: .ownRole, isRole: true)
    }
    + ["response", "answer", "output", "char", "reply"].map {
      Name(folded: $0.label, speaker: .ownRole, isRole: true, needsMark: true)
    }
    + ["user", "human"].map { Name(folded: $0.label, speaker: .other, isRole: true, mayStandAlone: true) }
    + [
      "player", "benutzer", "nutzer", "utilisateur", "usuario", "utente", "用户", "用戶", "пользователь", "사용자",
      "ユーザー",
    ].map {
      Name(folded: $0.label, speaker: .other, isRole: true)
    }
    + [
      "you", "narrator", "erzähler", "guest", "stranger", "customer", "traveler", "traveller", "visitor",
      "gast", "kunde", "fremder",
    ].map {
      Name(folded: $0.label, speaker: .other, isRole: true, isNeverFirst: true)
    }
    + ["instruction", "instructions", "input", "system", "prompt", "question"].map {
      Name(folded: $0.label, speaker: .other, isRole: true, needsMark: true)
    }
}

extension String {
  /// The scalars by which names are compared.
  var label: [Unicode.Scalar] { unicodeScalars.map(\.labelled) }
}

extension Unicode.Scalar {
  /// The same in small letters, with plain spaces and apostrophes.
  var labelled: Unicode.Scalar {
    if value < 0x80 { return (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self }
    switch self {
    case "’", "ʼ": return "'"
    case "\u{A0}", "\u{202F}", "\u{2009}": return " "
    default: return properties.lowercaseMapping.unicodeScalars.first ?? self
    }
  }
}
