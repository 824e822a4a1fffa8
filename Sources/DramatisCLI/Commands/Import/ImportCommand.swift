import ArgumentParser
import Dramatis
import DramatisCompiler

/// Turns what others published into profiles.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn what others published into profiles, and chats into sessions.",
    subcommands: [ImportTreesCommand.self, ImportCardCommand.self, ImportChatCommand.self])
}

/// Turns a published tree package into a profile.
struct ImportTreesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdt",
    abstract: "Turn a package of codified decision trees into a profile.",
    discussion: """
      The package is JSON with character, topicOrder, relationOrder, topics and relations. Statements and \
      questions survive byte for byte; relation trees become partner topics.

      Example: dramatis import cdt Haruhi.json -o haruhi.yaml
      """)

  @Argument(help: "The package, or - for standard input.")
  var package: String

  @Option(name: .shortAndLong, help: "The profile to write, or - for standard output.")
  var output: String

  func run() throws {
    let bytes = try InputStream(path: package).readAll(limit: Self.maximumBytes)
    guard bytes.count <= Self.maximumBytes else {
      throw Failure("\(package.oneLine) is larger than \(Self.maximumBytes) bytes", .input)
    }
    let profile = try profile(of: bytes)
    guard output != InputStream.standardInput else {
      Console.output.write(profile)
      return
    }
    try OutputFile(path: output).create(Array(profile.utf8))
    Console.error.write("\(output.oneLine) written\n")
  }

  private static let maximumBytes = 64 << 20

  /// The profile, which has been compiled once to see that it can be.
  private func profile(of bytes: [UInt8]) throws(Failure) -> String {
    let profile: String
    do {
      profile = try TreePackage(json: bytes).profile
    } catch {
      throw Failure("\(package.oneLine): \(error.description.oneLine)", .input)
    }
    let compilation = Compilation(of: Array(profile.utf8), name: output)
    guard compilation.errors.isEmpty else {
      Console.error.write(compilation.report(compilation.errors) + "\n")
      throw Failure("\(package.oneLine) makes no valid profile; nothing was written", .input)
    }
    return profile
  }
}
