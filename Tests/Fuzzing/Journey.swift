import Dramatis
import DramatisCompiler

/// The whole way from the bytes of a file to a character that takes steps, for every kind of file.
struct Journey {
  /// Larger profiles are not repaired, which compiles them over and over.
  private static let repairable = 4096
  /// Explores far less than usual: that takes up to a second, and the instruments make it twenty.
  private static let settings = {
    var settings = LintSettings()
    settings.positionsBudget = 200
    return settings
  }()
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func run() {
    takeCard()
    takeBook()
    switch FileKind.recognize(bytes).kindWhenNamed {
    case .program: takeProgram()
    case .story: takeStory()
    case .scenarios: takeScenarios()
    default:
      if bytes.starts(with: "rules".utf8) || bytes.starts(with: "questions-budget".utf8) {
        takeSettings()
      } else {
        takeProfile(Compilation(of: bytes, name: "fuzz.yaml"))
      }
    }
  }

  /// A book is searched whatever is in it, and a chat is played.
  private func takeBook() {
    let text = String(decoding: bytes.suffix(512), as: UTF8.self)
    if let book = LoreCompilation(of: bytes, name: "fuzz.json", for: []).book {
      let messages = [LoreScan.Message(name: "Ann", text: text)]
      var scan = LoreScan(
        book.entries, messages: messages, character: LoreScan.Character(), settings: book.settings
      ) { _ in 0.5 }
      precondition(scan.run().activated.count <= book.entries.count, "an entry is told twice")
      for format in LoreExport.Format.allCases { _ = LoreExport(book).text(as: format) }
    }
    _ = try? ImportedChat(bytes)
  }

  /// A card that can be read makes a profile that compiles, and is a card again.
  private func takeCard() {
    guard let card = try? CharacterCard(bytes), let profile = CardProfile(card) else { return }
    guard let program = Compilation(of: Array(profile.text.utf8), name: "card").program else { return }
    for format in CardExport.Format.allCases {
      guard let written = try? CardExport(program, kept: card).bytes(as: format) else { continue }
      precondition((try? CharacterCard(written))?.name == card.name, "a card is not what was written")
    }
  }

  private func takeProfile(_ compilation: Compilation) {
    let linted = compilation.linted(Self.settings)
    show(linted)
    guard let program = compilation.program else { return }
    takeSteps(program)
    precondition((try? Program(file: program.fileBytes())) == program, "a program is not what was written")
    guard bytes.count <= Self.repairable else { return }
    var fixer = Fixer(bytes, name: "fuzz.yaml", settings: Self.settings)
    fixer.run()
    precondition(fixer.compilation.program != nil, "a repair broke a profile")
  }

  /// The body under a hash that fits, so that what is in it is looked at.
  private func takeProgram() {
    guard let end = bytes.firstIndex(of: 0x0A) else { return }
    let body = bytes[(end + 1)...]
    let head = "dramatis-program \(Program.formatVersion) sha256:\(SHA256.hex(body))\n"
    guard let program = try? Program(file: Array(head.utf8) + body) else { return }
    takeSteps(program)
  }

  private func takeStory() {
    let member = Array("dramatis: 1\ncharacter: Ann\nquestions: { q: { ask: Is it? } }\n".utf8)
    var count = 0
    let story = StoryCompilation(of: bytes, name: "fuzz.yaml") { path in
      count += 1
      return count > 4 ? .unreadable("there is no \(path)") : .bytes(member, name: path)
    }
    show(story.document)
    for profile in story.profiles { show(profile) }
  }

  private func takeScenarios() {
    let file = ScenarioFile(of: bytes, name: "fuzz.scenarios.yaml")
    for program in [nil, Compilation(of: Self.mara, name: "mara.yaml").program] {
      let reading = file.reading(for: program)
      let renderer = DiagnosticRenderer(file: reading.file)
      for diagnostic in reading.diagnostics { _ = renderer.text(diagnostic) }
    }
  }

  private func takeSettings() {
    show(LintSettings.read(bytes, name: ".dramatis.yaml").report)
  }

  private func show(_ compilation: Compilation) {
    _ = compilation.report(compilation.diagnostics.limited())
  }

  private func takeSteps(_ program: Program) {
    var stepper = Stepper(for: program)
    var position = program.position(seed: 1)
    guard let foreign = Compilation(of: Self.mara, name: "mara.yaml").program else { return }
    for (turn, text) in ["Hello?", "…", "Good bye"].enumerated() {
      let event = program.uncheckedPrepared(Event(actor: turn == 2 ? program.character : "Ann", text: text))
      var answers = Answers(for: program)
      for index in program.questions.indices { answers[index] = [.yes, .no, .unknown][(index + turn) % 3] }
      // What another program made is refused, whatever its shape, and moves nobody.
      let before = position
      if (try? stepper.step(&position, on: foreign.uncheckedPrepared(Event(text: text)), given: answers))
        != nil,
        foreign != program
      {
        fatalError("an event of another program was stepped on")
      }
      guard (try? stepper.step(&position, on: event, given: answers)) != nil, position != before else {
        fatalError("an event of the program itself was refused")
      }
    }
  }

  /// With names that scenarios of the corpus use.
  private static let mara = Array(
    """
    dramatis: 1
    character: Mara
    variables: { trust: { initial: 0, min: -4, max: 6 }, barred: { initial: true } }
    questions: { accused: { ask: "Does someone accuse Mara?", cues: [liar] } }
    machines:
      mood:
        states: { wary: Mara watches., warm: Mara smiles. }
        transitions: [{ from: any, to: wary, when: accused, set: { trust: trust - 1 } }]
    behavior: { t: [{ when: accused, then: [Mara bites the coin.] }] }
    commitments: { debt: { foreshadow: A debt., trigger: accused, payoff: It is paid. } }
    """.utf8)
}
