import ArgumentParser
import Dramatis
import DramatisCompiler

/// Turns character cards into profiles, and keeps the cards.
struct ImportCardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Turn character cards into profiles, and say what became of each part.",
    discussion: """
      Reads PNG, JSON and CHARX of versions 1, 2 and 3. Beside each profile the card itself is kept, from which \
      'dramatis export card' writes it again. Scripts and patterns in a card are listed and never run. Without \
      -o the cards are only looked at.

      Example: dramatis import card odalys.png -o characters
      """)

  /// How a report is written.
  enum Report: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON object a card.
    case json
  }

  @Argument(
    help: "The cards, or - for standard input.",
    completion: .file(extensions: ["png", "json", "charx", "jpeg"]))
  var cards: [String]

  @Option(
    name: .shortAndLong, help: "The folder to write profiles and cards to; it is made where it is missing.")
  var output: String?

  @Option(help: "How to say what became of the card.")
  var report: Report = .text

  func run() throws {
    var isRefused = false
    for path in cards {
      do {
        let imported = try imported(path)
        try say(imported, of: path)
      } catch let refusal as CardRefusal {
        isRefused = true
        try say(refusal, of: path)
      }
    }
    if isRefused { throw Failure("", .input) }
  }

  /// A card, its profile, and the file that was written.
  private struct Imported {
    let card: CharacterCard
    let profile: CardProfile?
    var path: String?
  }

  private func imported(_ path: String) throws -> Imported {
    let limit = CharacterCard.maximumBytes
    let bytes = try InputStream(path: path).readAll(limit: limit)
    let card = try CharacterCard(bytes, ending: path.fileEnding)
    var imported = Imported(card: card, profile: CardProfile(card))
    guard let output, let profile = imported.profile else { return imported }
    let compilation = Compilation(of: Array(profile.text.utf8), name: profile.fileName)
    guard compilation.errors.isEmpty else {
      Console.error.write(compilation.report(compilation.errors) + "\n")
      throw Failure("\(path.oneLine) makes no valid profile; nothing was written", .input)
    }
    try Folder.make(output)
    let name = "\(output)/\(profile.fileName.dropLast(".yaml".count))"
    let files = ["\(name).yaml", "\(name).card.\(card.fileEnding)"].map { OutputFile(path: $0) }
    // Both or none: what is there is looked for before anything is written.
    for file in files where file.exists {
      throw FileError(.exists(advice: "remove it or choose another folder"), path: file.path)
    }
    try files[1].create(bytes)
    try files[0].create(Array(profile.text.utf8))
    imported.path = "\(name).yaml"
    return imported
  }

  private func say(_ refusal: CardRefusal, of path: String) throws {
    switch report {
    case .text: Console.error.write("dramatis: \(path.oneLine): \(refusal.description)\n")
    case .json: Console.output.write(try CardReport(refusal, file: path).json() + "\n")
    }
  }

  private func say(_ imported: Imported, of path: String) throws {
    let report = CardReport(imported.card, profile: imported.profile, file: path)
    switch self.report {
    case .text: Console.output.write(report.text)
    case .json: Console.output.write(try report.json() + "\n")
    }
    if let path = imported.path {
      Console.error.write("\(path.oneLine) written. Talk to it: dramatis chat \(path.oneLine)\n")
    }
  }
}

extension String {
  /// What stands behind the last dot of the name of a file; empty where nothing does.
  var fileEnding: String {
    let name = split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
  }
}
