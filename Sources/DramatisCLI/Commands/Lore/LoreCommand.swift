import ArgumentParser
import Dramatis
import DramatisCompiler

/// Says which entries of a lorebook a conversation calls for.
struct LoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lore",
    abstract: "Say which entries of a lorebook a conversation calls for, and why.",
    discussion: """
      Books are world info, lorebooks and cards of other front ends, searched as SillyTavern does. A chat is a file of \
      JSON lines with name and mes. Cases are regression tests of a book: one JSON object a line, with a book, \
      turns and what each is expected to come to.

      Example: dramatis lore book.json --chat chat.jsonl
      Example: dramatis lore --cases cases.jsonl
      """)

  /// How outcomes are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON object a turn.
    case json
  }

  @Argument(help: "The book: world info, a lorebook or a card.")
  var book: String?

  @Option(help: "The conversation, or - for standard input.")
  var chat: String?

  @Option(help: "The character's card, whose fields entries may search.")
  var character: String?

  @Option(help: "Settings as SillyTavern's file has them.")
  var settings: String?

  @Option(help: "Cases to run, or - for standard input; exits 1 where one differs.")
  var cases: String?

  @Option(help: "How to write what a turn came to.")
  var format: Format = .text

  func validate() throws {
    guard (cases == nil) == (book != nil && chat != nil), cases == nil || book == nil && chat == nil else {
      throw ValidationError("give a book with --chat, or --cases alone")
    }
  }

  func run() throws {
    if let cases { try runCases(cases) } else if let book, let chat { try tell(book, chat) }
  }

  private static let maximumBytes = 64 << 20

  private func bytes(_ path: String) throws -> [UInt8] {
    let bytes = try InputStream(path: path).readAll(limit: Self.maximumBytes)
    guard bytes.count <= Self.maximumBytes else {
      throw Failure("\(path.oneLine) is larger than \(Self.maximumBytes) bytes", .input)
    }
    return bytes
  }

  // MARK: Cases

  private func runCases(_ path: String) throws {
    var (passed, failed) = (0, 0)
    for (index, line) in try bytes(path).split(separator: 0x0A).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      guard let one = LoreCase(Array(line)) else {
        throw Failure("\(path.oneLine):\(index + 1): this is no case: it needs name, book and turns", .input)
      }
      let difference = one.difference()
      if difference == nil { passed += 1 } else { failed += 1 }
      switch format {
      case .text:
        Console.output.write(
          "\(difference.map { "FAIL \(one.name.oneLine): \($0.oneLine)" } ?? "ok \(one.name.oneLine)")\n")
      case .json: for outcome in one.outcomeLines() { Console.output.write(outcome + "\n") }
      }
    }
    let end = "\(passed) passed, \(failed) failed\n"
    if format == .text { Console.output.write(end) } else { Console.error.write(end) }
    if failed > 0 || passed == 0 { throw Failure(failed > 0 ? "" : "\(path.oneLine) holds no case", .input) }
  }

  // MARK: A conversation

  private func tell(_ book: String, _ chat: String) throws {
    do {
      let entries = LoreEntry.ordered(
        [(.character, try loreEntries(of: book))], by: .characterFirst)
      guard let conversation = LoreChat(try bytes(chat)) else {
        throw Failure("\(chat.oneLine): a line is no message: it needs name and mes", .input)
      }
      try tell(entries, conversation)
    } catch let refusal as CardRefusal {
      throw Failure("\(book.oneLine): \(refusal.description)", .input)
    }
  }

  /// The entries of a book: one of another front end, or a file of ours, whose conditions nobody is there to answer.
  private func loreEntries(of path: String) throws -> [LoreEntry] {
    let bytes = try bytes(path)
    guard FileKind.recognize(bytes).kindWhenNamed == .lore else {
      return try Lorebook(bytes, ending: path.fileEnding).entries
    }
    let compilation = LoreCompilation(of: bytes, name: path, for: [])
    guard let book = compilation.book else {
      Console.error.write(compilation.document.report(compilation.document.diagnostics) + "\n")
      throw Failure("", .input)
    }
    return book.entries
  }

  private func tell(_ entries: [LoreEntry], _ chat: LoreChat) throws {
    let settings = try readSettings()
    var who = try played()
    who.user = chat.user
    if who.name.isEmpty { who.name = chat.character }
    var memory = LoreMemory()
    for count in chat.messages.indices.map({ $0 + 1 }) {
      var scan = LoreScan(
        entries, messages: Array(chat.messages[..<count]), character: who, settings: settings, memory: memory,
        chance: { name in
          let site = name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
          return Draw.number(seed: 0, turn: count, site: site)
        })
      let result = scan.run()
      memory = result.memory
      say(result, turn: count, after: chat.messages[count - 1])
    }
  }

  private func readSettings() throws -> LoreSettings {
    guard let settings else { return LoreSettings() }
    guard let read = LoreSettings(json: try bytes(settings)) else {
      throw Failure("\(settings.oneLine) is no object of JSON", .input)
    }
    return read
  }

  private func played() throws -> LoreScan.Character {
    var who = LoreScan.Character()
    guard let character else { return who }
    let card = try CharacterCard(try bytes(character), ending: character.fileEnding)
    who.name = card.nickname.isEmpty ? card.name ?? "" : card.nickname
    let file = character.split(separator: "/").last.map(String.init) ?? character
    who.fileName = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    who.tags = card.tags
    who.texts = [.description: card.description, .personality: card.personality, .scenario: card.scenario]
    return who
  }

  private func say(_ result: LoreScan.Result, turn: Int, after message: LoreScan.Message) {
    if format == .json {
      Console.output.write(LoreCase.Outcome(result).json + "\n")
      return
    }
    Console.output.write(
      "turn \(turn), \(message.name.oneLine): \(String(message.text.oneLine.prefix(60)))\n")
    for (entry, reason) in zip(result.activated, result.reasons) {
      let place = entry.position.map { "\($0)" } ?? "nowhere"
      Console.output.write(
        "  \(entry.id) \(reason.words.oneLine), \(place): \(String(entry.content.oneLine.prefix(50)))\n")
    }
    for silent in result.silent where silent.silence != .noKey && silent.silence != .disabled {
      Console.output.write("  not \(silent.entry.id): \(silent.silence.words.oneLine)\n")
    }
    if result.isOverBudget { Console.output.write("  the budget was reached: some entries were left out\n") }
  }
}
