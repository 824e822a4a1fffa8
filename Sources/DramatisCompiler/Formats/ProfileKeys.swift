import Dramatis

/// The top level of a profile.
struct ProfileKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "profile", called: "a profile",
    reserved: ["memory", "extensions"])

  let dramatis = Key(
    "dramatis", takes: .version(1), isRequired: true,
    means: "the version of the format; must be the first key")
  let character = Key("character", takes: .text, isRequired: true, means: "the character's name")
  let aliases = Key(
    "aliases", takes: .texts, means: "other names by which the character is addressed or mentioned")
  let summary = Key(
    "summary", takes: .blank, otherwise: "empty", means: "who the character is, in a sentence or two")
  let voice = Key("voice", takes: .blank, otherwise: "empty", means: "how the character talks")
  let setting = Key("setting", takes: .blank, otherwise: "empty", means: "where and when it all happens")
  let language = Key(
    "language", takes: .text, otherwise: "not said",
    means:
      "the tag of the language that is spoken, such as `en` or `de`; lists of cues are in it, English unless given"
  )
  let relations = Key(
    "relations", takes: .mapping(of: .text, written: "mapping of names to texts", content: "names to texts"),
    means: "what others are to the character, for the performer")
  let facts = Key(
    "facts", takes: .texts(written: "texts with slots"),
    means: "what is true whatever happens, for the performer")
  let remember = Key("remember", takes: .remember, means: "what the character keeps of what it hears")
  let rememberBudget = Key(
    "remember-budget", takes: .wholeNumber(Program.statementBudgets),
    otherwise: "\(Telling.standardMemoryBudget)",
    means: "how many tokens of what is kept the performer is told")
  let greeting = Key(
    "greeting", takes: .texts(written: "texts with slots"),
    means: "what the character may say first; one of them is chosen")
  let examples = Key(
    "examples", takes: .list(of: .object(ExampleKeys.self), written: "list of examples"),
    means: "sample exchanges for the performer")
  let promptForm = Key(
    "prompt-form", takes: .word(PromptForm.allCases), otherwise: "as flags and configuration say",
    means: "how prompts for a language model are laid out; `compact` suits small ones")
  let eager = Key(
    "eager", takes: .number(0...1), otherwise: "1, always",
    means: "how often the character answers what is said to all of a cast; 0 is never")
  let forbid = Key(
    "forbid", takes: .list(of: .either([.text, .object(ProhibitionKeys.self)]), written: "list of phrases"),
    means: "what no line of the character may hold: phrases as in cues, or questions about a line")
  let window = Key(
    "window", takes: .wholeNumber(1...Program.maximumWindow), default: 10,
    means: "how many events a scene holds, the newest included")
  let statementBudget = Key(
    "statement-budget", takes: .wholeNumber(Program.statementBudgets), otherwise: "no limit",
    means: "how many tokens of statements the performer is handed")
  let payoffsPerTurn = Key(
    "payoffs-per-turn",
    takes: .wholeNumber(Program.payoffLimits, written: "whole number from 1 to 100"),
    otherwise: "\(Program.standardPayoffLimit)", means: "how many payoffs a line is asked for at most")
  let relevant = Key(
    "relevant", takes: .condition, otherwise: "the local rule",
    means: "what makes an event of somebody else relevant")
  let variables = Key(
    "variables",
    takes: .names(
      of: .object(VariableKeys.self), written: "mapping of names to variables", content: "variables"),
    means: "what the character carries besides states")
  let questions = Key(
    "questions", takes: .questions, means: "questions that are used more than once, or have cues")
  let machines = Key(
    "machines",
    takes: .names(
      of: .object(MachineKeys.self), written: "mapping of names to machines", content: "machines"),
    means: "the character's states and transitions")
  let behavior = Key(
    "behavior",
    takes: .mapping(
      of: .either([.statements, .object(TopicKeys.self)]),
      written: "mapping of topics to statements and gates", content: "topics"),
    means: "the character's trees")
  let commitments = Key("commitments", takes: .commitments, means: "what the story owes")
  let lines = Key(
    "lines", takes: .list(of: .either([.text, .object(LineKeys.self)]), written: "list of lines"),
    means: "what the character says when no language model is configured")
  let lore = Key("lore", takes: .lore, means: "what the character's world holds, told when it is called for")
  let systemPrompt = Key(
    "system-prompt", takes: .blank, otherwise: "none",
    means: "what a model is told to do instead of what it is told otherwise, for which `{{original}}` stands")
  let postHistory = Key(
    "post-history", takes: .blank, otherwise: "none",
    means: "what a model is told behind the conversation")
  let properties = Key(
    "properties", takes: .list(of: .object(PropertyKeys.self), written: "list of properties"),
    means: "what must hold, for `dramatis validate` to check")
  let provenance = Key(
    "provenance", takes: .list(of: .object(ProvenanceKeys.self), written: "list of sources"),
    means: "where parts of the profile come from; nothing that happens depends on it")
}

