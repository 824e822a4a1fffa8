import Dramatis

extension ProfileReader {
  /// What an author wrote below `cues` or `counter-cues`.
  private struct WrittenCues {
    var phrases: [String] = []
    var lists: [CueList] = []
    var cuts: [(phrase: String, node: Node)] = []
    /// Whether a list is named that nobody knows, so that nobody knows what can be cut.
    var isIncomplete = false
  }

  /// The cues and counter-cues of a question: those written, and those of the lists that they name.
  ///
  /// What is written counts before what a list says; among lists a cue counts before a counter-cue.
  mutating func cues(
    _ cues: Field<TextsValue>, counter: Field<TextsValue>
  ) -> (cues: [String], counterCues: [String]) {
    let (own, ownCounter) = (written(cues), written(counter))
    guard !own.isIncomplete, !ownCounter.isIncomplete else { return (own.phrases, ownCounter.phrases) }
    guard !(own.lists + ownCounter.lists).isEmpty else {
      cut(own.cuts + ownCounter.cuts, from: [])
      return (own.phrases, ownCounter.phrases)
    }
    let listed = cut(own.cuts, from: own.lists.flatMap(\.cues))
    let listedCounter = cut(
      ownCounter.cuts, from: own.lists.flatMap(\.counterCues) + ownCounter.lists.flatMap(\.cues))
    let counts = adding(listed, to: own.phrases, unless: ownCounter.phrases)
    return (counts, adding(listedCounter, to: ownCounter.phrases, unless: counts))
  }

  private func adding(_ listed: [String], to written: [String], unless others: [String]) -> [String] {
    var known = Set((written + others).map(CueKey.init))
    return written + listed.filter { known.insert(CueKey($0)).inserted }
  }

  private mutating func written(_ field: Field<TextsValue>) -> WrittenCues {
    value(of: field).reduce(into: WrittenCues()) { written, node in
      switch CueElement(node.text) {
      case .phrase: if isCue(node) { written.phrases.append(node.text) }
      case .cut(let phrase): written.cuts.append((phrase, node))
      case .list(let name, let language):
        if let list = list(name, in: language, at: node) {
          written.lists.append(list)
        } else {
          written.isIncomplete = true
        }
      }
    }
  }

  private mutating func list(_ name: String, in wanted: String?, at node: Node) -> CueList? {
    let spoken = wanted ?? language ?? CueList.standardLanguage
    let tag = spoken.prefix { $0 != "-" }.lowercased()
    guard CueList.languages.contains(tag) else {
      report(
        .unknownCueList, message: "there are no lists of cues in '\(spoken)'", at: node.span,
        help: ["there are some in \(CueList.languages.joined(separator: " and ")): write '@\(name).en'"])
      return nil
    }
    if let list = CueList.named(name.lowercased(), in: tag) { return list }
    let names = CueList.all(in: tag).map(\.name)
    let near = resolver.names.suggestion(name.lowercased(), among: names)
    report(
      .unknownCueList, message: "there is no list of cues called '@\(name)'", at: node.span,
      help: [near.map { "did you mean '@\($0)'?" } ?? "'dramatis cues' names those that there are"])
    return nil
  }

  /// Some phrases without those that are cut; a cut that finds nothing is a mistake.
  @discardableResult
  private mutating func cut(_ cuts: [(phrase: String, node: Node)], from listed: [String]) -> [String] {
    guard !cuts.isEmpty else { return listed }
    let known = Set(listed.map(CueKey.init))
    for (phrase, node) in cuts where !known.contains(CueKey(phrase)) {
      let near = resolver.names.suggestion(phrase, among: listed).map { "did you mean '-\($0)'?" }
      report(
        .unknownCueList,
        message: listed.isEmpty
          ? "'-\(phrase)' takes a cue out of a list, and no list is named here"
          : "none of the lists named here has '\(phrase)'",
        at: node.span, help: [near ?? "'dramatis cues @NAME' shows what is in a list"])
    }
    let gone = Set(cuts.map { CueKey($0.phrase) })
    return listed.filter { !gone.contains(CueKey($0)) }
  }

  mutating func isCue(_ node: Node) -> Bool {
    do {
      _ = try Phrase(parsing: node.text)
      return true
    } catch {
      let offset = node.text.unicodeScalars.prefix(error.offset).reduce(0) { $0 + UTF8.width($1) }
      let place = node.scalar.map { file.span(of: offset..<offset, in: $0) } ?? node.span
      report(.badCue, message: error.fault.message, at: place, help: [error.fault.help])
      return false
    }
  }
}

extension ProfileReader {
  /// The tag of a language, such as `en` or `pt-BR`.
  mutating func languageTag(_ field: Field<TextValue>) -> String? {
    guard let tag = value(of: field), let node = field.node else { return nil }
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    let isTag =
      (2...3).contains(parts[0].count)
      && parts.allSatisfy { part in
        (1...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
    if isTag { return tag }
    report(
      .unknownWord, message: "'\(tag)' is no tag of a language", at: node.span,
      help: ["write two letters as in 'en' or 'de', or 'pt-BR' for that of a region"])
    return nil
  }
}

/// A cue without the case of its letters, as lists are compared.
private struct CueKey: Hashable {
  private let text: String

  init(_ cue: String) {
    text = cue.lowercased()
  }
}

extension PhraseError.Fault {
  fileprivate var message: String {
    switch self {
    case .empty: "this cue is empty"
    case .misplacedStar: "a '*' stands for a part of a word, and touches no other"
    case .misplacedGap: "a gap stands between two words of a cue"
    case .nothingToMatch: "this cue has no letter, digit or symbol to match"
    }
  }

  fileprivate var help: String {
    switch self {
    case .empty, .nothingToMatch: "give it a word"
    case .misplacedStar:
      "'cheat*' matches every word that begins with 'cheat', '*key' every one that ends with 'key'"
    case .misplacedGap: "'you … cheated' leaves room for up to \(Phrase.longestGap) words"
    }
  }
}
