import DramatisCompiler

/// Earlier lines, where one stands among them, and the line that was under way.
struct Recall {
  private(set) var entries: [String]
  /// The entry that is shown; the count of entries stands for the line under way.
  private(set) var position: Int
  private var draft = ""

  init(entries: [String]) {
    self.entries = entries
    position = entries.count
  }

  mutating func start() {
    position = entries.count
    draft = ""
  }

  mutating func add(_ entry: String) {
    if entries.last != entry { entries.append(entry) }
  }

  /// The entry before, which takes the place of a text.
  mutating func older(than text: String) -> String? {
    guard position > 0 else { return nil }
    if position == entries.count { draft = text }
    position -= 1
    return entries[position]
  }

  mutating func newer() -> String? {
    guard position < entries.count else { return nil }
    position += 1
    return position == entries.count ? draft : entries[position]
  }

  /// Shows an entry that a search has found.
  mutating func go(to found: Int, from text: String) {
    if position == entries.count { draft = text }
    position = found
  }
}

extension LineEditor {
  /// Up goes to the line above, and from the first one to the entry before.
  mutating func goUp() -> Outcome {
    let start = lineStart(before: cursor)
    if start > 0 {
      let above = lineStart(before: start - 1)
      cursor = min(above + cursor - start, start - 1)
    } else {
      guard let entry = recall.older(than: line) else { return .refused }
      set(entry)
    }
    return .edited
  }

  mutating func goDown() -> Outcome {
    let end = lineEnd(after: cursor)
    if end < text.count {
      let column = cursor - lineStart(before: cursor)
      cursor = min(end + 1 + column, lineEnd(after: end + 1))
    } else {
      guard let entry = recall.newer() else { return .refused }
      set(entry)
    }
    return .edited
  }
}

/// A search for an earlier line that contains some text.
struct HistorySearch: Equatable {
  var query = ""
  /// The entry that was found last, or the count of entries.
  var position: Int
  /// The line and the cursor before, for whoever thinks better of it.
  let draft: String
  let cursor: Int
  var hasFailed = false
}

extension LineEditor {
  mutating func startSearch() -> Outcome {
    search = HistorySearch(position: recall.entries.count, draft: line, cursor: cursor)
    return .edited
  }

  /// What a key means during a search; nil if it ends the search and counts for itself.
  mutating func applyToSearch(_ key: Key) -> Outcome? {
    switch key {
    case .text(let string): return extend(by: string.oneLine)
    case .erase(.left): return shorten()
    case .search: return find(before: search?.position ?? 0)
    case .cancel, .interrupt: return abandonSearch()
    default:
      endSearch()
      return nil
    }
  }

  private mutating func extend(by string: String) -> Outcome {
    search?.query += string
    return find(before: min(recall.entries.count, (search?.position ?? 0) + 1))
  }

  private mutating func shorten() -> Outcome {
    _ = search?.query.popLast()
    return find(before: recall.entries.count)
  }

  private mutating func find(before end: Int) -> Outcome {
    guard let query = search?.query else { return .refused }
    let found = recall.entries[..<end].lastIndex { !query.isEmpty && $0.contains(query) }
    search?.hasFailed = found == nil && !query.isEmpty
    guard let found else { return query.isEmpty ? .edited : .refused }
    search?.position = found
    set(recall.entries[found])
    return .edited
  }

  private mutating func abandonSearch() -> Outcome {
    guard let ended = search else { return .edited }
    search = nil
    set(ended.draft)
    cursor = min(ended.cursor, text.count)
    return .edited
  }

  private mutating func endSearch() {
    if let ended = search, ended.position < recall.entries.count {
      recall.go(to: ended.position, from: ended.draft)
    }
    search = nil
  }
}
