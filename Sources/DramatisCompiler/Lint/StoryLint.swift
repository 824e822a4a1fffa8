import Dramatis

extension StoryCompilation {
  /// The same with what the rules find in the story and in its cast, as their projects ask.
  ///
  /// What a commitment of the story uses of a profile is used there. While the story has errors nobody knows what that is,
  /// and nothing is called unused.
  ///
  /// - Parameter settings: Gives the settings for the name of a file.
  package func linted<Problem: Error>(
    _ settings: (String) throws(Problem) -> LintSettings
  ) throws(Problem) -> StoryCompilation {
    var linted: [Compilation] = []
    for profile in profiles {
      let own = try settings(profile.file.name)
      let user = story?.cast.first { $0.character == profile.program?.character }
      linted.append(user.map { profile.linted(own, usedBy: $0) } ?? profile.linted(own.withoutUse))
    }
    return with(lintedDocument(try settings(document.file.name)), linted)
  }

  private func lintedDocument(_ settings: LintSettings) -> Compilation {
    let found = story.map { Linter(settings).findings(in: $0, document) } ?? []
    let wanted = (document.diagnostics + found).compactMap { settings.applied(to: $0) }
    guard story != nil, let root = document.root else { return document.with(wanted.tidied) }
    var reader = SuppressionReader(document.file, root: root)
    return document.with(SuppressionReport(reader.read()).applied(to: wanted, settings).tidied)
  }
}

extension Linter {
  /// The rules that look at what a story declares: its questions, its commitments and its texts.
  static let storyRules: [any LintRule.Type] = [
    NeverTrue.self, AlwaysTrue.self, UnusedQuestion.self, RepeatedQuestion.self, UselessCue.self,
    SharedCue.self, NeverReached.self, ImpossibleProbabilities.self, InstructionToModel.self,
  ]

  /// What the rules find in the file of a story, seen from every member of its cast; the same may come several times.
  fileprivate func findings(in story: Story, _ document: Compilation) -> [Diagnostic] {
    guard let root = document.root else { return [] }
    let wanted = Self.storyRules.filter { settings.severity(of: $0.code) != nil }
    return story.cast.flatMap { member in
      let context = LintContext(of: member, sharing: story, in: document.file, root: root, settings)
      return wanted.flatMap { $0.check(context) }
    }
  }
}

extension LintSettings {
  /// The same without the rules that look for what nothing uses.
  fileprivate var withoutUse: LintSettings {
    var settings = self
    for code in [DiagnosticCode.unreadVariable, .unsetVariable, .unusedQuestion, .unreadMachine] {
      settings.levels[code] = .off
    }
    return settings
  }
}
