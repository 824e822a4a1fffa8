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
