import Dramatis

/// Who is meant by what somebody says.
///
/// `Mara, …`, `Mara: …`, `Mara?` or `@Mara …` speaks to Mara alone. Otherwise whoever has a payoff that is due
/// speaks, else whoever is named, else the next in the cast.
struct Addressing {
  let cast: [Program]

  /// The character who is addressed at the start of a text; nil where nobody is.
  func addressee(of text: String) -> Program? {
    if text.hasPrefix("@") {
      let rest = text.dropFirst()
      return longest { name in rest.lowercased().hasPrefix(name.lowercased()) }
    }
    let name = String(text.prefix { !",:?!.".contains($0) })
    return cast.first { $0.isCalled(name) }
  }

  /// The character with the longest name that fits, so that `Ann` does not take what `Anna` is told.
  private func longest(_ fits: (String) -> Bool) -> Program? {
    let names = cast.flatMap { program in ([program.character] + program.aliases).map { ($0, program) } }
    return names.filter { fits($0.0) }.max { $0.0.count < $1.0.count }?.1
  }

  /// Who speaks when nobody is addressed.
  ///
  /// - Parameter last: Who spoke last.
  func speaker(of text: String, after last: String?) -> Session.Speaker {
    let next = last.flatMap { last in cast.firstIndex { $0.isCalled(last) } }.map {
      cast[($0 + 1) % cast.count]
    }
    guard let speaker = cast.first(where: { $0.isNamed(in: text) }) ?? next else { return .addressed }
    let mayOwe = cast.contains { !$0.commitments.isEmpty }
    return mayOwe ? .owing(otherwise: speaker.character) : .member(speaker.character)
  }
}

extension Program {
  /// Whether a text mentions the character by name or alias, as whole words.
  func isNamed(in text: String) -> Bool {
    let phrases = ([character] + aliases).compactMap { try? Phrase(parsing: $0) }
    return PhraseMatcher(phrases: phrases).matches(in: text).contains(true)
  }
}
