import FoundationEssentials

/// Profiles in folders for which no file of scenarios was found: nothing of them is covered.
struct UntestedProfiles {
  let paths: [String]

  /// - Parameters:
  ///   - profiles: All that lie in the folders.
  ///   - sources: The scenarios, wherever they lie.
  init(among profiles: [String], besides sources: [ScenarioSource]) {
    let tested = Set(sources.compactMap(\.profilePath).map(Self.place))
    paths = profiles.filter { !tested.contains(Self.place($0)) }
  }

  /// The same for every way of writing a path.
  private static func place(_ path: String) -> String {
    URL(filePath: path).absoluteURL.standardized.path
  }

  func text(least: Int?) -> String {
    let note = least.map { $0 > 0 ? "  this is less than \($0) %\n" : "" } ?? ""
    return paths.map { "\($0.oneLine): no scenarios, 0 % covered\n\(note)" }.joined()
  }
}
