import Dramatis

/// The mappings of a file of scenarios, key by key, for editors.
enum ScenarioShapes {
  /// In the order of the reference; the first is the whole file.
  static let all: [ObjectShape] = [file, scenario, event, expectation, statements]

  static let file = ObjectShape(
    "file", called: "a file of scenarios",
    [
      .init(
        "scenarios", .version(1), isRequired: true,
        "the version of the format; must be the first key"),
      .init(
        "profile", .text,
        "the path of the profile, seen from the folder of this file"),
      .init(
        "actor", .text,
        "who acts in events that do not say it"),
      .init(
        "seed", .integer(0...ScenarioReader.maximumSeed),
        "decides every draw"),
      .init(
        "speak", .boolean,
        "whether the character says lines of the profile, which are actions of their own"),
      .init(
        "tests", .mapping(.either([.list(.object("event")), .object("scenario")])), isRequired: true,
        "the scenarios, each a list of events or a mapping with the keys below"),
    ])

  static let scenario = ObjectShape(
    "scenario", called: "a scenario",
    [
      .init(
        "actor", .text,
        "who acts in events that do not say it"),
      .init(
        "seed", .integer(0...ScenarioReader.maximumSeed),
        "decides every draw"),
      .init(
        "speak", .boolean,
        "whether the character speaks"),
      .init(
        "events", .list(.object("event")), isRequired: true,
        "what happens, in order"),
    ])

  static let event = ObjectShape(
    "event", called: "an event",
    [
      .init(
        "actor", .text,
        "who acts; the character's own name makes it an action"),
      .init(
        "text", .text,
        "what is said or done; this or scene is required"),
      .init(
        "to", .texts,
        "who is addressed"),
      .init(
        "kind", .text,
        "the kind of event"),
      .init(
        "data", .mapping(.anything),
        "what conditions read as event.data.…; numbers, true and false are no texts"),
      .init(
        "present", .texts,
        "who perceives it"),
      .init(
        "scene", .text,
        "a scene in place of the remembered one"),
      .init(
        "partners", .texts,
        "whose partner topics are read"),
      .init(
        "times", .integer(1...ScenarioReader.maximumTimes),
        "how often it happens, a turn each; what is expected holds after the last"),
      .init(
        "answers", .mapping(.either([.words(Truth.self), .number(0...1)])),
        "by name or exact text: yes, no, unknown or the probability of yes"),
      .init(
        "set", .mapping(.scalar),
        "variables that a game writes before the event"),
      .init(
        "expect", .either([.nothing, .object("expectation")]),
        "what must be so afterwards"),
    ])

  static let expectation = ObjectShape(
    "expectation", called: "an expectation", takesOthers: .scalar,
    [
      .init(
        "states", .mapping(.text),
        "where machines stand"),
      .init(
        "variables", .mapping(.scalar),
        "what variables hold"),
      .init(
        "commitments", .mapping(.words(CommitmentStatus.self)),
        "how far commitments have come"),
      .init(
        "distributions", .mapping(.mapping(.number(0...1))),
        "the distribution of a probabilistic machine"),
      .init(
        "within", .number(0...1),
        "how far a probability may be from that; 0.01 unless given"),
      .init(
        "statements", .either([.texts, .object("statements")]),
        "statements that apply"),
      .init(
        "line", .either([.nothing, .text]),
        "what the character says, byte for byte; null for nothing"),
      .init(
        "asked", .texts,
        "the questions that are asked, these and no others; those answered by answers are not asked"),
    ])

  static let statements = ObjectShape(
    "statements", called: "statements",
    [
      .init(
        "fire", .texts,
        "statements that must apply"),
      .init(
        "not", .texts,
        "statements that must not apply"),
    ])
}
