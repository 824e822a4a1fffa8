import Dramatis

extension ProfileReader {
  /// Reads what is to be kept; a question that has a mistake is left out.
  ///
  /// - Parameter known: The questions of a profile, whose names a story must not give again.
  mutating func standingQuestions(
    _ field: Field<NamesValue>, besides known: [StandingQuestion] = []
  ) -> [StandingQuestion] {
    entries(of: field, limit: limits.declarations).compactMap { entry in
      guard let fields = fields(of: entry.value, as: RememberKeys.self, span: entry.key.span) else {
        return nil
      }
      let cues = cues(fields.cues, counter: fields.counterCues)
      let condition = value(of: fields.when)
      guard isName(entry.key, called: "a name"), isNew(entry.key, besides: known) else { return nil }
      return StandingQuestion(
        Question(
          name: entry.key.text, text: value(of: fields.ask) ?? "", cues: cues.cues,
          counterCues: cues.counterCues),
        role: value(of: fields.role), condition: condition.map { placed($0) }, keep: value(of: fields.keep))
    }
  }

  private mutating func isNew(_ name: Node, besides known: [StandingQuestion]) -> Bool {
    guard known.contains(where: { $0.name == name.text }) else { return true }
    report(
      .nameDefinedTwice, message: "the name '\(name.text)' is defined twice", at: name.span,
      help: ["a profile of the cast remembers something under this name; give it another one"])
    return false
  }
}
