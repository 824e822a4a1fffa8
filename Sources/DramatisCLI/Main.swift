import ArgumentParser
import Dramatis

/// Runs a command and turns whatever it throws into a message and an exit code.
@main
enum Main {
  static func main() async {
    do {
      var command = try DramatisCommand.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    if let failure = error as? Failure ?? (error as? FileError).map({ Failure($0) })
      ?? (error as? TranscriptError).map({ Failure($0) })
    {
      if !failure.message.isEmpty { Console.error.write("dramatis: \(failure.message.shown)\n") }
      Process.exit(failure.status)
    }
    let code = DramatisCommand.exitCode(for: error)
    if code.isSuccess {
      Console.output.write(DramatisCommand.fullMessage(for: error).shown + "\n")
      Process.exit(.fine)
    }
    let isUsage = code == .validationFailure
    let message = isUsage ? DramatisCommand.fullMessage(for: error) : "dramatis: \(error)"
    Console.error.write(message.shown + "\n")
    Process.exit(isUsage ? .usage : .environment)
  }
}

/// The root of the command line.
struct DramatisCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dramatis",
    abstract: "Role-play characters with codified state.",
    discussion: """
      A profile is compiled to state machines and decision trees. Every turn runs them, and the character \
      speaks from what they say.

      Example: dramatis chat Profiles/mara.yaml

      Exit codes: 0 fine, 1 the input has problems, 2 wrong usage, 3 the environment failed.
      """,
    version: Process.version,
    subcommands: prepared)

  private static let all: [any ParsableCommand.Type] = [
    ChatCommand.self, RunCommand.self, ServeCommand.self, ValidateCommand.self, ExplainCommand.self,
    TestCommand.self,
    SchemaCommand.self, NewCommand.self, CompileCommand.self, ImportCommand.self, ExportCommand.self,
    SessionsCommand.self,
    ReplayCommand.self, DiffCommand.self, LedgerCommand.self, LoreCommand.self, WriteCommand.self,
    MineCommand.self, CodifyCommand.self, PairsCommand.self, InduceCommand.self,
    EvaluateCommand.self, WikiCommand.self, CuesCommand.self,
    InspectCommand.self, GraphCommand.self, SimulateCommand.self, PromptCommand.self, ModelsCommand.self,
    DoctorCommand.self,
  ]

  /// The command that the arguments begin with, alone: to prepare all of them takes longer than to check a profile.
  private static var prepared: [any ParsableCommand.Type] {
    let arguments = CommandLine.arguments.dropFirst()
    // Scripts of completions and the help are about all commands.
    let isAboutAll = arguments.contains { $0.hasPrefix("--generate-completion-script") }
    let named = all.filter { $0.configuration.commandName == arguments.first }
    return isAboutAll || named.isEmpty ? all : named
  }
}
