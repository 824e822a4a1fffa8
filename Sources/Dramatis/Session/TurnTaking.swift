/// Who is meant by what somebody says, and who speaks next.
///
/// `Mara, …`, `…, Mara?` or `@Mara …` speaks to Mara alone. Otherwise whoever has a payoff that is due speaks, else
/// whoever is named, else whoever spoke last with the same person, else the next in the cast.
public struct TurnTaking: Sendable {
  private let cast: [Program]

  /// - Parameter cast: The characters, in the order in which they take turns.
  public init(cast: [Program]) {
    self.cast = cast
  }

  /// The characters whom a text addresses, in the order in which it names them; none where it is said to all.
  ///
  /// - Complexity: Proportional to the length of the text times the number of names.
  public func addressees(of text: String) -> [Program] {
    addressing(of: text).members.map { cast[$0] }
  }

  /// The names after an `@` in a text that nobody of the cast has.
  public func unknownNames(in text: String) -> [String] {
    addressing(of: text).unknown
  }

  private func addressing(of text: String) -> Addressing {
    Addressing(of: SpokenText(text), among: NamesInText(of: cast))
  }

  /// Who speaks when nobody is addressed.
  ///
  /// - Parameters:
  ///   - text: What was said.
  ///   - last: Who of the cast spoke last; nil where nobody did.
  ///   - partner: Who of the cast answered the same person last; nil where nobody did.
  public func speaker(after text: String, last: String?, partner: String? = nil) -> Session.Speaker {
    let named = NamesInText(of: cast).mentioned(in: SpokenText(text)).first.map { cast[$0] }
    let known = partner.flatMap { partner in cast.first { $0.isCalled(partner) } }
    let next = last.flatMap { last in cast.firstIndex { $0.isCalled(last) } }.map {
      cast[($0 + 1) % cast.count]
    }
    guard let speaker = named ?? known ?? next else { return .addressed }
    let mayOwe = cast.contains { !$0.commitments.isEmpty }
    return mayOwe ? .owing(otherwise: speaker.character) : .member(speaker.character)
  }

  /// Who speaks when the cast goes on by itself: whoever owes, else who was spoken to or named, else the next.
  ///
  /// - Parameter line: What was said last; nil where nothing was.
  public func speaker(after line: Line?) -> Session.Speaker {
    let names = cast.map(\.character)
    guard let line, let index = names.firstIndex(of: line.character) else {
      return .owing(otherwise: names.first ?? "")
    }
    let (text, known) = (SpokenText(line.text), NamesInText(of: cast))
    let meant = Addressing(of: text, among: known).members + known.mentioned(in: text)
    let other = meant.first { $0 != index }
    return .owing(otherwise: names[other ?? (index + 1) % names.count])
  }
}

extension Session {
  /// Takes a turn on what somebody says; who is addressed in it and who speaks is found by ``TurnTaking``.
  ///
  /// - Parameters:
  ///   - text: What is said; `Mara, …` speaks to Mara.
  ///   - actor: Who says it.
  ///   - direction: In which direction the line is to go.
  ///   - show: Takes the line bit by bit while it is made, from performers that make it so.
  /// - Throws: ``SessionError``, and whatever the discriminator or the performer throws.
  public func respond(
    to text: String, by actor: String, direction: Direction? = nil,
    show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    var event = Event(actor: actor, text: text, direction: direction)
    guard cast.count > 1 else { return try await respond(to: event, show: show) }
    let turns = TurnTaking(cast: cast)
    let addressees = turns.addressees(of: text)
    if let first = addressees.first {
      event.to = addressees.map(\.character)
      let speaker: Speaker = addressees.count == 1 ? .addressed : .member(first.character)
      return try await respond(to: event, speaker: speaker, show: show)
    }
    let speaker = turns.speaker(after: text, last: lastLine?.character, partner: state.partner(of: actor))
    return try await respond(to: event, speaker: speaker, show: show)
  }

  /// Takes a turn in which the scene goes on by itself: somebody answers the last line, or speaks as a moment passes.
  ///
  /// A moment passes where nobody who is to speak can answer the line: it is their own, was not said to them, or is
  /// no longer the last thing that happened.
  ///
  /// - Parameters:
  ///   - speaker: Who speaks; found by ``TurnTaking`` unless given.
  ///   - direction: In which direction the line is to go.
  ///   - show: Takes the line bit by bit while it is made, from performers that make it so.
  /// - Throws: ``SessionError/noSuchCharacter(_:)``, and whatever a turn throws.
  public func goOn(
    speaker: String? = nil, direction: Direction? = nil, show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    let next = speaker.map(Speaker.member) ?? TurnTaking(cast: cast).speaker(after: lastLine)
    if let line = lastLine, line.turn == turn, turn > 0, hasAnswer(to: line, by: speaker) {
      return try await respond(to: line, speaker: next, direction: direction, show: show)
    }
    let moment = Event(text: "A moment passes.", direction: direction)
    return try await respond(to: moment, speaker: next, show: show)
  }

  /// Whether a line was said to somebody who may speak next.
  private func hasAnswer(to line: Line, by speaker: String?) -> Bool {
    cast.contains { program in
      program.character != line.character && program.perceives(line.event)
        && speaker.map(program.isCalled) ?? true
    }
  }
}
