import ArgumentParser
import Dramatis
import DramatisCompiler

/// Turns a chat of another front end into a session.
struct ImportChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Turn a chat of SillyTavern into a session that can be gone on with.",
    discussion: """
      Every message of the chat is played: the cues of the profile move its states, and what was swiped away becomes an \
      earlier attempt, which /retry and the transcript know.

      Example: dramatis import chat 'Odalys - 2026-05-03.jsonl' characters/odalys.yaml
      """)

  @Argument(help: "The chat: an object of JSON a line, or - for standard input.")
  var chat: String

  @Argument(help: "Whose chat it is: profiles, cards or stories.", completion: .profiles)
  var profiles: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The name of the session, or a path; one that is made unless given.", valueName: "name"))
  var output: String?

  @Option(help: "Decides every chance.")
  var seed: UInt64 = 0

  @OptionGroup var lore: LoreOptions

  func run() async throws {
    let bytes = try InputStream(path: chat).readAll(limit: Self.maximumBytes)
    guard bytes.count <= Self.maximumBytes else {
      throw Failure("\(chat.oneLine) is larger than \(Self.maximumBytes) bytes", .input)
    }
    let imported: ImportedChat
    do throws(ImportedChat.Problem) {
      imported = try ImportedChat(bytes)
    } catch {
      let place = error.line.map { ":\($0)" } ?? ""
      throw Failure("\(chat.oneLine)\(place): \(error.description.oneLine)", .input)
    }
    let companies = try profiles.map { path throws(Failure) in try ProfileSource(path: path).company() }
    let cast = try lore.adding(to: companies.flatMap(\.cast))
    let began = Clock.now()
    let (transcript, summary) = try await played(imported, by: cast, began: began)
    guard summary.turns > 0 else { throw Failure("\(chat.oneLine): nobody says anything to anybody", .input) }
    let name = try keep(transcript, named: SessionName(cast: cast, began: began))
    say(imported, summary, as: name)
  }

  private static let maximumBytes = 64 << 20

  private func played(
    _ imported: ImportedChat, by cast: [Program], began: String
  ) async throws -> (Transcript, ImportedChat.Summary) {
    do {
      return try await imported.played(by: cast, seed: seed, began: began)
    } catch let error as SessionError {
      throw Failure("\(chat.oneLine): \(error)".oneLine, .input)
    }
  }

  private func keep(_ transcript: Transcript, named name: SessionName) throws -> String {
    do throws(TranscriptError) {
      if let output {
        let location = try SessionLocation(new: output)
        _ = try TranscriptFile(creating: location.path, with: transcript)
        return location.name
      }
      var keeper = SessionKeeper(new: name, in: try SessionStore.standard())
      try keeper.keep(transcript)
      return keeper.name ?? ""
    } catch {
      throw Failure(error)
    }
  }

  private func say(_ imported: ImportedChat, _ summary: ImportedChat.Summary, as name: String) {
    var parts = ["\(summary.turns) turns"]
    if summary.alternatives > 0 { parts.append("\(summary.alternatives) further attempts") }
    if imported.hidden > 0 { parts.append("\(imported.hidden) hidden messages left out") }
    if summary.leftOut > 0 { parts.append("\(summary.leftOut) empty or endless messages left out") }
    Console.output.write("\(name.oneLine): \(parts.joined(separator: ", "))\n")
    if let world = imported.world {
      Console.error.write(
        "the chat names the world info '\(world.oneLine)', which lies in a file of its own: add it with --lore FILE\n"
      )
    }
    Console.error.write("Go on with it: dramatis chat --resume '\(name.oneLine)'\n")
  }
}
