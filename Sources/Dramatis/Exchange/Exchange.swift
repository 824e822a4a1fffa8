import FoundationEssentials

/// A session that is driven by lines of JSON: events in, what they did out.
///
/// ```swift
/// let exchange = await Exchange(session)
/// let response = try await exchange.respond(to: #"{"actor":"Rowan","text":"You watered the ale!"}"#, number: 1)
/// for line in response.lines { print(line) }
/// ```
///
/// See <doc:EventsAsJSON> for the keys of both.
public struct Exchange: Sendable {
  /// What comes of one line.
  public struct Response: Hashable, Sendable {
    /// A line of JSON for every member of the cast, in their order; see ``TurnLine``.
    public let lines: [String]
    /// What is suspicious about the input: keys that are not read, and answers to no question.
    public let warnings: [String]
    /// What is wrong with the line that was spoken and could not be mended.
    public let flaws: [LineFlaw]
  }

  private let session: Session
  private let cast: [Program]
  private let speaks: Bool
  private let isTraced: Bool
  private let identifiers: [[String]]

  /// Lets lines of JSON drive a session.
  ///
  /// - Parameters:
  ///   - session: The session, whose cast stays as it is.
  ///   - speaks: Whether whoever is addressed speaks; else nobody does.
  ///   - isTraced: Whether each line says how its steps came about.
  public init(_ session: Session, speaks: Bool = false, isTraced: Bool = false) async {
    self.session = session
    self.speaks = speaks
    self.isTraced = isTraced
    cast = await session.cast
    identifiers = cast.map { $0.statementIdentifiers() }
  }

  /// Reads a line and takes a turn on it.
  ///
  /// - Parameters:
  ///   - line: A JSON object; see ``EventLine``.
  ///   - number: The number of the line, which comes back in what goes out.
  /// - Throws: ``ExchangeError`` or ``SessionError``, and the session is then as it was before; whatever the
  ///   discriminator or the performer throws.
  public func respond(to line: String, number: Int) async throws -> Response {
    let input = try EventLine(json: line)
    if let fault = input.event.fault {
      guard fault == .empty else { throw SessionError(fault) }
      throw ExchangeError.emptyEvent(suggestion: suggestion(for: input.unknownKeys, among: EventLine.keys))
    }
    let turn = try await turn(on: input, speaker: speaks ? .addressed : .nobody)
    let lines = try zip(turn.records, identifiers).map { record, identifiers in
      try TurnLine(record, of: turn, input: number, identifiers: identifiers, isTraced: isTraced).jsonLine()
    }
    return Response(lines: lines, warnings: warnings(about: input), flaws: turn.line?.flaws ?? [])
  }

  /// Takes a turn on what a line holds: writes its variables, then lets everyone step on its event.
  ///
  /// - Throws: ``ExchangeError/badSetting(_:suggestion:)``, ``SessionError``, and whatever the discriminator or the
  ///   performer throws.
  public func turn(on input: EventLine, speaker: Session.Speaker) async throws -> Turn {
    do {
      try await session.set(input.set, of: cast)
    } catch let error as SettingError {
      let known = cast.flatMap { program in
        program.variables.flatMap { [$0.name, "\(program.character).\($0.name)"] }
      }
      throw ExchangeError.badSetting(error, suggestion: suggestion(for: Array(input.set.keys), among: known))
    }
    return try await session.respond(to: input.event, given: input.answers, speaker: speaker)
  }

  private func warnings(about input: EventLine) -> [String] {
    let keys = input.unknownKeys.map { warning("key", called: $0, known: EventLine.keys) }
    let unanswered = cast.map { Set($0.answers(from: input.answers).unknown) }
    let strange = unanswered.dropFirst().reduce(unanswered.first ?? []) { $0.intersection($1) }
    let questions = strange.sorted().map {
      warning("question", called: $0, known: cast.flatMap(\.questions).map(\.key))
    }
    return keys + questions
  }

  private func warning(_ what: String, called name: String, known: [String]) -> String {
    let help = nearest(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    return "unknown \(what) '\(name)' is ignored\(help)"
  }
}

/// Why a line brought no turn; the session is as it was before.
public enum ExchangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It is no JSON object, or one of its keys holds what it cannot.
  case malformed(String)
  /// It has neither a text nor a scene, and no kind that needs none; the suggestion is what was probably meant by a key that is not known.
  case emptyEvent(suggestion: String?)
  /// A variable cannot be written; the suggestion is what was probably meant by a name that is not known.
  case badSetting(SettingError, suggestion: String?)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .malformed: "malformed"
    case .emptyEvent: "empty-event"
    case .badSetting: "bad-setting"
    }
  }

  /// What went wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .malformed(let reason): reason
    case .emptyEvent(let suggestion):
      "an event needs 'text', 'scene' or a 'kind' such as tick" + Self.hint(suggestion)
    case .badSetting(let error, let suggestion): "'set': \(error)" + Self.hint(suggestion)
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }
}

/// What was probably meant by the first name that is not known and like one that is.
func suggestion(for names: [String], among known: [String]) -> String? {
  names.sorted().filter { !known.contains($0) }.compactMap { nearest($0, among: known) }.first
}

extension Session {
  /// Writes variables: `trust` for every member who has it, `Ben.trust` for one; all of them or none.
  ///
  /// The first member answers for those that nobody has.
  fileprivate func set(_ values: [String: Datum], of cast: [Program]) throws {
    var settings = cast.map { _ in [String: Datum]() }
    for (name, value) in values.sorted(by: { !$0.key.contains(".") && $1.key.contains(".") }) {
      let owners = cast.indices.filter { place in cast[place].variables.contains { $0.name == name } }
      if owners.isEmpty, let (member, variable) = cast.memberAndVariable(name),
        cast[member].variables.contains(where: { $0.name == variable })
      {
        settings[member][variable] = value
      } else {
        for member in owners.isEmpty ? [0] : owners { settings[member][name] = value }
      }
    }
    for (program, values) in zip(cast, settings) {
      var snapshot = try snapshot(of: program.character)
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        try snapshot.set(name, to: value, in: program)
      }
    }
    for (program, values) in zip(cast, settings) { try set(values, of: program.character) }
  }
}

extension [Program] {
  /// Whose variable is meant by `NAME.VARIABLE`; nil where nobody has that name.
  package func memberAndVariable(_ text: String) -> (member: Int, variable: String)? {
    guard let dot = text.lastIndex(of: "."),
      let member = firstIndex(where: { $0.isCalled(String(text[..<dot])) })
    else { return nil }
    return (member, String(text[text.index(after: dot)...]))
  }
}

extension Encodable {
  /// JSON on one line without a break at its end, with sorted keys, in which nothing can steer a terminal.
  package func jsonLine() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self).withControlsEscaped
  }
}
