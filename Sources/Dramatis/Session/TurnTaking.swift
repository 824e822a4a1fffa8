/// Who is meant by what somebody says, and who speaks next.
///
/// `Mara, …`, `Mara: …`, `Mara?` or `@Mara …` speaks to Mara alone. Otherwise whoever has a payoff that is due
/// speaks, else whoever is named, else the next in the cast.
public struct TurnTaking: Sendable {
  private let cast: [Program]

  /// - Parameter cast: The characters, in the order in which they take turns.
  public init(cast: [Program]) {
    self.cast = cast
  }

  /// The character who is addressed at the start of a text; nil where nobody is.
  public func addressee(of text: String) -> Program? {
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
  /// - Parameters:
  ///   - text: What was said.
  ///   - last: Who of the cast spoke last; nil where nobody did.
  public func speaker(after text: String, last: String?) -> Session.Speaker {
    let next = last.flatMap { last in cast.firstIndex { $0.isCalled(last) } }.map {
      cast[($0 + 1) % cast.count]
    }
    guard let speaker = cast.first(where: { $0.isNamed(in: text) }) ?? next else { return .addressed }
    let mayOwe = cast.contains { !$0.commitments.isEmpty }
    return mayOwe ? .owing(otherwise: speaker.character) : .member(speaker.character)
  }

  /// Who speaks when the cast goes on by itself: whoever owes, else who was named, else the next.
  ///
  /// - Parameter line: What was said last; nil where nothing was.
  public func speaker(after line: Line?) -> Session.Speaker {
    let names = cast.map(\.character)
    guard let line, let index = names.firstIndex(of: line.character) else {
      return .owing(otherwise: names.first ?? "")
    }
    let named = cast.first { $0.character != line.character && $0.isNamed(in: line.text) }
    return .owing(otherwise: named?.character ?? names[(index + 1) % names.count])
  }
}

extension Session {
  /// Takes a turn on what somebody says; who is addressed in it and who speaks is found by ``TurnTaking``.
  ///
  /// - Parameters:
  ///   - text: What is said; `Mara, …` speaks to Mara.
  ///   - actor: Who says it.
  ///   - show: Takes the line bit by bit while it is made, from performers that make it so.
  /// - Throws: ``SessionError``, and whatever the discriminator or the performer throws.
  public func respond(
    to text: String, by actor: String, show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    var event = Event(actor: actor, text: text)
    guard cast.count > 1 else { return try await respond(to: event, show: show) }
    let turns = TurnTaking(cast: cast)
    if let addressee = turns.addressee(of: text) {
      event.to = [addressee.character]
      return try await respond(to: event, show: show)
    }
    let speaker = turns.speaker(after: text, last: lastLine?.character)
    return try await respond(to: event, speaker: speaker, show: show)
  }
}

extension Program {
  /// Whether a text mentions the character by name or alias, as whole words.
  fileprivate func isNamed(in text: String) -> Bool {
    let phrases = ([character] + aliases).compactMap { try? Phrase(parsing: $0) }
    return PhraseMatcher(phrases: phrases).matches(in: text).contains(true)
  }
}
