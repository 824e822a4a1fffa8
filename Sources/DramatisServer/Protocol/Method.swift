/// What can be asked of the server, or by the server: the one place that says what goes in and comes out.
///
/// Reading of parameters, messages about them, the schema and the page of the protocol come from here.
struct Method: Sendable {
  let name: String
  /// What it does, in a sentence.
  let summary: String
  let parameters: [Field]
  let result: [Field]

  /// The longest that a turn may be given, in milliseconds: a day.
  static let longestDeadline = 86_400_000

  /// What the server answers, in the order of the page.
  static let all =
    [load, create, event, turn, set, force, state, save, restore, reload, explain, subscribe]
    + [unsubscribe, free, cancel, shutdown]

  /// The method of a name; nil where there is none.
  static func named(_ name: String) -> Method? { all.first { $0.name == name } }

  private static let program = Field.needed("program", is: .text, means: "a program, by its identity")
  private static let instance = Field.needed("instance", is: .text, means: "an instance, by its identity")
  private static let source: [Field] = [
    .optional("path", is: .text, means: "the file of a profile, a story or a compiled program"),
    .optional("text", is: .text, means: "a profile in YAML, instead of a path"),
    .optional("bytes", is: .text, means: "a profile or a compiled program in base64, instead of a path"),
    .optional("name", is: .text, means: "what to call a text or bytes in diagnostics"),
  ]
  private static let stand: [Field] = [
    .needed("turn", is: .wholeNumber(0...(1 << 53)), means: "how many turns it has taken"),
    .needed("states", is: .mapping(.text), means: "the state of each machine"),
    .needed("variables", is: .mapping(.any), means: "the value of each variable"),
  ]
  private static let moved: [Field] =
    stand + [
      .needed("relevant", is: .flag, means: "whether the event concerned the character"),
      .needed(
        "changes",
        is: .list(
          .object([
            .needed("machine", is: .text, means: "the machine"),
            .needed("from", is: .text, means: "its state before"),
            .needed("to", is: .text, means: "its state after"),
            .needed("because", is: .text, means: "the guard that let it"),
          ])), means: "the machines that went to another state, in order"),
      .needed("statements", is: .list(.text), means: "the statements that apply"),
      .needed("due", is: .list(.text), means: "the commitments that have to be paid, the most urgent first"),
      .optional("warnings", is: .list(.text), means: "what is suspicious about the event"),
      .optional(
        "late", is: .list(.word(["ask", "line"])),
        means: "what came too late or not at all: answers were then left to the cues, the line to the profile"
      ),
    ]
  private static let happening: [Field] = [
    instance, .needed("event", is: .reference("event"), means: "what happened"),
    .optional("answers", is: .mapping(.answer), means: "answers by a question's name or exact text"),
    .optional(
      "ask", is: .flag, means: "whether to ask the game what the answers leave open, before the cues"),
    .optional(
      "deadline", is: .wholeNumber(1...longestDeadline),
      means: "how long it may wait for answers and a line, in milliseconds"),
  ]

