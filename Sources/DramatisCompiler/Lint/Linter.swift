import Dramatis

/// One thing that can be wrong with what a profile means: its code, and how it is found.
///
/// A rule stays silent about whatever it cannot decide, and about whatever is reasonable style. It is a file of the folder
/// `Rules`, named for its type, and has a page and fixtures named for its code; that is all that it takes.
protocol LintRule: Sendable {
  /// What it finds, in names and numbers.
  static var code: DiagnosticCode { get }

  /// Whether it looks at what a story declares, too: its questions, its commitments and its texts.
  static var looksAtStories: Bool { get }

  /// Whether it looks for what nobody uses, and so has to know everybody.
  static var looksForUse: Bool { get }

  /// What it finds, in any order.
  static func check(_ context: LintContext) -> [Diagnostic]
}

extension LintRule {
  static var looksAtStories: Bool { false }
  static var looksForUse: Bool { false }
}

/// Finds what is wrong with what a profile means, once it compiles.
package struct Linter {
  /// Every rule, in the order of the codes.
  static let rules = unsortedRules.sorted { $0.code < $1.code }

  let settings: LintSettings

  /// - Parameter settings: What a project set; nothing unless given.
  package init(_ settings: LintSettings = LintSettings()) {
    self.settings = settings
  }

  /// What the rules find, in no promised order; nothing in a profile that has errors.
  ///
  /// - Parameter user: The program as a story extends it; nil for one that no story shares.
  func findings(in compilation: Compilation, usedBy user: Program? = nil) -> [Diagnostic] {
    guard let context = LintContext(of: compilation, usedBy: user, settings) else { return [] }
    return wanted(Self.rules).flatMap { $0.check(context) }
  }

  /// What the rules find in the file of a story, seen from every member of its cast; the same may come several times.
  fileprivate func findings(in story: Story, _ document: Compilation) -> [Diagnostic] {
    guard let root = document.root else { return [] }
    let rules = wanted(Self.rules.filter { $0.looksAtStories })
    return story.cast.flatMap { member in
      let context = LintContext(of: member, sharing: story, in: document.file, root: root, settings)
      return rules.flatMap { $0.check(context) }
    }
  }

  private func wanted(_ rules: [any LintRule.Type]) -> [any LintRule.Type] {
    rules.filter { settings.severity(of: $0.code) != nil }
  }
}

extension Compilation {
  /// The same with what a linter finds, and with the severities that a project and the file itself ask for.
  ///
  /// The program stays, even where a rule that found something counts as an error.
  ///
  /// - Parameters:
  ///   - settings: What the project asks; see ``LintSettings/found(for:)``.
  ///   - user: The program as a story extends it; nil for one that no story shares.
  public func linted(
    _ settings: LintSettings = LintSettings(), usedBy user: Program? = nil
  ) -> Compilation {
    reporting(
      diagnostics + Linter(settings).findings(in: self, usedBy: user), as: settings, ifUsable: program != nil)
  }

  /// The same with some diagnostics as a project and, where it can be used, the file itself ask for them.
  fileprivate func reporting(
    _ found: [Diagnostic], as settings: LintSettings, ifUsable isUsable: Bool
  ) -> Compilation {
    let wanted = found.compactMap { settings.applied(to: $0) }
    guard isUsable, let root else { return with(wanted.tidied) }
    var reader = SuppressionReader(file, root: root)
    return with(SuppressionReport(reader.read()).applied(to: wanted, settings).tidied)
  }
}

extension StoryCompilation {
  /// The same with what the rules find in the story and in its cast, as their projects ask.
  ///
  /// What a commitment of the story uses of a profile is used there. While the story has errors nobody knows what that is,
  /// and nothing is called unused.
  ///
  /// - Parameter settings: Gives the settings for the name of a file.
  public func linted<Problem: Error>(
    _ settings: (String) throws(Problem) -> LintSettings
  ) throws(Problem) -> StoryCompilation {
    var linted: [Compilation] = []
    for profile in profiles {
      let own = try settings(profile.file.name)
      let user = story?.cast.first { $0.character == profile.program?.character }
      linted.append(user.map { profile.linted(own, usedBy: $0) } ?? profile.linted(own.withoutUse))
    }
    return with(lintedDocument(try settings(document.file.name)), profiles: linted)
  }

  private func lintedDocument(_ settings: LintSettings) -> Compilation {
    let found = story.map { Linter(settings).findings(in: $0, document) } ?? []
    return document.reporting(document.diagnostics + found, as: settings, ifUsable: story != nil)
  }
}

extension LintSettings {
  /// The same without the rules that look for what nothing uses.
  fileprivate var withoutUse: LintSettings {
    var settings = self
    for rule in Linter.rules where rule.looksForUse { settings.levels[rule.code] = .off }
    return settings
  }
}
