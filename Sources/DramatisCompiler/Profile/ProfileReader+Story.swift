import Dramatis

extension ProfileReader {
  /// The most characters that a story may have.
  static let castLimit = 32

  /// Reads a whole story; nil if it is of another kind or its cast cannot be had.
  ///
  /// - Parameters:
  ///   - profile: Gives the file of a member of the cast.
  ///   - profiles: To which what comes of the profiles of the cast is added.
  mutating func story(
    _ root: Node, from profile: (String) -> StoryCompilation.CastFile, adding profiles: inout [Compilation]
  ) -> Story? {
    guard checkStart(of: root, as: .story, in: file), let fields = fields(of: root, as: StoryKeys.self) else {
      return nil
    }
    let title = value(of: fields.title) ?? ""
    let opening = value(of: fields.opening) ?? ""
    let setting = value(of: fields.setting) ?? ""
    language = languageTag(fields.language)
    guard let cast = readCast(fields.cast, from: profile, adding: &profiles) else { return nil }
    checkMembers(ofLore: fields.lore, in: cast)
    let facts = value(of: fields.facts).map(\.text)
    let stall = value(of: fields.stall)
    let members = cast.map { program in
      member(
        program.inStory(
          questions: program.questions, commitments: program.commitments, lines: program.lines,
          setting: setting, facts: facts, stall: stall),
        of: fields, title: title, in: cast)
    }
    check(members)
    var programs = members.map(\.program)
    for path in value(of: fields.lorebooks) {
      guard let compilation = lorebook(at: path, from: profile, for: programs) else { continue }
      profiles.append(compilation.document)
      programs = compilation.cast ?? programs
    }
    let profiles = zip(fields.cast.node?.elements ?? [], cast).map {
      CastProfile(path: $0.text, program: $1)
    }
    return Story(title: title, opening: opening, cast: programs, profiles: profiles)
  }

  private mutating func readCast(
    _ field: Field<TextsValue>, from profile: (String) -> StoryCompilation.CastFile,
    adding profiles: inout [Compilation]
  ) -> [Program]? {
    let paths = value(of: field)
    guard !paths.isEmpty, paths.count <= Self.castLimit else {
      if let node = field.node, !node.isBroken, paths.count > Self.castLimit {
        report(
          .tooMany, message: "\(paths.count) characters are more than the \(Self.castLimit) of a cast",
          at: node.span)
      } else if let node = field.node, items(of: node).isEmpty {
        report(.nothingThere, message: "the paths of profiles are missing here", at: node.span)
      }
      return nil
    }
    var cast: [Program] = []
    for path in paths {
      guard let program = program(at: path, from: profile, adding: &profiles) else { continue }
      if let other = cast.first(where: { other in
        ([program.character] + program.aliases).contains(where: other.isCalled)
      }) {
        report(
          .castMember,
          message: "two members of the cast are called '\(program.character)' or \(other.character)",
          at: path.span, help: ["rename one of them"])
      }
      cast.append(program)
    }
    return cast.count == paths.count ? cast : nil
  }

  /// What came of a file below `lorebooks`.
  private mutating func lorebook(
    at path: Node, from profile: (String) -> StoryCompilation.CastFile, for cast: [Program]
  ) -> LoreCompilation? {
    switch file(at: path, from: profile, called: "book") {
    case .bytes(let bytes, let name)?: LoreCompilation(ofOwn: bytes, name: name, for: cast)
    case .book(let book, let name)?: LoreCompilation(book, name: name, for: cast)
    case .unreadable?, nil: nil
    }
  }

  private mutating func program(
    at path: Node, from profile: (String) -> StoryCompilation.CastFile, adding profiles: inout [Compilation]
  ) -> Program? {
    guard case .bytes(let bytes, let name)? = file(at: path, from: profile, called: "profile") else {
      return nil
    }
    if FileKind.recognize(bytes) == .certain(.program) {
      if let program = try? Program(file: bytes) { return program }
      report(.castMember, message: "the program '\(path.text)' is damaged", at: path.span)
      return nil
    }
    let compilation = Compilation(of: bytes, name: name, limits: limits)
    profiles.append(compilation)
    return compilation.program
  }

  /// A file that a story names; nil, with a diagnostic, where it cannot be had.
  private mutating func file(
    at path: Node, from profile: (String) -> StoryCompilation.CastFile, called what: String
  ) -> StoryCompilation.CastFile? {
    guard !path.text.hasPrefix("/"), !path.text.split(separator: "/").contains("..") else {
      report(
        .castMember, message: "the \(what) '\(path.text)' lies outside the folder of the story",
        at: path.span,
        help: ["write a path that is relative to the story and has no '..' in it"])
      return nil
    }
    let found = profile(path.text)
    let why: String
    switch found {
    case .bytes: return found
    case .book where what == "book": return found
    case .book: why = "it is a book of lore"
    case .unreadable(let reason): why = reason
    }
    report(.castMember, message: "the \(what) '\(path.text)' cannot be read", at: path.span, label: why)
    return nil
  }

