import Dramatis

/// Finds entries of lore whose texts call for each other in a circle: one of them brings all of them.
///
/// Nothing runs away, since an entry is told once a turn; but the keys of all but one are of no use, and the budget goes to what
/// nobody asked for.
enum LoreLoop: LintRule {
  static let code = DiagnosticCode(
    "L082", name: "lore-loop", severity: .warning, summary: "Entries of lore call for each other in a circle."
  )

  /// Larger books are not looked through.
  private static let mostEntries = 300

  static func check(_ context: LintContext) -> [Diagnostic] {
    let entries = context.loreEntries
    guard entries.first?.settings.isRecursive == true, entries.count <= mostEntries else { return [] }
    let calls = entries.indices.map { from in
      entries[from].entry.preventsRecursion
        ? [] : entries.indices.filter { to in to != from && reaches(entries[from], entries[to]) }
    }
    var told: Set<Int> = []
    return entries.indices.compactMap { start in
      guard !told.contains(start), let circle = circle(from: start, along: calls) else { return nil }
      told.formUnion(circle)
      let names = (circle + [start]).map { "'\(entries[$0].entry.title)'" }.joined(separator: " → ")
      return Diagnostic(
        code, message: "these entries call for each other: \(names)", at: entries[start].node.span,
        label: "whichever is told brings the others",
        help: ["write 'prevents-recursion: true' or 'excludes-recursion: true' at one of them"])
    }
  }

  private static func reaches(_ from: WrittenEntry, _ to: WrittenEntry) -> Bool {
    // What waits for a condition or for chance breaks the circle often enough.
    to.entry.condition == nil && to.entry.probability == 100 && !to.entry.excludesRecursion
      && to.isCalled(by: from.entry.content)
  }

  /// The shortest way from an entry back to itself, without its end.
  private static func circle(from start: Int, along calls: [[Int]]) -> [Int]? {
    var cameFrom: [Int: Int] = [:]
    var waiting = [start]
    var place = 0
    while place < waiting.count {
      let current = waiting[place]
      place += 1
      for next in calls[current] {
        if next == start {
          var way = [current]
          while let before = cameFrom[way[0]] { way.insert(before, at: 0) }
          return way
        }
        if cameFrom[next] == nil {
          cameFrom[next] = current
          waiting.append(next)
        }
      }
    }
    return nil
  }
}
