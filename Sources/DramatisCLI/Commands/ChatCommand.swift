import ArgumentParser
import Dramatis
import DramatisCompiler

/// Talks with a character in the terminal or through a pipe.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Chat with a character.",
    discussion: """
      Type what you say and press return; /help lists the commands. Through a pipe, every line of input is \
      something said.

      Example: dramatis chat Profiles/mara.yaml
      """)

  @Argument(help: "A profile or a compiled program.")
  var profile: String

  @Option(help: "What the character calls you.")
  var user = "stranger"

  @Option(help: "Decides every chance and every choice among lines.")
  var seed: UInt64 = 0

  func validate() throws {
    guard profile != InputStream.standardInput else {
      throw ValidationError("standard input is what you say; give the profile as a file")
    }
    guard user.contains(where: { !$0.isWhitespace }), user.oneLine == user else {
      throw ValidationError("--user takes a name")
    }
  }

  func run() async throws {
    let program = try ProfileSource(path: profile).program()
    guard !program.isCalled(user) else {
      throw Failure("--user \(user) is a name of the character; choose another", .usage)
    }
    let conversation = try Conversation(program: program, user: user, seed: seed)
    var lines = LineReader(try InputStream(path: InputStream.standardInput))
    try await conversation.open()
    while true {
      conversation.prompt()
      guard let line = try lines.next() else { break }
      guard try await conversation.take(line) else { return }
    }
    conversation.close()
  }
}
