extension DiagnosticCode {
  /// The name that settings may use instead of the code, such as `unreachable-state`.
  package var name: String {
    "\(self)".reduce(into: "") { name, letter in
      name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  /// The code that a user means by its number or its name, whatever the case.
  package init?(called text: String) {
    guard let code = Self.byName[text.lowercased()] else { return nil }
    self = code
  }

  private static let byName = Dictionary(
    allCases.flatMap { [($0.rawValue.lowercased(), $0), ($0.name, $0)] },
    uniquingKeysWith: { first, _ in first })

  /// What the documentation says about it, in Markdown with a heading.
  package var page: String {
    let page = String(decoding: rulePage ?? PackageResources.Diagnostics_md, as: UTF8.self)
    return isRule ? page : Self.section(rawValue, of: page)
  }

  /// The part of a page below a heading that begins with a code.
  private static func section(_ code: String, of page: String) -> String {
    var isInside = false
    var lines: [Substring] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") { isInside = line.hasPrefix("## \(code): ") }
      if isInside { lines.append(lines.isEmpty ? line.dropFirst() : line) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private var rulePage: [UInt8]? {
    switch self {
    case .unreachableState: PackageResources.L001_md
    case .deadEnd: PackageResources.L002_md
    case .shadowedTransition: PackageResources.L003_md
    case .neverTrue: PackageResources.L004_md
    case .alwaysTrue: PackageResources.L005_md
    case .orderDecides: PackageResources.L006_md
    case .unreadVariable: PackageResources.L007_md
    case .unsetVariable: PackageResources.L008_md
    case .boundHit: PackageResources.L009_md
    case .unusedQuestion: PackageResources.L010_md
    case .repeatedQuestion: PackageResources.L011_md
    case .uselessCue: PackageResources.L012_md
    case .sharedCue: PackageResources.L013_md
    case .emptyGate: PackageResources.L014_md
    case .repeatedStatement: PackageResources.L015_md
    case .inactiveTopic: PackageResources.L016_md
    case .unreadMachine: PackageResources.L017_md
    case .neverReached: PackageResources.L018_md
    case .stateWithoutLine: PackageResources.L019_md
    case .impossibleProbabilities: PackageResources.L020_md
    case .overBudget: PackageResources.L021_md
    case .instructionToModel: PackageResources.L022_md
    case .unusedSuppression: PackageResources.L023_md
    case .propertyFails: PackageResources.L024_md
    case .propertyUndecided: PackageResources.L025_md
    default: nil
    }
  }
}