/// An element of `provenance`.
struct ProvenanceKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "source", called: "a source")

  let of = Key(
    "of", takes: .word(Provenance.Item.allCases), isRequired: true, means: "what kind of part it is about")
  let name = Key(
    "name", takes: .text, isRequired: true,
    means: "which one: `mood.wary`, `mood.wary when accused`, a condition, a text or a name")
  let fact = Key("fact", takes: .text, means: "what was understood, in a sentence")
  let quote = Key("quote", takes: .texts, means: "the words of the source")
  let at = Key("at", takes: .text, means: "where in the source they stand")
  let evidence = Key("evidence", takes: .text, means: "how strong the evidence is")
}

/// The top level of a story.
struct StoryKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "story", called: "a story")

  let story = Key(
    "story", takes: .version(1), isRequired: true, otherwise: "required, first",
    means: "the version of the format")
  let title = Key("title", takes: .text, isRequired: true, means: "what the story is called")
  let setting = Key(
    "setting", takes: .blank, otherwise: "that of each profile", means: "where and when it happens")
  let language = Key(
    "language", takes: .text, otherwise: "English",
    means: "the tag of the language that the lists of cues of its own questions are in")
  let opening = Key(
    "opening", takes: .blank, means: "what everyone has heard before the first turn; it moves nothing")
  let facts = Key(
    "facts", takes: .texts(written: "texts with slots"),
    means: "what everyone in the cast knows to be true, for the performer")
  let remember = Key("remember", takes: .remember, means: "what everyone in the cast keeps of what it hears")
  let stall = Key(
    "stall", takes: .wholeNumber(Telling.stalls), otherwise: "\(Telling.standardStall)",
    means: "in how many turns nothing may fall due before the story is given a direction")
  let cast = Key(
    "cast", takes: .texts(written: "list of paths"), isRequired: true,
    means: "the profiles, in the folder of the story or below it")
  let questions = Key(
    "questions", takes: .questions, means: "questions that the commitments share")
  let commitments = Key(
    "commitments", takes: .commitments,
    means: "what the story owes; `owner` is the first of the cast unless given")
  let lore = Key("lore", takes: .lore, means: "what the cast knows of its world")
  let lorebooks = Key(
    "lorebooks", takes: .texts(written: "list of paths"),
    means: "files of lore and books of other front ends, in the folder of the story or below it")
}

extension KeyValue where Self == NamesValue {
  fileprivate static var questions: Self {
    .names(of: .object(QuestionKeys.self), written: "mapping of names to questions", content: "questions")
  }

  fileprivate static var remember: Self {
    .names(
      of: .object(RememberKeys.self), written: "mapping of names to standing questions",
      content: "standing questions")
  }

  fileprivate static var commitments: Self {
    .names(
      of: .object(CommitmentKeys.self), written: "mapping of names to commitments", content: "commitments")
  }
}

extension KeyValue where Self == OtherValue {
  fileprivate static var lore: Self {
    .other(
      .either([.object(LorebookKeys.self), .list(.object(LoreEntryKeys.self))]),
      written: "lorebook, or list of entries")
  }
}

/// An element of `forbid` that is not a text.
struct ProhibitionKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "prohibition", called: "a prohibition")

  let ask = Key(
    "ask", takes: .text, isRequired: true,
    means: "a question about a line, which a language model answers; yes is forbidden")
  let cues = Key("cues", takes: .texts, means: "phrases that are forbidden with it, found without a model")
}

/// An element of `examples`.
struct ExampleKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "example", called: "an example")

  let event = Key("event", takes: .text, isRequired: true, means: "what is said to the character")
  let line = Key("line", takes: .text, isRequired: true, means: "what the character answers")
}

