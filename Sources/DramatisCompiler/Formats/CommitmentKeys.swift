import Dramatis

/// Below a name in `commitments`.
struct CommitmentKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "commitment", called: "a commitment")

  let foreshadow = Key(
    "foreshadow", takes: .beat, isRequired: true, means: "the set-up that owes something")
  let trigger = Key("trigger", takes: .condition, isRequired: true, means: "what makes it due")
  let payoff = Key(
    "payoff", takes: .beat, isRequired: true, means: "the concrete event that settles it")
  let plant = Key(
    "plant", takes: .condition, otherwise: "at once", means: "when the foreshadow enters")
  let notBefore = Key(
    "not-before", takes: .wholeNumber(0...Program.latestDelay, written: "whole number from 0"), default: 0,
    means: "turns after planting before which the trigger is not looked at")
  let dueWithin = Key(
    "due-within", takes: .wholeNumber(0...Program.latestDelay, written: "whole number from 0"),
    means: "turns after the trigger within which it has to be paid")
  let after = Key(
    "after", takes: .texts(written: "names of commitments"), means: "those that must be paid first")
  let priority = Key(
    "priority", takes: .wholeNumber(VariableKeys.bounds, written: "whole number"), default: 0,
    means: "which goes first when several are due; higher first")
  let owner = Key(
    "owner", takes: .text(expected: "the name of a character"), otherwise: "the character",
    means: "the member of the cast who pays")
  let abandonWhen = Key(
    "abandon-when", takes: .condition, otherwise: "never", means: "when it is given up")
  let hold = Key(
    "hold", takes: .text(written: "text such as `2 of 3`", expected: "a text such as 2 of 3"),
    otherwise: "`1 of 1`",
    means:
      "on how many of the last turns on which it was looked at the trigger has to hold, against false alarms")
  let certainty = Key(
    "certainty", takes: .number(Commitment.certainties), otherwise: "above one half",
    means: "the least probability of yes with which the trigger holds")
  let source = Key("source", takes: .text, means: "where it was found, for people; nothing reads it")
}

extension KeyValue where Self == OtherValue {
  fileprivate static var beat: Self {
    .other(.either([.text, .object(BeatKeys.self)]), written: "text or mapping")
  }
}

/// A `foreshadow` or `payoff` that is not a text.
struct BeatKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "beat", called: "a foreshadow or payoff")

  let text = Key("text", takes: .text, isRequired: true, means: "what is set up, or what happens")
  let cues = Key(
    "cues", takes: .texts(written: "list of cues"),
    means: "phrases in the character's line that mean it was written")
  let counterCues = Key(
    "counter-cues", takes: .texts(written: "list of cues"), means: "phrases that mean it was not")
  let say = Key(
    "say", takes: .texts(written: "list of lines"),
    means: "what the character says without a language model: while planted, or while due")
}
