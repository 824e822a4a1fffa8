import ArgumentParser
import Dramatis
import DramatisCompiler

/// Compiles a profile for shipping.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile a profile to a program for shipping.",
    discussion: """
      Whatever takes a profile takes the compiled program too, and a game loads it without the compiler.

      Example: dramatis compile Profiles/mara.yaml -o mara.program
      """)

  @Argument(help: "The profile, or - for standard input.")
  var profile: String

  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.")
  var output: String

  func run() throws {
    let program = try ProfileSource(path: profile).program()
    let bytes = program.fileBytes()
    guard bytes.count <= Program.maximumFileBytes else {
      throw Failure(
        "the program has \(bytes.count) bytes, more than the \(Program.maximumFileBytes) that can be loaded",
        .input)
    }
    guard output != InputStream.standardInput else {
      Console.output.write(String(decoding: bytes, as: UTF8.self))
      return
    }
    let file = OutputFile(path: output)
    try file.requireKind("a compiled program") { FileKind.recognize($0) == .certain(.program) }
    try file.write(bytes)
    Console.error.write(
      "\(output.oneLine): \(bytes.count) bytes, sha256 \(program.contentHash.prefix(12))\n")
  }
}
