import Dramatis

/// Turns a document into a program: checks its shape, resolves its names and compiles its conditions.
///
/// Mistakes are collected; a part that has one is left out so that the rest can be checked too.
struct ProfileReader {
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
  /// The language in which the lists of cues are that the file names.
  var language: String?
  /// For each variable the text that tells how it stands; nil for one that is not told.
  var shownVariables: [Node?] = []
  /// What the profile says must hold.
  var properties: [Property] = []
  /// The conditions of entries of lore and of what is kept, which go behind others.
  var loreConditions: [Condition] = []
  /// How many such conditions there are before those.
  var firstLoreCondition = 0

  init(file: SourceFile, limits: ProfileLimits, prunes: Bool = true, shares: Bool = true) {
    resolver = ConditionResolver(
      names: NameTable(sharesQuestions: shares, passingOver: file.passedOver.words))
    self.prunes = prunes
    self.file = file
    self.limits = limits
  }

  /// Reads a whole profile; nil if it is of another kind or has no name.
  mutating func read(_ root: Node) -> Program? {
    guard checkStart(of: root, as: .profile, in: file) else { return nil }
    guard let fields = fields(of: root, as: ProfileKeys.self) else { return nil }
    let character = value(of: fields.character)
    language = languageTag(fields.language)
    // Declarations come first so that conditions can name what is declared further down.
    readVariables(fields.variables)
    readQuestions(fields.questions)
    let declaredMachines = declareMachines(fields.machines)
    let declaredCommitments = declareCommitments(fields.commitments)
    let relevance = value(of: fields.relevant, readAt: .outside)
    let machines = declaredMachines.map { machine($0.index, of: $0.fields) }
    let topics = readTopics(fields.behavior)
    let commitments = declaredCommitments.map { commitment($0) }
    let lines = value(of: fields.lines).compactMap { line($0) }
    let greetings = value(of: fields.greeting).map { slots($0) }
    let names = [character ?? ""] + value(of: fields.aliases).map(\.text)
    let lore = lorebook(fields.lore, called: character ?? "", for: names)
    let telling = telling(fields)
    checkQuestionCount(at: fields.span)
    let program = Program(
      character: character ?? "", aliases: Array(names.dropFirst()),
      summary: value(of: fields.summary) ?? "", voice: value(of: fields.voice) ?? "",
      setting: value(of: fields.setting) ?? "", greetings: greetings,
      examples: value(of: fields.examples).compactMap { example($0) },
      window: value(of: fields.window), statementBudget: value(of: fields.statementBudget),
      relevance: relevance,
      variables: resolver.names.variables, questions: resolver.names.questions, machines: machines,
      topics: topics, treeNodes: treeNodes, statements: statements, commitments: commitments,
      lines: lines + commitmentLines,
      payoffLimit: value(of: fields.payoffsPerTurn), language: language,
      provenance: value(of: fields.provenance).compactMap { source($0) },
      systemPrompt: value(of: fields.systemPrompt) ?? "", postHistory: value(of: fields.postHistory) ?? "",
      lore: [lore].compactMap(\.self), loreConditions: loreConditions, telling: telling)
    checkCommitments(declaredCommitments, of: program)
    properties = readProperties(fields.properties)
    return program
  }

  private mutating func checkQuestionCount(at span: SourceSpan) {
    guard resolver.names.questions.count > limits.questions else { return }
    report(
      .tooMany,
      message:
        "\(resolver.names.questions.count) questions are more than the \(limits.questions) that a profile may have",
      at: span)
  }
}

extension ProfileReader: NodeReading {
  /// How many mistakes get a suggestion.
  private static let suggestedMistakes = 100

  /// Whether there are as many mistakes as a reader could want to see, so that looking for more is in vain.
  var isFull: Bool { diagnostics.count >= limits.reading.diagnostics }

  /// Keeps no more than a reader could want to see.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    resolver.names.suggests = diagnostics.count < Self.suggestedMistakes
    diagnostics.append(diagnostic)
  }

  /// Names that an entry and those directly below it may declare are no unknown names.
  mutating func passOver(_ entry: MappingEntry) {
    resolver.names.refuse(entry.key.text)
    guard case .mapping(let entries) = entry.value.content else { return }
    for entry in entries { resolver.names.refuse(entry.key.text) }
  }

  mutating func namesAreUnknown() { resolver.names.isIncomplete = true }

  /// The condition of a key; nil where it is left out or wrong.
  mutating func value(of field: Field<ConditionValue>) -> Condition? {
    node(of: field).flatMap { condition($0) }
  }

  /// The condition of a key that is read at another moment than after the machines.
  mutating func value(
    of field: Field<ConditionValue>, readAt moment: ConditionResolver.Moment
  ) -> Condition? {
    resolver.moment = moment
    defer { resolver.moment = .after }
    return value(of: field)
  }

  /// A condition, with its mistakes placed in the file.
  mutating func condition(_ node: Node) -> Condition? {
    if case .sequence(let nodes) = node.content, nodes.count > 1 {
      wrongType(
        node, expected: "a condition", help: ["write one condition, its parts joined with 'and' or 'or'"])
      return nil
    }
    guard !isFull, text(of: node, expected: "a condition") != nil, let scalar = node.scalar else {
      return nil
    }
    do {
      return try resolver.condition(scalar.text)
    } catch {
      report(error, in: scalar)
      return nil
    }
  }

  mutating func report(_ problem: ConditionProblem, in scalar: Scalar) {
    if problem.code == .unknownName, resolver.names.isIncomplete { return }
    if problem.code == .conditionSyntax
      ? resolver.names.usesRefusedText(in: scalar.text) : resolver.names.usesRefused(in: scalar.text)
    {
      return
    }
    let isCut = problem.code == .conditionSyntax && scalar.style == .plain && file.hasComment(behind: scalar)
    report(
      problem.code, message: problem.message, at: file.span(of: problem.range, in: scalar),
      label: problem.label,
      help: isCut
        ? ["the '#' behind it makes a comment of the rest: put the condition in quotes"] : problem.help)
  }
}

extension SourceFile {
  /// Whether a comment follows in the line in which a scalar ends.
  fileprivate func hasComment(behind scalar: Scalar) -> Bool {
    let rest = bytes[
      scalar.span.end.offset..<max(scalar.span.end.offset, lineRange(scalar.span.end.line).upperBound)]
    return rest.first == 0x20 && rest.first { $0 != 0x20 } == UInt8(ascii: "#")
  }
}

/// How large a profile may be; what is beyond is refused before it costs time or memory.
package struct ProfileLimits: Sendable {
  /// Limits of the file itself.
  package var reading = ReadLimits.standard
  /// Machines, variables and commitments, of each.
  package var declarations = 256
  /// States of one machine, or values of one enumeration.
  package var states = Program.maximumStates - 2
  /// Transitions of all machines.
  package var transitions = 10_000
  /// Entries of one book of lore.
  package var loreEntries = 10_000
  /// Questions, named and inline.
  package var questions = 10_000
  /// Gates of all trees.
  package var gates = 20_000
  /// How deeply gates may nest.
  package var treeDepth = Program.maximumTreeDepth - 1

  /// The limits of this version.
  package static let standard = ProfileLimits()
}
