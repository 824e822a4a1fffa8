import Dramatis

extension Completer {
  /// Completes the commands with what each takes, and the names of those who are there.
  init(cast: [Program]) {
    let names = cast.flatMap { [$0.character] + $0.aliases }
    let variables = cast.flatMap { $0.variables.map { $0.name + "=" } }
    self.init(commands: SlashCommand.allCases.map(\.name), names: names) { command in
      switch SlashCommand(rawValue: String(command.dropFirst())) {
      case .state, .sayAs: names
      case .set: variables
      default: []
      }
    }
  }
}
