import Dramatis

/// Below a name in `machines`.
struct MachineKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "machine", called: "a machine")

  let states = Key(
    "states",
    takes: .names(
      of: .either([.blank, .object(StateKeys.self)]), written: "mapping of names to descriptions",
      content: "states"),
    isRequired: true, means: "the states; a description may be left out")
  let transitions = Key(
    "transitions", takes: .list(of: .object(TransitionKeys.self), written: "list of transitions"),
    means: "the ways from state to state, tried in this order")
  let probabilistic = Key(
    "probabilistic",
    takes: .other(
      .word(["belief", "sample", "true", "false"]), written: "`belief`, `true`, `sample` or `false`"),
    otherwise: "`false`", means: "whether it carries a distribution over its states; `true` is `belief`")
  let stay = Key(
    "stay",
    takes: .mapping(
      of: .number(Program.biases), written: "mapping of states to numbers", content: "states"),
    otherwise: "0",
    means:
      "for probabilistic machines: how much likelier staying in a state is, in log-odds from -100 to 100")
  let mixed = Key(
    "mixed", takes: .number(0...1, written: "number between 0 and 1"),
    means: "for probabilistic machines: the probability from which a state belongs to a mixed mood")
}

/// Below a name in `states`, where it is not a mere description.
struct StateKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "state", called: "a state")

  let description = Key(
    "description", takes: .blank, otherwise: "empty",
    means: "what the state means, for as long as it lasts")
  let enter = Key(
    "enter", takes: .text, otherwise: "the description",
    means: "what entering it means, told in the turn in which it is entered and in no other")
}

/// An element of `transitions`.
struct TransitionKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "transition", called: "a transition")

  let from = Key(
    "from", takes: .texts(written: "a state, a list of states or `any`"), isRequired: true,
    means: "the states that it leaves")
  let to = Key(
    "to", takes: .other(.text, written: "a state"), isRequired: true,
    means: "the state that it enters")
  let when = Key("when", takes: .condition, isRequired: true, means: "its guard")
  let role = Key(
    "role", takes: .word(Transition.RoleFilter.allCases), default: .passive,
    means:
      "whether it is tried when somebody else acts, when the character acts, or in both cases, then once a turn"
  )
  let set = Key(
    "set",
    takes: .mapping(of: .text, written: "mapping of variables to values", content: "variables to values"),
    means: "its effects")
  let bias = Key(
    "bias", takes: .number(Program.biases, written: "number"), default: 0,
    means:
      "for probabilistic machines: how much likelier it is than its guard says, in log-odds from -100 to 100")
}

/// Below a topic's name in `behavior`, where it is not a mere list.
struct TopicKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "topic", called: "a topic")

  let with = Key(
    "with", takes: .text(expected: "the name of a partner"),
    means: "the partner: the topic is read only when this one acted")
  let statements = Key(
    "statements", takes: .statements(written: "list of statements and gates"), isRequired: true,
    means: "the root of the tree")
}

/// An element of a list of statements that is not a text.
struct GateKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "gate", called: "a gate")

  let when = Key("when", takes: .condition, isRequired: true, means: "what decides")
  let then = Key(
    "then", takes: .statements(written: "statements and gates"), isRequired: true,
    means: "what applies on yes; may be empty")
  let `else` = Key(
    "else", takes: .statements(written: "statements and gates"), means: "what applies on no")
  let unknown = Key(
    "unknown", takes: .statements(written: "statements and gates"),
    means: "what applies when nobody can tell")
}
