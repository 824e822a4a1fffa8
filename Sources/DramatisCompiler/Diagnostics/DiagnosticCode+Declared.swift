// Each of them is declared here and nowhere else: the list of all of them is made from this file, by lines that begin with
// `public static let`. What the linter's rules find is declared by the rules.

// The summaries document them.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
  public static let fileTooLarge = DiagnosticCode(
    "P001", name: "file-too-large", summary: "The file is larger than a profile may be.")
  public static let notUTF8 = DiagnosticCode(
    "P002", name: "not-utf8", summary: "The file is not encoded in UTF-8.")
  public static let byteOrderMark = DiagnosticCode(
    "P003", name: "byte-order-mark", severity: .warning, summary: "The file begins with a byte-order mark.")
  public static let tabIndentation = DiagnosticCode(
    "P004", name: "tab-indentation", summary: "A line is indented with a tab.")
  public static let emptyFile = DiagnosticCode(
    "P005", name: "empty-file", summary: "The file holds nothing but blanks and comments.")
  public static let severalDocuments = DiagnosticCode(
    "P006", name: "several-documents", summary: "The file holds more than one YAML document.")
  public static let yamlSyntax = DiagnosticCode(
    "P007", name: "yaml-syntax", summary: "The file is not well-formed YAML.")
  public static let nestingTooDeep = DiagnosticCode(
    "P008", name: "nesting-too-deep", summary: "Lists and mappings are nested too deeply.")
  public static let undefinedAlias = DiagnosticCode(
    "P009", name: "undefined-alias", summary: "An alias names an anchor that does not exist.")
  public static let recursiveAlias = DiagnosticCode(
    "P010", name: "recursive-alias", summary: "An alias lies inside the value that it repeats.")
  public static let aliasExpansion = DiagnosticCode(
    "P011", name: "alias-expansion", summary: "The file holds too many values once aliases are expanded.")
  public static let unknownState = DiagnosticCode(
    "P012", name: "unknown-state", summary: "A state is named that its machine does not have.")
  public static let scalarTooLong = DiagnosticCode(
    "P013", name: "scalar-too-long", summary: "One piece of text is longer than allowed.")
  public static let duplicateKey = DiagnosticCode(
    "P014", name: "duplicate-key", summary: "A key is given twice in one mapping.")
  public static let tagNotAllowed = DiagnosticCode(
    "P015", name: "tag-not-allowed", summary: "A value carries a YAML tag.")
  public static let keyNotText = DiagnosticCode(
    "P016", name: "key-not-text", summary: "A key is a list, a mapping or nothing.")
  public static let wrongType = DiagnosticCode(
    "P017", name: "wrong-type", summary: "A value has the wrong type.")
  public static let unknownKey = DiagnosticCode(
    "P018", name: "unknown-key", summary: "A key is not known here.")
  public static let missingKey = DiagnosticCode(
    "P019", name: "missing-key", summary: "A key that must be given is missing.")
  public static let unsupportedFile = DiagnosticCode(
    "P020", name: "unsupported-file", summary: "The file is of a kind or version that cannot be read.")
  public static let numberOutOfRange = DiagnosticCode(
    "P021", name: "number-out-of-range", summary: "A number is out of range.")
  public static let badName = DiagnosticCode(
    "P022", name: "bad-name", summary: "A name is not an identifier.")
  public static let nameDefinedTwice = DiagnosticCode(
    "P023", name: "name-defined-twice", summary: "A name is defined twice.")
  public static let unknownWord = DiagnosticCode(
    "P024", name: "unknown-word", summary: "A word is not one of those allowed here.")
  public static let tooMany = DiagnosticCode(
    "P025", name: "too-many", summary: "There are more of something than allowed.")
  public static let nothingThere = DiagnosticCode(
    "P026", name: "nothing-there", summary: "Something is empty that must hold a value.")
  public static let unknownName = DiagnosticCode(
    "P027", name: "unknown-name", summary: "A name is used that is not defined.")
  public static let conditionSyntax = DiagnosticCode(
    "P028", name: "condition-syntax", summary: "A condition is not well formed.")
  public static let conditionType = DiagnosticCode(
    "P029", name: "condition-type", summary: "A condition compares or combines values of wrong types.")
  public static let reservedKey = DiagnosticCode(
    "P030", name: "reserved-key", summary: "A key is reserved for a later version.")
  public static let misplacedProbability = DiagnosticCode(
    "P031", name: "misplaced-probability", summary: "A key does not go with the kind of machine.")
  public static let unknownSlot = DiagnosticCode(
    "P032", name: "unknown-slot", summary: "A slot in a text is not known.")
  public static let badCue = DiagnosticCode(
    "P033", name: "bad-cue", summary: "A cue cannot be matched.")
  public static let unknownStatement = DiagnosticCode(
    "P034", name: "unknown-statement", summary: "A statement is not known.")
  public static let controlCharacter = DiagnosticCode(
    "P035", name: "control-character", severity: .warning, summary: "A text holds a control character.")
  // P036 said that commitments were not run.
  public static let commitmentCycle = DiagnosticCode(
    "P037", name: "commitment-cycle", summary: "Commitments wait for each other.")
  public static let deadlineTooEarly = DiagnosticCode(
    "P038", name: "deadline-too-early", summary: "A commitment ends before its trigger is looked at.")
  public static let triggerNeverHolds = DiagnosticCode(
    "P039", name: "trigger-never-holds", summary: "A trigger can never hold.")
  public static let payoffOwnerAbsent = DiagnosticCode(
    "P040", name: "payoff-owner-absent", summary: "Nobody is there to pay a commitment.")
  public static let castMember = DiagnosticCode(
    "P041", name: "cast-member", summary: "A member of a story's cast cannot be had.")
  public static let unknownCueList = DiagnosticCode(
    "P042", name: "unknown-cue-list", summary: "A list of cues, or a cue of one, is not there.")
  public static let misplacedKey = DiagnosticCode(
    "P060", name: "misplaced-key", summary: "A key stands a level too deep, or not deep enough.")
  public static let mergeKey = DiagnosticCode(
    "P061", name: "merge-key", summary: "A mapping takes over keys with '<<', which is not read.")
  public static let unusedAnchor = DiagnosticCode(
    "P062", name: "unused-anchor", severity: .warning, summary: "An anchor is never repeated.")
  /// A key of an entry of lore is a pattern that cannot be matched.
  public static let lorePattern = DiagnosticCode(
    "P070", name: "lore-pattern", severity: .warning,
    summary: "A key of lore is a pattern that cannot be matched.")

  // Of scenarios.
  public static let expectationNotMet = DiagnosticCode(
    "S001", name: "expectation-not-met", summary: "A turn of a scenario is not as expected.")
  public static let profileNotUsable = DiagnosticCode(
    "S002", name: "profile-not-usable", summary: "The profile of a file of scenarios cannot be used.")
  public static let misplacedLine = DiagnosticCode(
    "S003", name: "misplaced-line", summary: "A scenario in which nobody speaks expects a line.")
  public static let passesAfterAll = DiagnosticCode(
    "S004", name: "passes-after-all", summary: "A scenario that is known to fail passes.")
  public static let nothingExpected = DiagnosticCode(
    "S030", name: "nothing-expected", severity: .warning, summary: "A scenario expects nothing.")
}
