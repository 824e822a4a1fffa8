/// Decides between entries of one group, of which one is told.
struct LoreRivals {
  /// What is left, in the order in which it is told.
  private(set) var left: [Int]
  private let scan: LoreScan
  private let told: [String]
  private var groups: [(name: String, members: [Int])] = []

  init(_ indices: [Int], in scan: LoreScan, told: [String]) {
    left = indices
    self.scan = scan
    self.told = told
    var places: [String: Int] = [:]
    for index in indices {
      for name in scan.entries[index].groupNames {
        if let place = places[name] {
          groups[place].members.append(index)
        } else {
          places[name] = groups.count
          groups.append((name, [index]))
        }
      }
    }
    // Names that are whole numbers come first, as keys of objects do in JavaScript.
    let numbered = groups.filter { $0.name.isWholeNumber }.sorted {
      (Int($0.name) ?? 0) < (Int($1.name) ?? 0)
    }
    groups = numbered + groups.filter { !$0.name.isWholeNumber }
  }

  /// Takes out one entry; one that is out already takes the last one with it in SillyTavern, and only there.
  private mutating func remove(_ index: Int) {
    if let place = left.firstIndex(of: index) {
      left.remove(at: place)
    } else if scan.settings.dialect == .sillytavern {
      _ = left.popLast()
    }
  }

  mutating func decide(withRecursed isRecursive: Bool, chance: (String) -> Double) {
    guard !groups.isEmpty else { return }
    var sticky: Set<String> = []
    for group in groups {
      let staying = group.members.filter { scan.effects.isSticky(scan.entries[$0]) }
      if !staying.isEmpty {
        sticky.insert(group.name)
        for index in group.members where !staying.contains(index) { remove(index) }
      }
      for index in group.members where scan.effects.isCooling(scan.entries[index]) { remove(index) }
    }
    for place in groups.indices where !sticky.contains(groups[place].name) {
      score(place, withRecursed: isRecursive)
    }
    for group in groups where !sticky.contains(group.name) {
      decide(group.name, among: group.members, chance: chance)
    }
  }

  private mutating func score(_ place: Int, withRecursed isRecursive: Bool) {
    let members = groups[place].members
    guard
      scan.settings.usesGroupScoring || members.contains(where: { scan.entries[$0].usesGroupScoring == true })
    else {
      return
    }
    let scores = members.map { scan.text.score(of: scan.entries[$0], withRecursed: isRecursive) }
    let best = scores.max() ?? 0
    for (index, score) in zip(members, scores) where score < best {
      guard scan.entries[index].usesGroupScoring ?? scan.settings.usesGroupScoring else { continue }
      remove(index)
      groups[place].members.removeAll { $0 == index }
    }
  }

  private mutating func decide(_ name: String, among members: [Int], chance: (String) -> Double) {
    if told.contains(name) {
      for index in members { remove(index) }
      return
    }
    guard members.count > 1 else { return }
    let overriding = members.filter { scan.entries[$0].overridesGroup }
    var winner = overriding.first
    for index in overriding where scan.entries[index].order > scan.entries[winner ?? index].order {
      winner = index
    }
    if winner == nil {
      let whole = members.reduce(0) { $0 + scan.entries[$1].groupWeight }
      let roll = chance("group.\(name)") * whole
      var sum = 0.0
      winner = members.first { index in
        sum += scan.entries[index].groupWeight
        return roll <= sum
      }
    }
    guard let winner else { return }
    for index in members where index != winner { remove(index) }
  }
}

extension LoreEntry {
  /// The groups that it is in: names between commas, and the blanks behind a comma are no part of one.
  fileprivate var groupNames: [String] {
    var names: [String] = []
    var current = String.UnicodeScalarView()
    var isBehindComma = false
    for scalar in group.unicodeScalars {
      if scalar == "," {
        names.append(String(current))
        current = String.UnicodeScalarView()
        isBehindComma = true
      } else if !isBehindComma || !PatternSet.blanks.contains(scalar.value, PatternOptions()) {
        current.append(scalar)
        isBehindComma = false
      }
    }
    names.append(String(current))
    return names.filter { !$0.isEmpty }
  }
}

extension String {
  fileprivate var isWholeNumber: Bool { Int(self).map { $0 >= 0 && String($0) == self } ?? false }
}
