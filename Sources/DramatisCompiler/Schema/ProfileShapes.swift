import Dramatis

/// The mappings of a profile, key by key, for editors; what each takes the reader checks more strictly.
enum ProfileShapes {
  private static let limits = ProfileLimits.standard

  /// In the order of the reference; the first is the whole file.
  static let all: [ObjectShape] = [
    profile, example, variable, question, machine, transition, topic, gate, commitment, beat, line, property,
  ]

  /// Those of a story; the first is the whole file.
  static let ofStories: [ObjectShape] = [story, question, commitment, beat]

  static let profile = ObjectShape(
    "profile", called: "a profile",
    [
      .init(
        "dramatis", .version(1), isRequired: true,
        "the version of the format; must be the first key"),
      .init(
        "character", .text, isRequired: true,
        "the character's name"),
      .init(
        "aliases", .texts,
        "other names by which the character is addressed or mentioned"),
      .init(
        "summary", .blank,
        "who the character is, in a sentence or two"),
      .init(
        "voice", .blank,
        "how the character talks"),
      .init(
        "setting", .blank,
        "where and when it all happens"),
      .init(
        "greeting", .texts,
        "what the character may say first; one of them is chosen"),
      .init(
        "examples", .list(.object("example")),
        "sample exchanges for the performer"),
      .init(
        "window", .integer(1...Program.maximumWindow),
        "how many events a scene holds, the newest included"),
      .init(
        "statement-budget", .integer(Program.statementBudgets),
        "how many tokens of statements the performer is handed"),
      .init(
        "payoffs-per-turn", .integer(Program.payoffLimits),
        "how many payoffs a line is asked for at most"),
      .init(
        "relevant", .text,
        "what makes an event of somebody else relevant"),
      .init(
        "variables", .named(.object("variable")),
        "what the character carries besides states"),
      .init(
        "questions", .named(.object("question")),
        "questions that are used more than once, or have cues"),
      .init(
        "machines", .named(.object("machine")),
        "the character's states and transitions"),
      .init(
        "behavior", .mapping(.either([.statements, .object("topic")])),
        "the character's trees"),
      .init(
        "commitments", .named(.object("commitment")),
        "what the story owes"),
      .init(
        "lines", .list(.either([.text, .object("line")])),
        "what the character says when no language model is configured"),
      .init(
        "properties", .list(.object("property")),
        "what must hold, for dramatis validate to check"),
    ])

  static let example = ObjectShape(
    "example", called: "an example",
    [
      .init(
        "event", .text, isRequired: true,
        "what is said to the character"),
      .init(
        "line", .text, isRequired: true,
        "what the character answers"),
    ])

  static let variable = ObjectShape(
    "variable", called: "a variable",
    [
      .init(
        "initial", .scalar, isRequired: true,
        "the value before the first turn"),
      .init(
        "min", .integer(limits.integers),
        "the least value"),
      .init(
        "max", .integer(limits.integers),
        "the greatest value"),
      .init(
        "values", .texts,
        "makes the variable an enumeration of these values"),
    ])

  static let question = ObjectShape(
    "question", called: "a question",
    [
      .init(
        "ask", .text, isRequired: true,
        "the question in words"),
      .init(
        "cues", .texts,
        "phrases whose presence means yes"),
      .init(
        "counter-cues", .texts,
        "phrases whose presence means no"),
      .init(
        "over", .words(Question.Reach.self),
        "whether cues are looked for in the newest event or in the whole scene"),
      .init(
        "otherwise", .words(Truth.self),
        "the answer when nobody could tell"),
    ])

  static let machine = ObjectShape(
    "machine", called: "a machine",
    [
      .init(
        "states", .named(.blank), isRequired: true,
        "the states; a description may be left out"),
      .init(
        "transitions", .list(.object("transition")),
        "the ways from state to state, tried in this order"),
      .init(
        "probabilistic", .word(["belief", "sample", "true", "false"]),
        "whether it carries a distribution over its states; true is belief"),
      .init(
        "stay", .mapping(.number(limits.bias)),
        "for probabilistic machines: how much likelier staying in a state is, in log-odds from -100 to 100"),
      .init(
        "mixed", .number(0...1),
        "for probabilistic machines: the probability from which a state belongs to a mixed mood"),
    ])

