/// Who is meant by what somebody says, and who speaks next.
///
/// `Mara, …`, `…, Mara?` or `@Mara …` speaks to Mara alone, "Good evening, all" to everybody. Otherwise whoever has a payoff
/// that is due speaks, else whoever is named, else whoever spoke last with the same person, else the next in the cast. Who
/// is muted speaks only when asked by name.
public struct TurnTaking: Sendable {
  private let cast: [Program]
  private let muted: Set<String>

  /// - Parameters:
  ///   - cast: The characters, in the order in which they take turns.
  ///   - muted: The names of those who say nothing unasked.
  public init(cast: [Program], muted: Set<String> = []) {
    self.cast = cast
    self.muted = muted
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

  /// Whether a text turns to all who are there, as "Good evening, all" and "Everyone, listen!" do.
  public func addressesEverybody(_ text: String) -> Bool {
    let (text, words) = (SpokenText(text), NamesInText.everybody)
    return !Addressing(of: text, among: words).members.isEmpty || words.isGreeted(in: text)
  }

  private func addressing(of text: String) -> Addressing {
    Addressing(of: SpokenText(text), among: NamesInText(of: cast))
  }

  private func isMuted(_ program: Program) -> Bool { muted.contains(program.character) }

  /// Who wants to answer what is said, first who answers first.
  ///
  /// Of several who are addressed each does, in the order in which they are named. Of all each does who is eager enough in this
  /// turn: whoever is named first, then whoever spoke last with the same person, then the most eager. Otherwise one answers,
  /// whom ``speaker(after:last:partner:)`` finds.
  ///
  /// - Parameters:
  ///   - text: What is said.
  ///   - partner: Who of the cast answered the same person last; nil where nobody did.
  ///   - seed: Decides who is eager.
  ///   - turn: The number of the turn in which it is said.
  /// - Returns: The names; none where it is said to nobody in particular, or nobody cares to answer.
  func answerers(of text: String, partner: String?, seed: UInt64, turn: Int) -> [String] {
    let addressed = addressees(of: text)
    if !addressed.isEmpty { return addressed.filter { !isMuted($0) }.map(\.character) }
    guard addressesEverybody(text) else { return [] }
    let named = NamesInText(of: cast).mentioned(in: SpokenText(text))
    let eager = cast.indices.filter { index in
      let draw = Draw.number(seed: seed, turn: turn, site: Draw.site(of: "eager \(cast[index].character)"))
      return !isMuted(cast[index]) && draw < cast[index].eagerness
    }
    func rank(_ index: Int) -> (Int, Double, Int) {
      let isPartner = partner.map(cast[index].isCalled) ?? false
      return (named.contains(index) ? 0 : isPartner ? 1 : 2, -cast[index].eagerness, index)
    }
    return eager.sorted { rank($0) < rank($1) }.map { cast[$0].character }
  }

  /// Who speaks when nobody is addressed.
  ///
  /// - Parameters:
  ///   - text: What was said.
  ///   - last: Who of the cast spoke last; nil where nobody did.
  ///   - partner: Who of the cast answered the same person last; nil where nobody did.
  public func speaker(after text: String, last: String?, partner: String? = nil) -> Session.Speaker {
    let mentioned = NamesInText(of: cast).mentioned(in: SpokenText(text)).map { cast[$0] }
    let named = mentioned.first { !isMuted($0) }
    let known = partner.flatMap { partner in cast.first { $0.isCalled(partner) && !isMuted($0) } }
    let next = last.flatMap { last in cast.firstIndex { $0.isCalled(last) } }.flatMap(next)
    guard let speaker = named ?? known ?? next.map({ cast[$0] }) else { return .addressed }
    let mayOwe = cast.contains { !$0.commitments.isEmpty }
    return mayOwe ? .owing(otherwise: speaker.character) : .member(speaker.character)
  }

  /// The next in the cast after a member who may speak unasked, perhaps that very one; nil where nobody may.
  private func next(after index: Int) -> Int? {
    (1...cast.count).map { (index + $0) % cast.count }.first { !isMuted(cast[$0]) }
  }

  /// Who speaks when the cast goes on by itself: whoever owes, else who was spoken to or named, else the next.
  ///
  /// - Parameter line: What was said last; nil where nothing was.
  public func speaker(after line: Line?) -> Session.Speaker {
    guard let first = cast.first(where: { !isMuted($0) }) else { return .nobody }
    guard let line, let index = cast.firstIndex(where: { $0.character == line.character }) else {
      return .owing(otherwise: first.character)
    }
    let (text, known) = (SpokenText(line.text), NamesInText(of: cast))
    let meant = Addressing(of: text, among: known).members + known.mentioned(in: text)
    let other = meant.first { $0 != index && !isMuted(cast[$0]) }
    return .owing(otherwise: (other ?? next(after: index)).map { cast[$0] }?.character ?? first.character)
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
    let turns = TurnTaking(cast: cast, muted: muted)
    let addressees = turns.addressees(of: text)
    let first = answerers(of: text, by: actor).first
    if !addressees.isEmpty {
      event.to = addressees.map(\.character)
      let speaker = addressees.count == 1 && first != nil ? .addressed : first.map(Speaker.member) ?? .nobody
      return try await respond(to: event, speaker: speaker, show: show)
    }
    if let first {
      return try await respond(to: event, speaker: .owing(otherwise: first), show: show)
    }
    let speaker = turns.speaker(after: text, last: lastLine?.character, partner: state.partner(of: actor))
    return try await respond(to: event, speaker: speaker, show: show)
  }

  /// Who wants to answer what somebody is about to say to several or to all, first who answers first.
  ///
  /// The first of them speaks in ``respond(to:by:direction:show:)``; each of the others may in a turn of
  /// ``goOn(speaker:direction:show:)`` after it.
  ///
  /// - Returns: Their names; none where it is said to nobody in particular, so that one of the cast answers.
  public func answerers(of text: String, by actor: String) -> [String] {
    TurnTaking(cast: cast, muted: muted).answerers(
      of: text, partner: state.partner(of: actor), seed: transcript.header.seed, turn: turn + 1)
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
    let next =
      speaker.map(Speaker.member) ?? TurnTaking(cast: cast, muted: muted).speaker(after: lastLine)
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
        && speaker.map(program.isCalled) ?? !state.isMuted(program)
    }
  }
}
