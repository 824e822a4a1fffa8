import ArgumentParser

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
    version: version,
    subcommands: prepared)

  static let version = "0.1.0"

  private static let all: [any ParsableCommand.Type] = [
    ChatCommand.self, RunCommand.self, ValidateCommand.self, ExplainCommand.self, TestCommand.self,
    SchemaCommand.self, NewCommand.self, CompileCommand.self, ImportCommand.self, SessionsCommand.self,
    ReplayCommand.self, DiffCommand.self, LedgerCommand.self, WriteCommand.self, MineCommand.self,
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
