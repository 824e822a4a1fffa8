import Dramatis

extension [FileCheck] {
  /// What was checked, file by file, though a profile may have been seen as itself and in the casts of stories.
  ///
  /// A profile that stories share stands where it stands by itself, or else behind the first of them. A rule complains
  /// about it where it does so in all of them: what one story does not use, another may.
  var eachFileOnce: [CheckedItem] {
    let casts = flatMap(\.cast)
    guard !casts.isEmpty else { return compactMap(\.item) }
    let versions = Dictionary(grouping: casts, by: \.place)
    var seen = Set(compactMap(\.item).map(\.place))
    return flatMap { check -> [CheckedItem] in
      let own = check.item.map { $0.agreeing(with: versions[$0.place] ?? []) }
      let cast = check.cast.filter { seen.insert($0.place).inserted }
      return [own].compactMap(\.self) + cast.map { $0.agreeing(with: versions[$0.place] ?? []) }
    }
  }
}

extension FileCheck {
  /// What was found in the file itself.
  fileprivate var item: CheckedItem? {
    switch self {
    case .checked(let item), .story(let item, _): item
    case .skipped, .unreadable: nil
    }
  }

  fileprivate var cast: [CheckedItem] {
    if case .story(_, let cast) = self { cast } else { [] }
  }
}

extension CheckedItem {
  /// The same for all paths that lead to one file.
  fileprivate var place: String { path.realPath ?? path }

  /// What all stories say of a member of their casts; itself where there are none.
  fileprivate func agreeing(with versions: [CheckedItem]) -> CheckedItem {
    guard var agreed = versions.first else { return self }
    for other in versions.dropFirst() {
      agreed.findings.removeAll { finding in !other.findings.contains { $0.isSame(as: finding) } }
    }
    return agreed
  }
}

extension FileFinding {
  /// Whether another says the same of the same place.
  fileprivate func isSame(as other: FileFinding) -> Bool {
    (code, line, column, message) == (other.code, other.line, other.column, other.message)
  }
}
