import Dramatis

extension Transcript {
  /// The turns on all branches, undone ones too.
  var turnCount: Int { entries.count(where: \.isTurn) }

  /// The identities of an entry and of all that go on from it.
  func identities(from id: Int) -> Set<Int> {
    // A parent comes before its children.
    entries.reduce(into: [id]) { found, entry in
      if found.contains(entry.parent) { found.insert(entry.id) }
    }
  }
}
