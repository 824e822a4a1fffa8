import Dramatis

/// Turns a document into a program: checks its shape, resolves its names and compiles its conditions.
///
/// Mistakes are collected; a part that has one is left out so that the rest can be checked too.
struct ProfileReader {
  static let version = 1

  let file: SourceFile
  let limits: ProfileLimits
  /// Whether gates that lead to no statement are left out.
  let prunes: Bool
  var diagnostics: [Diagnostic] = []
  var resolver: ConditionResolver
  /// Where each name of the shared namespace was declared.
  var declarations: [String: SourceSpan] = [:]
  var statements: [String] = []
  /// What commitments have to say without a language model; it goes behind the other lines.
  var commitmentLines: [AuthoredLine] = []
  /// The first statement of each text, byte for byte.
  var statementsByText: [[UInt8]: Int] = [:]
  var treeNodes: [TreeNode] = []
  var gateCount = 0
  var transitionCount = 0
  /// What the profile says must hold.
  var properties: [Property] = []

  init(file: SourceFile, limits: ProfileLimits, prunes: Bool = true, shares: Bool = true) {
    resolver = ConditionResolver(names: NameTable(sharesQuestions: shares))
    self.prunes = prunes
    self.file = file
    self.limits = limits
  }

  /// Reads a whole profile; nil if it is of another kind or has no name.
  mutating func read(_ root: Node) -> Program? {
    guard checkKind(root) else { return nil }
    guard let fields = fields(root, "a profile", ProfileKeys.profile, reserved: ProfileKeys.reserved) else {
      return nil
    }
    let character = requiredText(fields, "character")
    // Declarations come first so that conditions can name what is declared further down.
    readVariables(fields["variables"])
    readQuestions(fields["questions"])
    let machineFields = declareMachines(fields["machines"])
    let commitmentFields = declareCommitments(fields["commitments"])
    let relevance = fields["relevant"].flatMap { condition($0) }
    let machines = machineFields.map { machine($0.index, $0.fields) }
    let topics = readTopics(fields["behavior"])
    let commitments = commitmentFields.map { commitment($0.name, $0.fields) }
    let lines = readLines(fields["lines"])
    let greetings = texts(fields["greeting"]).map { slots($0) }
    checkQuestionCount(fields)
    let program = Program(
      character: character ?? "", aliases: texts(fields["aliases"]).map(\.text),
      summary: optionalText(fields, "summary"), voice: optionalText(fields, "voice"),
      setting: optionalText(fields, "setting"), greetings: greetings,
      examples: readExamples(fields["examples"]),
      window: integer(fields["window"], in: 1...Program.maximumWindow) ?? 10,
      statementBudget: integer(fields["statement-budget"], in: Program.statementBudgets),
      relevance: relevance,
      variables: resolver.names.variables, questions: resolver.names.questions, machines: machines,
      topics: topics, treeNodes: treeNodes, statements: statements, commitments: commitments,
      lines: lines + commitmentLines,
      payoffLimit: integer(fields["payoffs-per-turn"], in: Program.payoffLimits))
    checkCommitments(of: program, commitmentFields)
    properties = readProperties(fields["properties"])
    return program
  }

  /// The first key names the kind of file.
  private mutating func checkKind(_ root: Node) -> Bool {
    guard case .mapping(let entries) = root.content, let first = entries.first else {
      report(
        .unsupportedFile, message: "this is not a profile", at: root.span,
        help: ["a profile starts with the line 'dramatis: 1'"])
      return false
    }
    let kind = first.key.text
    guard kind == "dramatis" else {
      report(unsupported(kind, first, entries))
      return false
    }
    guard first.value.text == String(Self.version) else {
      let isGiven = first.value.scalar != nil && !first.value.isNull
      report(
        .unsupportedFile,
        message: isGiven ? "unsupported version \(first.value.text.quoted)" : "the version is missing",
        at: first.value.span,
        help: ["this version of Dramatis reads 'dramatis: \(Self.version)'"])
      return false
    }
    return true
  }

  private func unsupported(_ kind: String, _ first: Entry, _ entries: [Entry]) -> Diagnostic {
    if kind == "story" {
      return Diagnostic(
        .unsupportedFile, message: "this is a story and not a profile", at: first.key.span,
        help: ["'dramatis run', 'chat' and 'write' take stories; a profile starts with 'dramatis: 1'"])
    }
    if kind == "scenarios" {
      return Diagnostic(
        .unsupportedFile, message: "a file of kind '\(kind)' cannot be read by this version",
        at: first.key.span,
        help: ["profiles start with 'dramatis: 1'"])
    }
    let isLater = entries.contains { $0.key.text == "dramatis" }
    return Diagnostic(
      .unsupportedFile, message: "the first key of a profile is 'dramatis'", at: first.key.span,
      help: [isLater ? "move 'dramatis: 1' to the top" : "start the file with 'dramatis: 1'"])
  }

  private mutating func checkQuestionCount(_ fields: Fields) {
    guard resolver.names.questions.count > limits.questions else { return }
    report(
      .tooMany,
      message:
        "\(resolver.names.questions.count) questions are more than the \(limits.questions) that a profile may have",
      at: fields.span)
  }
}