  /// Tells of names below `for` that nobody in the cast has.
  private mutating func checkMembers(ofLore field: Field<OtherValue>, in cast: [Program]) {
    guard let node = field.node else { return }
    let entries = node.isMapping ? node[\LorebookKeys.entries]?.elements ?? [] : node.elements
    for name in entries.flatMap({ $0[\LoreEntryKeys.members]?.elements ?? [] })
    where !cast.contains(where: { $0.isCalled(name.text) }) {
      report(
        .unknownName, message: "nobody in the cast is called '\(name.text)'", at: name.span,
        help: ["the cast is \(cast.map(\.character).joined(separator: ", "))"])
    }
  }

  /// A character with the story's questions and commitments, of which it moves those that it owns.
  private func member(
    _ program: Program, of fields: Fields<StoryKeys>, title: String, in cast: [Program]
  ) -> StoryMember {
    var reader = ProfileReader(file: file, limits: limits)
    reader.resolver.names.declareAll(of: program)
    reader.readQuestions(fields.questions)
    let declared = reader.declareCommitments(fields.commitments)
    let shared = declared.map { commitment in
      let owner = reader.owner(commitment.fields.owner, in: cast) ?? cast.first?.character ?? ""
      return reader.commitment(commitment, of: owner, isOwned: program.isCalled(owner), story: title)
    }
    reader.firstLoreCondition = program.loreConditions.count
    let lore = reader.lorebook(
      fields.lore, called: program.freeLoreName(title), for: [program.character] + program.aliases)
    let standing = reader.standingQuestions(fields.remember, besides: program.standingQuestions)
    let member = program.inStory(
      questions: reader.resolver.names.questions, commitments: program.commitments + shared,
      lines: program.lines + reader.commitmentLines, setting: "", remembering: standing,
      lore: [lore].compactMap(\.self),
      loreConditions: reader.loreConditions)
    return StoryMember(
      program: member, declared: declared, firstShared: program.commitments.count, reader: reader)
  }

  /// Checks what the cast owes; a commitment may wait for one that somebody else pays.
  private mutating func check(_ members: [StoryMember]) {
    // By name, since a member may know fewer: a name that its profile has already is refused.
    let waits = Dictionary(members.flatMap(\.waits), uniquingKeysWith: { first, _ in first })
    for member in members {
      var reader = member.reader
      let commitments = member.program.commitments
      let shared = commitments.map { commitment in
        let needed = commitment.story == nil ? [] : waits[commitment.name] ?? []
        return commitments.indices.filter {
          commitments[$0].story != nil && needed.contains(commitments[$0].name)
        }
      }
      reader.checkCommitments(member.declared, of: member.program, from: member.firstShared, waits: shared)
      diagnostics += reader.diagnostics
    }
  }

  private mutating func owner(_ field: Field<TextValue>, in cast: [Program]) -> String? {
    guard let name = value(of: field), let node = field.node else { return nil }
    if let owner = cast.first(where: { $0.isCalled(name) }) { return owner.character }
    let names = cast.map(\.character)
    report(
      .payoffOwnerAbsent, message: "nobody in the cast is called '\(name)'", at: node.span,
      help: [
        nearest(name, among: names).map { "did you mean '\($0)'?" }
          ?? "the cast is \(names.joined(separator: ", "))"
      ])
    return nil
  }

  /// A shared commitment; without conditions and checks for a character who does not pay it.
  private mutating func commitment(
    _ declared: DeclaredCommitment, of owner: String, isOwned: Bool, story title: String
  ) -> Commitment {
    let shared = isOwned ? commitment(declared) : mirror(declared)
    return Commitment(
      name: shared.name, foreshadow: shared.foreshadow, trigger: shared.trigger, payoff: shared.payoff,
      plant: shared.plant, notBefore: shared.notBefore, dueWithin: shared.dueWithin, after: shared.after,
      priority: shared.priority, owner: owner, abandonWhen: shared.abandonWhen, hold: shared.hold,
      certainty: shared.certainty, checks: shared.checks, story: title)
  }
}

extension NameTable {
  /// Takes over the names of a compiled program, so that further conditions can be added to it.
  mutating func declareAll(of program: Program) {
    for (index, variable) in program.variables.enumerated() { declare(variable.name, as: .variable(index)) }
    variables = program.variables
    for (index, question) in program.questions.enumerated() {
      if let name = question.name { declare(name, as: .question(index)) }
      _ = add(question)
    }
    for (index, machine) in program.machines.enumerated() { declare(machine.name, as: .machine(index)) }
    machines = program.machines.map { ($0.name, $0.kind, $0.states) }
    for (index, commitment) in program.commitments.enumerated() {
      declare(commitment.name, as: .commitment(index))
    }
    commitments = program.commitments.map(\.name)
    let sites = program.conditions.flatMap(\.leaves).compactMap { leaf in
      if case .chance(_, let site) = leaf { site } else { nil }
    }
    for _ in 0..<((sites.max() ?? -1) + 1) { _ = nextChance() }
  }
}

/// A member of a cast with what the story adds, before it is checked.
private struct StoryMember {
  let program: Program
  let declared: [DeclaredCommitment]
  /// The index of the first commitment that the cast shares.
  let firstShared: Int
  let reader: ProfileReader

  /// For each shared commitment that the member pays those that it waits for, by name.
  var waits: [(String, [String])] {
    let times = CommitmentTimes(program)
    return program.commitments.indices.dropFirst(firstShared).filter { program.owns(program.commitments[$0]) }
      .map {
        let needed = times.prerequisites(of: $0)
        return (program.commitments[$0].name, needed.map { program.commitments[$0].name })
      }
  }
}
