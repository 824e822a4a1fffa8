import Dramatis

extension Lorebook {
  /// Reads a book of Agnai, NovelAI or RisuAI; nil where the text is none.
  ///
  /// RisuAI and Agnai have keys between commas, NovelAI a list of them; what they say otherwise of an entry and has a
  /// place here is taken over, and the rest is as it is here unless said.
  init?(foreign source: JSONSource, name: String) {
    let root = source.root
    let reading = ForeignBook(source)
    let entries: [LoreEntry]
    if root["kind"]?.string == "memory", let parts = root["entries"]?.elements {
      entries = parts.enumerated().map { reading.agnai($1, number: $0) }
    } else if root["lorebookVersion"]?.isNumber == true, let parts = root["entries"]?.elements {
      entries = parts.enumerated().map { reading.novelAI($1, number: $0) }
    } else if root["type"]?.string == "risu", let parts = root["data"]?.elements {
      // Folders are entries that begin with a mark of their own.
      entries = parts.filter { $0["key"]?.string?.hasPrefix("\u{F000}") != true }.enumerated()
        .map { reading.risu($1, number: $0) }
    } else {
      return nil
    }
    var settings = LoreSettings.freshInstallation
    settings.dialect = .v3
    settings.matchesWholeWords = root["type"]?.string != "risu"
    settings.includesNames = false
    self.init(name: name, settings: settings, entries: entries.map { $0.standing(in: name) })
  }
}

/// Reads entries of other front ends.
private struct ForeignBook {
  private let source: JSONSource

  init(_ source: JSONSource) { self.source = source }

  private func start(_ part: JSONPart, number: Int, text: String, name: String) -> LoreEntry {
    var entry = LoreEntry(id: number)
    entry.content = part[text]?.string ?? ""
    entry.name = part[name]?.string ?? ""
    entry.isDisabled = part["enabled"]?.boolean == false
    return entry
  }

  private func texts(_ part: JSONPart?) -> [String] {
    part?.string?.commaSeparated ?? part?.elements?.compactMap(source.pattern) ?? []
  }

  /// A weight is how long a budget spares an entry, a priority how low it stands.
  func agnai(_ part: JSONPart, number: Int) -> LoreEntry {
    var entry = start(part, number: number, text: "entry", name: "name")
    entry.keys = texts(part["keywords"])
    entry.priority = source.number(part["weight"])
    entry.order = source.number(part["priority"]) ?? 100
    return entry
  }

  func novelAI(_ part: JSONPart, number: Int) -> LoreEntry {
    var entry = start(part, number: number, text: "text", name: "displayName")
    entry.keys = texts(part["keys"])
    entry.isConstant = part["forceActivation"]?.boolean ?? false
    entry.order = source.number(part["contextConfig"]?["budgetPriority"]) ?? 100
    entry.preventsRecursion = part["nonStoryActivatable"]?.boolean == false
    return entry
  }

  func risu(_ part: JSONPart, number: Int) -> LoreEntry {
    var entry = start(part, number: number, text: "content", name: "comment")
    let keys = texts(part["key"])
    entry.keys = part["useRegex"]?.boolean == true ? [part["key"]?.string ?? ""] : keys
    entry.isSelective = part["selective"]?.boolean ?? false
    entry.secondaryKeys = texts(part["secondkey"])
    entry.isConstant = part["alwaysActive"]?.boolean ?? (part["mode"]?.string == "constant")
    entry.order = source.number(part["insertorder"]) ?? 100
    entry.probability = source.number(part["activationPercent"]).map { min(max($0, 0), 100) } ?? 100
    return entry
  }
}

extension LoreEntry {
  /// The entry as one of a book.
  fileprivate func standing(in book: String) -> LoreEntry {
    var entry = self
    entry.book = book
    entry.source = entry.identity
    return entry
  }
}