  static let transition = ObjectShape(
    "transition", called: "a transition",
    [
      .init(
        "from", .texts, isRequired: true,
        "the states that it leaves"),
      .init(
        "to", .text, isRequired: true,
        "the state that it enters"),
      .init(
        "when", .text, isRequired: true,
        "its guard"),
      .init(
        "role", .words(Transition.RoleFilter.self),
        "whether it is tried when somebody else acts, when the character acts, or in both cases"),
      .init(
        "set", .mapping(.text),
        "its effects"),
      .init(
        "bias", .number(limits.bias),
        "for probabilistic machines: how much likelier it is than its guard says, in log-odds from -100 to 100"
      ),
    ])

  static let topic = ObjectShape(
    "topic", called: "a topic",
    [
      .init(
        "with", .text,
        "the partner: the topic is read only when this one acted"),
      .init(
        "statements", .statements, isRequired: true,
        "the root of the tree"),
    ])

  static let gate = ObjectShape(
    "gate", called: "a gate",
    [
      .init(
        "when", .text, isRequired: true,
        "what decides"),
      .init(
        "then", .statements, isRequired: true,
        "what applies on yes; may be empty"),
      .init(
        "else", .statements,
        "what applies on no"),
      .init(
        "unknown", .statements,
        "what applies when nobody can tell"),
    ])

  static let commitment = ObjectShape(
    "commitment", called: "a commitment",
    [
      .init(
        "foreshadow", .either([.text, .object("beat")]), isRequired: true,
        "the set-up that owes something"),
      .init(
        "trigger", .text, isRequired: true,
        "what makes it due"),
      .init(
        "payoff", .either([.text, .object("beat")]), isRequired: true,
        "the concrete event that settles it"),
      .init(
        "plant", .text,
        "when the foreshadow enters"),
      .init(
        "not-before", .integer(0...limits.integers.upperBound),
        "turns after planting before which the trigger is not looked at"),
      .init(
        "due-within", .integer(0...limits.integers.upperBound),
        "turns after the trigger within which it has to be paid"),
      .init(
        "after", .texts,
        "those that must be paid first"),
      .init(
        "priority", .integer(limits.integers),
        "which goes first when several are due; higher first"),
      .init(
        "owner", .text,
        "the member of the cast who pays"),
      .init(
        "abandon-when", .text,
        "when it is given up"),
      .init(
        "hold", .text,
        "on how many of the last turns on which it was looked at the trigger has to hold, against false alarms"
      ),
      .init(
        "certainty", .number(Commitment.certainties),
        "the least probability of yes with which the trigger holds"),
      .init(
        "source", .text,
        "where it was found, for people; nothing reads it"),
    ])

  static let beat = ObjectShape(
    "beat", called: "a foreshadow or payoff",
    [
      .init(
        "text", .text, isRequired: true,
        "what is set up, or what happens"),
      .init(
        "cues", .texts,
        "phrases in the character's line that mean it was written"),
      .init(
        "counter-cues", .texts,
        "phrases that mean it was not"),
      .init(
        "say", .texts,
        "what the character says without a language model: while planted, or while due"),
    ])

  static let line = ObjectShape(
    "line", called: "a line",
    [
      .init(
        "when", .text,
        "when it fits; reads the values after the step"),
      .init(
        "statement", .text,
        "a statement that must apply in this turn, byte for byte as under behavior"),
      .init(
        "say", .texts, isRequired: true,
        "the texts to choose from"),
    ])

  static let property = ObjectShape(
    "property", called: "a property",
    [
      .init(
        "never", .text,
        "no position has this"),
      .init(
        "always", .text,
        "every position has this"),
      .init(
        "reachable", .text,
        "some position has this"),
      .init(
        "from", .text,
        "where a way must not begin that ends where never-to holds"),
      .init(
        "never-to", .text,
        "where that way must not end"),
      .init(
        "without", .text,
        "with from: a turn in which this is yes makes the way a good one"),
    ])

  static let story = ObjectShape(
    "story", called: "a story",
    [
      .init(
        "story", .version(1), isRequired: true,
        "the version of the format"),
      .init(
        "title", .text, isRequired: true,
        "what the story is called"),
      .init(
        "setting", .blank,
        "where and when it happens"),
      .init(
        "opening", .blank,
        "what everyone has heard before the first turn; it moves nothing"),
      .init(
        "cast", .texts, isRequired: true,
        "the profiles, in the folder of the story or below it"),
      .init(
        "questions", .named(.object("question")),
        "questions that the commitments share"),
      .init(
        "commitments", .named(.object("commitment")),
        "what the story owes; owner is the first of the cast unless given"),
    ])
}
