/// What kind of mistake a diagnostic reports; codes are never reused.
public enum DiagnosticCode: String, CaseIterable, Sendable {
  /// The file is larger than a profile may be.
  case fileTooLarge = "P001"
  /// The file is not encoded in UTF-8.
  case notUTF8 = "P002"
  /// The file begins with a byte-order mark.
  case byteOrderMark = "P003"
  /// A line is indented with a tab.
  case tabIndentation = "P004"
  /// The file holds nothing but blanks and comments.
  case emptyFile = "P005"
  /// The file holds more than one YAML document.
  case severalDocuments = "P006"
  /// The file is not well-formed YAML.
  case yamlSyntax = "P007"
  /// Lists and mappings are nested too deeply.
  case nestingTooDeep = "P008"
  /// An alias names an anchor that does not exist.
  case undefinedAlias = "P009"
  /// An alias lies inside the value that it repeats.
  case recursiveAlias = "P010"
  /// The file holds too many values once aliases are expanded.
  case aliasExpansion = "P011"
  /// A state is named that its machine does not have.
  case unknownState = "P012"
  /// One piece of text is longer than allowed.
  case scalarTooLong = "P013"
  /// A key is given twice in one mapping.
  case duplicateKey = "P014"
  /// A value carries a YAML tag.
  case tagNotAllowed = "P015"
  /// A key is a list, a mapping or nothing.
  case keyNotText = "P016"
  /// A value has the wrong type.
  case wrongType = "P017"
  /// A key is not known here.
  case unknownKey = "P018"
  /// A key that must be given is missing.
  case missingKey = "P019"
  /// The file is of a kind or version that cannot be read.
  case unsupportedFile = "P020"
  /// A number is out of range.
  case numberOutOfRange = "P021"
  /// A name is not an identifier.
  case badName = "P022"
  /// A name is defined twice.
  case nameDefinedTwice = "P023"
  /// A word is not one of those allowed here.
  case unknownWord = "P024"
  /// There are more of something than allowed.
  case tooMany = "P025"
  /// Something is empty that must hold a value.
  case nothingThere = "P026"
  /// A name is used that is not defined.
  case unknownName = "P027"
  /// A condition is not well formed.
  case conditionSyntax = "P028"
  /// A condition compares or combines values of wrong types.
  case conditionType = "P029"
  /// A key is reserved for a later version.
  case reservedKey = "P030"
  /// A key does not go with the kind of machine.
  case misplacedProbability = "P031"
  /// A slot in a text is not known.
  case unknownSlot = "P032"
  /// A cue cannot be matched.
  case badCue = "P033"
  /// A statement is not known.
  case unknownStatement = "P034"
  /// A text holds a control character.
  case controlCharacter = "P035"
  // P036 said that commitments were not run.
  /// Commitments wait for each other.
  case commitmentCycle = "P037"
  /// A commitment ends before its trigger is looked at.
  case deadlineTooEarly = "P038"
  /// A trigger can never hold.
  case triggerNeverHolds = "P039"
  /// Nobody is there to pay a commitment.
  case payoffOwnerAbsent = "P040"
  /// A member of a story's cast cannot be had.
  case castMember = "P041"
  /// A turn of a scenario is not as expected.
  case expectationNotMet = "S001"
  /// The profile of a file of scenarios cannot be used.
  case profileNotUsable = "S002"
  /// A scenario in which nobody speaks expects a line.
  case misplacedLine = "S003"

  /// Whether it is about scenarios rather than about a profile.
  package var isOfScenarios: Bool { rawValue.hasPrefix("S") }

  /// A state that nothing leads to.
  case unreachableState = "L001"
  /// A state of a circling machine that cannot be left.
  case deadEnd = "L002"
  /// A transition before which another is always taken.
  case shadowedTransition = "L003"
  /// A condition, or a part of one, that can never be yes.
  case neverTrue = "L004"
  /// A condition, or a part of one, that is always yes.
  case alwaysTrue = "L005"
  /// Two guards over the same values that can both be yes.
  case orderDecides = "L006"
  /// A variable that nothing reads.
  case unreadVariable = "L007"
  /// A variable that no transition sets.
  case unsetVariable = "L008"
  /// An effect that always ends at a bound of its variable.
  case boundHit = "L009"
  /// A question that no condition asks.
  case unusedQuestion = "L010"
  /// Two questions that ask the same.
  case repeatedQuestion = "L011"
  /// A cue that can never change the answer.
  case uselessCue = "L012"
  /// A cue that two questions share.
  case sharedCue = "L013"
  /// A gate that leads to no statement.
  case emptyGate = "L014"
  /// A statement that stands twice on one path.
  case repeatedStatement = "L015"
  /// A topic that can never be active.
  case inactiveTopic = "L016"
  /// A machine on which nothing depends.
  case unreadMachine = "L017"
  /// A condition that waits for what never comes about.
  case neverReached = "L018"
  /// A state in which there is nothing to say.
  case stateWithoutLine = "L019"
  /// Probabilities that add up to more than 1.
  case impossibleProbabilities = "L020"
  /// More questions or rounds in a turn than the project allows.
  case overBudget = "L021"
  /// A text that tells the model to forget its instructions.
  case instructionToModel = "L022"
  /// A suppression that suppresses nothing.
  case unusedSuppression = "L023"
  /// A property that does not hold.
  case propertyFails = "L024"
  /// A property that was not decided within the bounds.
  case propertyUndecided = "L025"

  /// Whether the mistake makes the profile unusable.
  public var severity: Severity {
    switch self {
    case .byteOrderMark, .controlCharacter: .warning
    case .propertyFails: .error
    default: isRule ? .warning : .error
    }
  }

  /// Whether it is found by looking at what a profile means, once it compiles.
  package var isRule: Bool { rawValue.hasPrefix("L") }
}
