import ArgumentParser
import Dramatis
import DramatisCompiler

/// Writes a small profile to start from.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a small commented profile to start from.",
    discussion: """
      The file is named for the character, in this folder, and an existing file is never overwritten.

      Example: dramatis new "Old Tom"
      """)

  @Argument(help: "The character's name.")
  var name: String

  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.")
  var output: String?

  func validate() throws {
    let isFine = name.contains { $0.isLetter || $0.isNumber } && name.count <= 100 && name.oneLine == name
    guard isFine else {
      throw ValidationError(
        "a name has a letter or a digit, at most 100 characters and no control characters")
    }
  }

  func run() throws {
    let profile = ProfileTemplate(name: name).text
    if output == InputStream.standardInput {
      Console.output.write(profile)
      return
    }
    let path = output ?? fileName
    try OutputFile(path: path).create(Array(profile.utf8))
    Console.error.write("\(path.oneLine) written. Talk to \(name): dramatis chat \(path.oneLine)\n")
  }

  /// The name in small letters with hyphens between words: never a path.
  private var fileName: String {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.joined(separator: "-") + ".yaml"
  }
}
