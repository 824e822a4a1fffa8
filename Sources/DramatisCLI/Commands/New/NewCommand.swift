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
    guard ProfileTemplate(for: name) != nil else { throw ValidationError(ProfileTemplate.nameRule) }
  }

  func run() throws {
    guard let template = ProfileTemplate(for: name) else { throw ValidationError(ProfileTemplate.nameRule) }
    if output == InputStream.standardInput {
      Console.output.write(template.text)
      return
    }
    let path = output ?? template.fileName
    try OutputFile(path: path).create(Array(template.text.utf8))
    Console.error.write("\(path.oneLine) written. Talk to \(name): dramatis chat \(path.oneLine)\n")
  }
}
