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
    try refuseToOverwrite(file)
    try file.write(bytes)
    Console.error.write(
      "\(output.oneLine): \(bytes.count) bytes, sha256 \(program.contentHash.prefix(12))\n")
  }

  /// Only an older program is replaced, never a profile given by mistake.
  private func refuseToOverwrite(_ file: OutputFile) throws(Failure) {
    guard file.exists, !file.isSpecial else { return }
    let start = try InputStream(path: output).read(atMost: 64)
    guard start.isEmpty || Program.isProgram(start) else {
      throw Failure(
        "\(output.oneLine) exists and is not a compiled program; remove it or choose another file",
        .environment)
    }
  }
}