  static let load = Method(
    name: "load", summary: "Loads a profile, a story or a compiled program; give path, text or bytes.",
    parameters: source,
    result: [
      .needed("program", is: .text, means: "the identity of the first program"),
      .needed(
        "programs",
        is: .list(
          .object([
            .needed("program", is: .text, means: "its identity"),
            .needed("character", is: .text, means: "its character"),
            .needed("hash", is: .text, means: "what tells it from every other program"),
          ])), means: "all of them, in the order of the cast"),
      .needed("opening", is: .text, means: "how a story opens; else empty"),
      .needed("diagnostics", is: .list(.reference("diagnostic")), means: "warnings"),
    ])
  static let create = Method(
    name: "create", summary: "Makes an instance: one character of a program under a name of its own.",
    parameters: [
      program, .optional("name", is: .text, means: "its name; the character's unless given"),
      .optional("seed", is: .seed, means: "decides all chance; 0 unless given"),
    ], result: [instance] + stand)
  static let event = Method(
    name: "event", summary: "Steps an instance on an event; nobody speaks.", parameters: happening,
    result: moved)
  static let turn = Method(
    name: "turn", summary: "Takes a turn: the instance steps on the event and may say something.",
    parameters: happening + [
      .optional(
        "speak", is: .word(["authored", "game", "model"]),
        means:
          "who writes the line: the profile (unless given), the game by a request 'speak', or a language model"
      )
    ],
    result: moved + [
      .optional("line", is: .text, means: "what was said; left out where nothing was")
    ])
  static let set = Method(
    name: "set", summary: "Writes variables, clamped to their bounds; all or none.",
    parameters: [instance, .needed("values", is: .mapping(.any), means: "values by the names of variables")],
    result: stand)
  static let force = Method(
    name: "force", summary: "Puts machines into states, as a designer would; all or none.",
    parameters: [instance, .needed("states", is: .mapping(.text), means: "states by the names of machines")],
    result: stand)
  static let state = Method(
    name: "state", summary: "Says where an instance stands.", parameters: [instance],
    result: [.needed("name", is: .text, means: "its name"), program] + stand)
  static let save = Method(
    name: "save", summary: "Gives all that an instance is.", parameters: [instance],
    result: [
      .needed("save", is: .text, means: "what to keep, and to give to restore: base64 of some hundred bytes")
    ])
  static let restore = Method(
    name: "restore", summary: "Makes an instance from a save, also where the profile has changed since.",
    parameters: [program, .needed("save", is: .text, means: "what save gave")],
    result: [instance] + stand + [
      .needed("lost", is: .list(.text), means: "what could not be carried over as it was")
    ])
  static let reload = Method(
    name: "reload",
    summary: "Loads a program anew and gives it to all its instances, which go on under their names.",
    parameters: [program] + source,
    result: [
      .needed("differences", is: .list(.text), means: "what changed in the program"),
      .needed(
        "lost", is: .mapping(.list(.text)), means: "by instance what could not be carried over as it was"),
      .needed("diagnostics", is: .list(.reference("diagnostic")), means: "warnings"),
    ])
  static let explain = Method(
    name: "explain", summary: "Says how the last step of an instance came about.", parameters: [instance],
    result: [
      .needed("text", is: .text, means: "for a reader, one fact a line"),
      .needed("steps", is: .list(.any), means: "guards, gates and commitments with what decided them"),
    ])
  static let subscribe = Method(
    name: "subscribe",
    summary:
      "Tells from now on what changes, by notifications 'changed'; of all instances unless one is named.",
    parameters: [.optional("instance", is: .text, means: "the only one to tell of")], result: [])
  static let unsubscribe = Method(
    name: "unsubscribe", summary: "Takes a subscription back; all of them unless an instance is named.",
    parameters: [.optional("instance", is: .text, means: "the only one to tell no more of")], result: [])
  static let free = Method(
    name: "free", summary: "Forgets an instance or a program, whose identity is never used again.",
    parameters: [
      .optional("instance", is: .text, means: "the instance"),
      .optional("program", is: .text, means: "the program"),
    ], result: [])
  static let cancel = Method(
    name: "cancel",
    summary: "Cancels a request that was not answered yet; it is then answered with an error.",
    parameters: [.needed("id", is: .identifier, means: "the id of the request")],
    result: [.needed("cancelled", is: .flag, means: "whether it was still waiting or under way")])
  static let shutdown = Method(
    name: "shutdown", summary: "Answers what was asked before, and ends.", parameters: [], result: [])
}

extension Method {
  /// What the server asks the game, or tells it.
  static let ours = [ask, speak, changed, withdrawn]

  static let ask = Method(
    name: "ask", summary: "A request of the server: answer questions about a scene.",
    parameters: [
      .needed("instance", is: .text, means: "who is asked about it"),
      .needed("name", is: .text, means: "the name of the instance"),
      .needed(
        "questions",
        is: .list(
          .object([
            .needed("key", is: .text, means: "the question's name, else its text; the answer goes under it"),
            .needed("ask", is: .text, means: "the question in words"),
          ])), means: "the open questions, each once"),
      .needed("scene", is: .text, means: "the events of the scene, one a line"),
      .needed("event", is: .reference("event"), means: "the newest event"),
      .needed("states", is: .mapping(.text), means: "the state of each machine"),
      .needed("variables", is: .mapping(.any), means: "the value of each variable"),
    ],
    result: [
      .needed("answers", is: .mapping(.answer), means: "answers by key; one that is left out is unknown")
    ])
  static let speak = Method(
    name: "speak", summary: "A request of the server: write a line.",
    parameters: [
      .needed("instance", is: .text, means: "who speaks"),
      .needed("name", is: .text, means: "the name of the instance"),
      .needed("prompt", is: .any, means: "what to speak from"),
    ],
    result: [.optional("line", is: .text, means: "what is said; left out or null where nothing is")])
  static let changed = Method(
    name: "changed", summary: "A notification of the server, for subscribers: what changed in an instance.",
    parameters: [
      .needed("instance", is: .text, means: "the instance"),
      .needed("turn", is: .wholeNumber(0...(1 << 53)), means: "the turn in which it changed"),
      .needed("states", is: .mapping(.text), means: "the machines that are in another state, and in which"),
      .needed("variables", is: .mapping(.any), means: "the variables that have another value, and which"),
      .optional("line", is: .text, means: "what it said"),
    ], result: [])
  static let withdrawn = Method(
    name: "withdrawn",
    summary: "A notification of the server: it no longer waits for the answer to a request of its own.",
    parameters: [.needed("id", is: .identifier, means: "the id of that request")], result: [])
}
