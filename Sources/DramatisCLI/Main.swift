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
    if let failure = error as? Failure ?? (error as? FileError).map({ Failure($0) }) {
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
