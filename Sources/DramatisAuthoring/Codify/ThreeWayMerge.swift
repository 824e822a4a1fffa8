/// A text that was generated, edited by hand and generated again: both kinds of change, the hand first.
public struct ThreeWayMerge: Sendable {
  /// A place that was changed on both sides, differently.
  public struct Conflict: Hashable, Sendable {
    /// The line in the merged text at which it begins, from 1.
    public let line: Int
    /// What stands there: the hand's lines.
    public let kept: [String]
    /// What was generated anew, and is not there.
    public let generated: [String]
  }

  /// The merged text.
  public let text: String
  /// Where the two did not go together.
  public let conflicts: [Conflict]

  /// Merges line by line.
  ///
  /// - Parameters:
  ///   - base: What was generated the last time.
  ///   - edited: What stands in the file.
  ///   - generated: What was generated now.
  /// - Complexity: Linear in the lines times the number of those that differ.
  public init(base: String, edited: String, generated: String) {
    let lines = [base, edited, generated].map { text in
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
    let (old, mine, new) = (lines[0], lines[1], lines[2])
    let (toMine, toNew) = (Self.matches(from: old, to: mine), Self.matches(from: old, to: new))
    var merged: [String] = []
    var conflicts: [Conflict] = []
    var (place, mineAt, newAt) = (0, 0, 0)
    /// Takes over what stands before an unchanged line of the base.
    func take(until end: Int, _ mineEnd: Int, _ newEnd: Int) {
      let (base, own, other) = (
        Array(old[place..<end]), Array(mine[mineAt..<mineEnd]), Array(new[newAt..<newEnd])
      )
      if own == base {
        merged += other
      } else if other == base || other == own {
        merged += own
      } else {
        conflicts.append(Conflict(line: merged.count + 1, kept: own, generated: other))
        merged += own
      }
      (place, mineAt, newAt) = (end, mineEnd, newEnd)
    }
    for line in old.indices {
      guard let own = toMine[line], let other = toNew[line] else { continue }
      take(until: line, own, other)
      merged.append(old[line])
      (place, mineAt, newAt) = (line + 1, own + 1, other + 1)
    }
    take(until: old.count, mine.count, new.count)
    text = merged.map { $0 + "\n" }.joined()
    self.conflicts = conflicts
  }

  /// For each line of a text the line of another that it still is.
  private static func matches(from old: [String], to new: [String]) -> [Int: Int] {
    var (removed, added) = (Set<Int>(), Set<Int>())
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    let (left, right) = (
      old.indices.filter { !removed.contains($0) }, new.indices.filter { !added.contains($0) }
    )
    return Dictionary(uniqueKeysWithValues: zip(left, right))
  }
}
