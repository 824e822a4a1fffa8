import ArgumentParser
import Dramatis
import DramatisCompiler

/// Writes a lorebook as other front ends read it.
struct ExportLoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lore",
    abstract: "Write a lorebook as world info, as a lorebook of version 3, or as a file of lore.",
    discussion: """
      The book is a file of lore, that of a profile or a card, world info, or a book of RisuAI, Agnai or NovelAI. \
      Conditions have no place in books of others: their entries are named.

      Example: dramatis export lore harbour.lore.yaml -o harbour.json
      """)

  @Argument(
    help: "The book, or a profile that has one.", completion: .file(extensions: ["yaml", "json", "png"]))
  var book: String

  @Option(name: .shortAndLong, help: "The file to write, or - for standard output.")
  var output: String

  @Option(
    name: .customLong("as"), help: "What to write: world-info, v3 or yaml; by the file's ending unless given."
  )
  var format: LoreExport.Format?

  @Flag(help: "Replace the file where it is there.")
  var force = false

  private var written: LoreExport.Format {
    format ?? (["yaml", "yml"].contains(output.fileEnding.lowercased()) ? .yaml : .worldInfo)
  }

  func run() throws {
    let export = LoreExport(try lorebook())
    let text = export.text(as: written)
    if written != .yaml, !export.conditional.isEmpty {
      let names = export.conditional.map(\.oneLine).joined(separator: ", ")
      Console.error.write("conditions have no place there, and are left out: \(names)\n")
    }
    guard output != InputStream.standardInput else { return Console.output.write(text) }
    try OutputFile(path: output).write(
      Array(text.utf8), replaces: force, advice: "give --force to replace it, or choose another file")
    Console.error.write("\(output.oneLine) written\n")
  }

  private func lorebook() throws -> Lorebook {
    let bytes = try InputStream(path: book).readAll(limit: CharacterCard.maximumBytes)
    if FileKind.recognize(bytes).kindWhenNamed == .profile {
      let program = try ProfileSource(path: book).program()
      guard let own = program.lore.first else { throw Failure("\(book.oneLine) has no lore", .input) }
      return own
    }
    let compilation = LoreCompilation(of: bytes, name: book, for: [])
    guard let lorebook = compilation.book, compilation.document.errors.isEmpty else {
      Console.error.write(compilation.document.report(compilation.document.errors) + "\n")
      throw Failure("", .input)
    }
    guard !lorebook.entries.isEmpty else { throw Failure("\(book.oneLine) has no lore", .input) }
    return lorebook
  }
}

extension LoreExport.Format: ExpressibleByArgument {}
