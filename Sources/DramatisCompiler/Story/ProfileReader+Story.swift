import Dramatis

extension ProfileReader {
  /// The most characters that a story may have.
  static let castLimit = 32

  /// Reads a whole story; nil if it is of another kind or its cast cannot be had.
  mutating func story(
    _ root: Node, _ profile: (String) -> StoryCompilation.CastFile, _ profiles: inout [Compilation]
  ) -> Story? {
    guard checkStoryKind(root), let fields = fields(root, "a story", ProfileKeys.story) else { return nil }
    let title = requiredText(fields, "title") ?? ""
    let opening = optionalText(fields, "opening")
    let setting = optionalText(fields, "setting")
    guard let cast = readCast(fields, profile, &profiles) else { return nil }
    let programs = cast.map { member(of: fields, $0, title, setting, cast) }
    return Story(title: title, opening: opening, cast: programs)
  }

  private mutating func checkStoryKind(_ root: Node) -> Bool {
    guard case .mapping(let entries) = root.content, let first = entries.first, first.key.text == "story",
      first.value.text == String(Self.version)
    else {
      report(
        .unsupportedFile, message: "this is not a story of a known version", at: root.span,
        help: ["a story starts with the line 'story: \(Self.version)'"])
      return false
    }
    return true
  }

  private mutating func readCast(
    _ fields: Fields, _ profile: (String) -> StoryCompilation.CastFile, _ profiles: inout [Compilation]
  ) -> [Program]? {
    if fields["cast"] == nil { missing("cast", fields) }
    let paths = texts(fields["cast"])
    guard !paths.isEmpty, paths.count <= Self.castLimit else {
      if let node = fields["cast"], !node.isBroken, paths.count > Self.castLimit {
        report(
          .tooMany, message: "\(paths.count) characters are more than the \(Self.castLimit) of a cast",
          at: node.span)
      } else if let node = fields["cast"], items(node).isEmpty {
        report(.nothingThere, message: "the paths of profiles are missing here", at: node.span)
      }
      return nil
    }
    var cast: [Program] = []
    for path in paths {
      guard let program = program(at: path, profile, &profiles) else { continue }
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

  private mutating func program(
    at path: Node, _ profile: (String) -> StoryCompilation.CastFile, _ profiles: inout [Compilation]
  ) -> Program? {
    guard !path.text.hasPrefix("/"), !path.text.split(separator: "/").contains("..") else {
      report(
        .castMember, message: "the profile '\(path.text)' lies outside the folder of the story",
        at: path.span,
        help: ["write a path that is relative to the story and has no '..' in it"])
      return nil
    }
    switch profile(path.text) {
    case .unreadable(let why):
      report(.castMember, message: "the profile '\(path.text)' cannot be read", at: path.span, label: why)
      return nil
    case .bytes(let bytes, _) where Program.isProgram(bytes):
      if let program = try? Program(file: bytes) { return program }
      report(.castMember, message: "the program '\(path.text)' is damaged", at: path.span)
      return nil
    case .bytes(let bytes, let name):
      let compilation = Compilation(of: bytes, name: name, limits: limits)
      profiles.append(compilation)
      return compilation.program
    }
  }

  /// A character with the story's questions and commitments, of which it moves those that it owns.
  private mutating func member(
    of fields: Fields, _ program: Program, _ title: String, _ setting: String, _ cast: [Program]
  ) -> Program {
    var reader = ProfileReader(file: file, limits: limits)
    reader.resolver.names.take(program)
    reader.readQuestions(fields["questions"])
    let declared = reader.declareCommitments(fields["commitments"])
    let shared = declared.map { name, commitment in
      let owner = reader.owner(of: commitment, in: cast) ?? cast.first?.character ?? ""
      return reader.commitment(name, commitment, of: owner, isOwned: program.isCalled(owner), title)
    }
    let member = program.inStory(
      questions: reader.resolver.names.questions, commitments: program.commitments + shared,
      lines: program.lines + reader.commitmentLines, setting: setting)
    reader.checkCommitments(of: member, declared, from: program.commitments.count)
    diagnostics += reader.diagnostics
    return member
  }

  private mutating func owner(of fields: Fields, in cast: [Program]) -> String? {
    guard let node = fields["owner"], let name = text(node, "the name of a character") else { return nil }
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
    _ name: String, _ fields: Fields, of owner: String, isOwned: Bool, _ title: String
  ) -> Commitment {
    let shared = isOwned ? commitment(name, fields) : mirror(name, fields)
    return Commitment(
      name: shared.name, foreshadow: shared.foreshadow, trigger: shared.trigger, payoff: shared.payoff,
      plant: shared.plant, notBefore: shared.notBefore, dueWithin: shared.dueWithin, after: shared.after,
      priority: shared.priority, owner: owner, abandonWhen: shared.abandonWhen, hold: shared.hold,
      certainty: shared.certainty, checks: shared.checks, story: title)
  }
}