/// Below a name in `variables`.
struct VariableKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "variable", called: "a variable")
  /// The least and the greatest value of any variable.
  static let bounds = -1_000_000_000...1_000_000_000

  let initial = Key(
    "initial", takes: .other(.scalar, written: "whole number, `true`, `false` or a value"),
    isRequired: true, means: "the value before the first turn")
  let min = Key("min", takes: .bound, otherwise: "required for a whole number", means: "the least value")
  let max = Key("max", takes: .bound, otherwise: "required for a whole number", means: "the greatest value")
  let values = Key(
    "values", takes: .texts(written: "list of names"),
    means: "makes the variable an enumeration of these values")
  let show = Key(
    "show", takes: .text(written: "text with slots", expected: "a text for 'show'"),
    otherwise: "it is not told",
    means: "how the variable stands, in words, for the performer")
}

extension KeyValue where Self == WholeNumberValue {
  fileprivate static var bound: Self { .wholeNumber(VariableKeys.bounds, written: "whole number") }
}

/// Below a name in `questions`.
struct QuestionKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "question", called: "a question")

  let ask = Key("ask", takes: .text, isRequired: true, means: "the question in words")
  let cues = Key("cues", takes: .texts, means: "phrases whose presence means yes")
  let counterCues = Key("counter-cues", takes: .texts, means: "phrases whose presence means no")
  let over = Key(
    "over", takes: .word(Question.Reach.allCases), default: .newest,
    means:
      "where cues are looked for: in the newest event, in what others said in the scene, or in what anybody said in it"
  )
  let part = Key(
    "in", takes: .word(Question.Part.allCases), otherwise: "both",
    means: "whether cues count in speech alone, or in *actions* alone")
  let reported = Key(
    "reported", takes: .word(ReportedSpeech.allCases), default: .no,
    means: "whether cues count in what the text lets somebody else say")
  let otherwise = Key(
    "otherwise", takes: .word([Truth.yes, .no, .unknown]), otherwise: "`unknown`",
    means: "the answer when nobody could tell")
}

/// Below a name in `remember`.
struct RememberKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "remember", called: "a standing question")

  let ask = Key(
    "ask", takes: .text(written: "text with slots", expected: "a question"), isRequired: true,
    means: "the question in words")
  let cues = Key("cues", takes: .texts, means: "phrases whose sentences answer it")
  let counterCues = Key("counter-cues", takes: .texts, means: "phrases whose sentences do not")
  let when = Key("when", takes: .condition, otherwise: "never", means: "when an event as a whole answers it")
  let role = Key(
    "role", takes: .word(Transition.RoleFilter.allCases), default: .passive,
    means: "whether the words of others are kept, the character's own, or both")
  let keep = Key(
    "keep", takes: .wholeNumber(StandingQuestion.keeps), otherwise: "\(StandingQuestion.standardKeep)",
    means: "how many quotes are kept; the oldest goes first")
}

/// Whether what somebody else is said to have said counts.
enum ReportedSpeech: String, Sendable, CaseIterable {
  case no, yes
}

/// An element of `lines` that is not a text.
struct LineKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "line", called: "a line")

  let when = Key(
    "when", takes: .condition, otherwise: "always", means: "when it fits; reads the values after the step")
  let statement = Key(
    "statement", takes: .text(expected: "a statement"),
    means: "a statement that must apply in this turn, byte for byte as under `behavior`")
  let unheard = Key(
    "unheard", takes: .wholeNumber(AuthoredLine.unheardTurns), otherwise: "whatever was understood",
    means: "fits where in so many turns in a row, this one included, no question was answered yes")
  let say = Key(
    "say", takes: .texts(written: "texts with slots"), isRequired: true, means: "the texts to choose from")
}

/// An element of `properties`.
struct PropertyKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "property", called: "a property", table: .ofValues)

  let never = Key("never", takes: .condition, means: "no position has this")
  let always = Key("always", takes: .condition, means: "every position has this")
  let reachable = Key("reachable", takes: .condition, means: "some position has this")
  let from = Key(
    "from", takes: .condition, means: "where a way must not begin that ends where `never-to` holds")
  let neverTo = Key(
    "never-to", takes: .condition, otherwise: "required with `from`", means: "where that way must not end")
  let without = Key(
    "without", takes: .condition,
    means: "with `from`: a turn in which this is yes makes the way a good one")
}
