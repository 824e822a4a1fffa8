import Dramatis

/// What a card says, as texts that a profile can hold.
extension CharacterCard {
  /// How the character calls itself: by its nickname, where it has one.
  package var calls: String {
    let name = nickname.isEmpty ? name ?? "" : nickname
    return name.oneLine
  }

  /// What there is to know about the character, in paragraphs: names in place of macros, nothing run.
  package var prose: String {
    [description, personality, scenario].map { words($0, character: calls) }
      .filter { $0.contains { !$0.isWhitespace } }.joined(separator: "\n\n")
  }

  /// The first messages, with slots.
  package var slottedGreetings: [String] {
    greetings.map { words($0, character: nil) }.filter { $0.contains { !$0.isWhitespace } }
  }

  /// The example exchanges.
  package var exchanges: [(event: String, line: String)] {
    CardExchange.all(in: examples, by: [name ?? "", calls]).map {
      (words($0.event, character: calls), words($0.line, character: calls))
    }
  }

  private func words(_ text: String, character: String?) -> String {
    var macros = CardMacros(character: character)
    var stripper = ControlStripper()
    return stripper.strip(macros.expanded(text))
  }
}
