import DramatisCompiler

/// What is covered of a profile or of a story, as it is told to people.
struct CoverageText {
  /// How many percent have to be covered; nil where nobody asks.
  struct Least {
    /// Of states, transitions, branches and steps of commitments.
    let parts: Int?
    let lines: Int?

    /// The most that is asked of anything.
    var ofAnything: Int { max(parts ?? 0, lines ?? 0) }
  }

  private let path: String
  private let report: CoverageReport
  private let kinds: [CoverageReport.Kind]
  private let wasBounded: Bool
  private let least: Least

  init(_ profile: ProfileCoverage, least: Least) {
    (path, report, self.least) = (profile.path, profile.report, least)
    wasBounded = profile.explored?.wasBounded ?? false
    kinds = CoverageReport.Kind.allCases.filter { [report] in
      $0 != .commitment || report.count(of: $0).all > 0
    }
  }

  /// A story has nothing of its own but commitments and what is said for them.
  init(_ story: StoryCoverage, least: Least) {
    (path, report, self.least) = (story.path, story.report, least)
    wasBounded = false
    kinds = [.commitment]
  }

  /// Whether less is covered than has to be.
  var isTooLittle: Bool { hasTooFewParts || hasTooFewLines }

  private var hasTooFewParts: Bool { report.percent < least.parts ?? 0 }
  private var hasTooFewLines: Bool { report.lines.percent < least.lines ?? 0 }

  /// A line of counts, one of the lines that were spoken where there are any, and what is not covered if that is wanted.
  func text(lists: Bool) -> String {
    var text = TextReport()
    let counts = kinds.map { kind in
      let (covered, all) = report.count(of: kind)
      return "\(covered) of \(kind.text(all))"
    }
    text.line("\(path): \(counts.joined(separator: ", ")) covered, \(report.percent) %")
    if hasTooFewParts, let parts = least.parts { text.line("  this is less than \(parts) %") }
    if wasBounded, !report.uncovered.isEmpty {
      text.line("  the search for ways there ended at its bound: some of what is missing may be impossible")
    }
    if lists {
      for part in report.uncovered {
        text.entry(part.name, part.detail.isEmpty ? "never used" : part.detail, column: 24)
      }
    }
    add(report.lines, to: &text, lists: lists)
    return text.text
  }

  private func add(_ lines: LineCoverage, to text: inout TextReport, lists: Bool) {
    guard !lines.parts.isEmpty else { return }
    let hint = lines.covered == 0 ? ": scenarios with 'speak: true' let lines be spoken" : ""
    text.line("  \(lines.covered) of \(lines.parts.count.of("line")) spoken, \(lines.percent) %\(hint)")
    if hasTooFewLines, let least = least.lines { text.line("  this is less than \(least) % of the lines") }
    guard lists, !lines.uncovered.isEmpty else { return }
    text.line("  never spoken:")
    for line in lines.uncovered { text.entry(line.name, line.text.quoted, indent: 4) }
  }
}

extension CoverageReport.Kind {
  fileprivate func text(_ count: Int) -> String {
    switch self {
    case .state, .transition: count.of(rawValue)
    case .gate: count.of("branch", "branches")
    case .commitment: count.of("step of a commitment", "steps of commitments")
    }
  }
}
