import DramatisCompiler

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
