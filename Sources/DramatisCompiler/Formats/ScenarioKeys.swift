import Dramatis

/// The top level of a file of scenarios.
struct ScenarioFileKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "file", called: "a file of scenarios")

  let scenarios = Key(
    "scenarios", takes: .version(1), isRequired: true,
    means: "the version of the format; must be the first key")
  let profile = Key(
    "profile", takes: .text(expected: "the path of a profile"), otherwise: "the same name",
    means: "the path of the profile, seen from the folder of this file")
  let actor = Key(
    "actor", takes: .actor, otherwise: "nobody", means: "who acts in events that do not say it")
  let seed = Key("seed", takes: .seed, default: 0, means: "decides every draw")
  let speak = Key(
    "speak", takes: .boolean, default: false,
    means: "whether the character says lines of the profile, which are actions of their own")
  let tests = Key(
    "tests",
    takes: .mapping(
      of: .either([.list(.object(EventKeys.self)), .object(ScenarioKeys.self)]),
      written: "mapping of names to scenarios", content: "scenarios"),
    isRequired: true, means: "the scenarios, each a list of events or a mapping with the keys below")
}

/// Below a name in `tests`, where it is not a mere list of events.
struct ScenarioKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "scenario", called: "a scenario")

  let actor = Key(
    "actor", takes: .actor, otherwise: "that of the file", means: "who acts in events that do not say it")
  let seed = Key("seed", takes: .seed, otherwise: "that of the file", means: "decides every draw")
  let speak = Key(
    "speak", takes: .boolean, otherwise: "that of the file", means: "whether the character speaks")
  let fails = Key(
    "fails", takes: .text,
    means: "why it is known to fail: then it counts as passed, and is reported once it is as expected")
  let events = Key(
    "events", takes: .list(of: .object(EventKeys.self), written: "list of events"), isRequired: true,
    means: "what happens, in order")
}

extension KeyValue where Self == TextValue {
  fileprivate static var actor: Self { .text(expected: "the name of whoever acts") }
}

extension KeyValue where Self == WholeNumberValue {
  fileprivate static var seed: Self { .wholeNumber(0...1_000_000_000) }
}

/// An element of `events`.
struct EventKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "event", called: "an event")

  let actor = Key(
    "actor", takes: .text, otherwise: "that of the scenario",
    means: "who acts; the character's own name makes it an action")
  let text = Key("text", takes: .text, means: "what is said or done; this or `scene` is required")
  let to = Key("to", takes: .texts, otherwise: "everyone", means: "who is addressed")
  let kind = Key("kind", takes: .text, default: "speech", means: "the kind of event")
  let data = Key(
    "data", takes: .mapping(of: .anything, written: "mapping", content: "keys and values"),
    means: "what conditions read as `event.data.…`; numbers, `true` and `false` are no texts")
  let present = Key("present", takes: .texts, otherwise: "everyone", means: "who perceives it")
  let scene = Key(
    "scene", takes: .text, otherwise: "the events before",
    means: "a scene in place of the remembered one")
  let partners = Key(
    "partners", takes: .texts, otherwise: "the actor", means: "whose partner topics are read")
  let times = Key(
    "times", takes: .wholeNumber(1...10_000), default: 1,
    means: "how often it happens, a turn each; what is expected holds after the last")
  let answers = Key(
    "answers",
    takes: .mapping(
      of: .either([.words(Truth.self), .number(0...1)]), written: "mapping of questions to answers",
      content: "questions and answers"),
    otherwise: "the cues",
    means: "by name or exact text: `yes`, `no`, `unknown` or the probability of yes")
  let set = Key(
    "set",
    takes: .mapping(
      of: .scalar, written: "mapping of variables to values", content: "variables and values"),
    means: "variables that a game writes before the event")
  let expect = Key(
    "expect", takes: .other(.either([.nothing, .object(ExpectationKeys.self)]), written: "an expectation"),
    means: "what must be so afterwards")
}

/// Below `expect`, besides the names of machines, variables and commitments.
struct ExpectationKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "expectation", called: "an expectation",
    takesOthers: .either([.scalar, .object(ExpectationKeys.self)]),
    table: .withoutDefaults)

  let states = Key(
    "states",
    takes: .mapping(of: .text, written: "mapping of machines to states", content: "machines and states"),
    means: "where machines stand")
  let variables = Key(
    "variables",
    takes: .mapping(
      of: .scalar, written: "mapping of variables to values", content: "variables and values"),
    means: "what variables hold")
  let commitments = Key(
    "commitments",
    takes: .mapping(
      of: .words(CommitmentStatus.self), written: "mapping of commitments to statuses",
      content: "commitments and statuses"),
    means: "how far commitments have come")
  let distributions = Key(
    "distributions",
    takes: .mapping(
      of: .mapping(.number(0...1)), written: "mapping of machines to states and their probabilities",
      content: "machines and probabilities"),
    means: "the distribution of a probabilistic machine")
  let within = Key(
    "within", takes: .number(0...1), default: 0.01,
    means: "how far a probability may be from that; 0.01 unless given")
  let statements = Key(
    "statements",
    takes: .other(
      .either([.texts, .object(StatementsKeys.self)]), written: "texts, or a mapping with the keys below"),
    means: "statements that apply")
  let line = Key(
    "line", takes: .other(.either([.nothing, .text]), written: "text"),
    means: "what the character says, byte for byte; `null` for nothing")
  let asked = Key(
    "asked", takes: .texts,
    means:
      "the questions that are asked, these and no others; those answered by `answers` are not asked")
}

/// Below `statements` in `expect`, where it is not a mere list.
struct StatementsKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "statements", called: "statements", table: .withoutDefaults)

  let fire = Key("fire", takes: .texts, means: "statements that must apply")
  let not = Key("not", takes: .texts, means: "statements that must not apply")
}
