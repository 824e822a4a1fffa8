/// What differs between two versions of a text, line by line, as `diff -u` writes it.
package struct LineDifference {
  /// How many lines are shown around a change.
  private static let around = 3

  private enum Line {
    case same(Substring)
    case removed(Substring)
    case added(Substring)

    var text: String {
      switch self {
      case .same(let text): " \(text)"
      case .removed(let text): "-\(text)"
      case .added(let text): "+\(text)"
      }
    }

    var isSame: Bool { if case .same = self { true } else { false } }
    var isOfOld: Bool { if case .added = self { false } else { true } }
    var isOfNew: Bool { if case .removed = self { false } else { true } }
  }

  private let lines: [Line]

  /// - Complexity: Linear in the lines times the number of those that differ.
  package init(from old: String, to new: String) {
    let (old, new) = (Self.lines(of: old), Self.lines(of: new))
    let difference = new.difference(from: old)
    let removed = Set(difference.removals.map(Self.offset))
    let added = Set(difference.insertions.map(Self.offset))
    var lines: [Line] = []
    var (first, second) = (0, 0)
    while first < old.count || second < new.count {
      if removed.contains(first) {
        lines.append(.removed(old[first]))
        first += 1
      } else if added.contains(second) {
        lines.append(.added(new[second]))
        second += 1
      } else {
        lines.append(.same(old[first]))
        (first, second) = (first + 1, second + 1)
      }
    }
    self.lines = lines
  }

  private static func offset(of change: CollectionDifference<Substring>.Change) -> Int {
    switch change {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }

  private static func lines(of text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The text with a head that names the file; empty where nothing differs.
  package func text(of path: String) -> String {
    let changes = lines.indices.filter { !lines[$0].isSame }
    guard !changes.isEmpty else { return "" }
    var text = "--- \(path)\n+++ \(path)\n"
    var shown = 0
    for change in changes where change >= shown {
      let start = max(shown, change - Self.around)
      var end = change + 1
      while let next = changes.first(where: { $0 >= end }), next - end <= 2 * Self.around { end = next + 1 }
      end = min(lines.count, end + Self.around)
      text += head(of: start..<end) + lines[start..<end].map { "\($0.text)\n" }.joined()
      shown = end
    }
    return text
  }

  private func head(of range: Range<Int>) -> String {
    func place(_ isCounted: (Line) -> Bool) -> String {
      let count = lines[range].count(where: isCounted)
      let before = lines[..<range.lowerBound].count(where: isCounted)
      return count == 0 ? "\(before),0" : "\(before + 1),\(count)"
    }
    return "@@ -\(place(\.isOfOld)) +\(place(\.isOfNew)) @@\n"
  }
}
