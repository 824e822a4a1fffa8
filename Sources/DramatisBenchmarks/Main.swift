import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Exit codes are those of `dramatis`: 0 fine, 1 wrong results, 2 wrong usage, 3 the environment failed.
@main
enum Main {
  static func main() async {
    do {
      var command = try Benchmarks.parseAsRoot()
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
    let code = Benchmarks.exitCode(for: error)
    if code.isSuccess {
      print(Benchmarks.fullMessage(for: error))
      exit(0)
    }
    if code == .validationFailure {
      complain(Benchmarks.fullMessage(for: error))
      exit(2)
    }
    complain("dramatis-benchmarks: \(error)")
    exit(error is WrongResult ? 1 : 3)
  }

  private static func complain(_ message: String) {
    let bytes = Array("\(message)\n".utf8)
    _ = write(2, bytes, bytes.count)
  }
}

/// Results that differ from those of a peer or a table.
struct WrongResult: Error, CustomStringConvertible {
  let description: String
}

/// Something outside the program that a benchmark needs and does not find.
struct MissingInput: Error, CustomStringConvertible {
  let description: String
}
