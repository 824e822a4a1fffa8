import ArgumentParser
import Dramatis
import DramatisCompiler

/// Turns profiles into what other front ends read.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Turn a profile into a character card, or lore into a book of others.",
    subcommands: [ExportCardCommand.self, ExportLoreCommand.self])
}

/// Writes a profile as a card.
struct ExportCardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Write a profile as a character card: PNG, JSON or CHARX.",
    discussion: """
      The card that the profile was imported from lies beside it, and what the profile does not know of is taken \
      from there byte for byte. States, conditions and commitments have no place in a card.

      Example: dramatis export card characters/odalys.yaml -o odalys.png
      """)

  @Argument(help: "The profile.", completion: .profiles)
  var profile: String

  @Option(name: .shortAndLong, help: "The file to write; its ending says what: .png, .json, .charx or .jpeg.")
  var output: String

  @Option(help: "The card that the profile came from, where it does not lie beside it.")
  var card: String?

  @Option(help: "A PNG for a card that has no picture.")
  var picture: String?

  @Flag(help: "Replace the file where it is there.")
  var force = false

  private var format: CardExport.Format? {
    let ending = output.fileEnding.lowercased()
    return CardExport.Format(rawValue: ending == "jpg" ? "jpeg" : ending)
  }

  func validate() throws {
    guard format != nil else {
      throw ValidationError("the name of the file says what to write: end it in .png, .json, .charx or .jpeg")
    }
  }

  func run() throws {
    let bytes = try InputStream(path: profile).readAll(limit: CharacterCard.maximumBytes)
    let compilation = Compilation(of: bytes, name: profile)
    guard let program = compilation.program, let format else {
      Console.error.write(compilation.report(compilation.errors) + "\n")
      throw Failure("", .input)
    }
    let export = CardExport(program, kept: try kept())
    let written: [UInt8]
    do {
      let picture = try picture.map { try InputStream(path: $0).readAll(limit: CharacterCard.maximumBytes) }
      written = try export.bytes(as: format, picture: picture)
    } catch let refusal as CardExport.Refusal {
      throw Failure(refusal.description, .input)
    }
    try OutputFile(path: output).write(
      written, replaces: force, advice: "give --force to replace it, or choose another file")
    Console.error.write("\(output.oneLine) written\n")
  }

  /// The card that lies beside the profile, or the one that was named.
  private func kept() throws -> CharacterCard? {
    let stem = profile.hasSuffix(".yaml") ? String(profile.dropLast(5)) : profile
    let beside = ["png", "json", "charx", "jpeg"].map { "\(stem).card.\($0)" }
    guard let path = card ?? beside.first(where: { OutputFile(path: $0).exists }) else { return nil }
    do {
      return try CharacterCard(
        try InputStream(path: path).readAll(limit: CharacterCard.maximumBytes), ending: path.fileEnding)
    } catch let refusal as CardRefusal {
      throw Failure("\(path.oneLine): \(refusal.description)", .input)
    }
  }
}
