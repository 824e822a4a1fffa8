import ArgumentParser
import Dramatis
import DramatisCompiler

/// Which books of lore a cast knows of besides its own.
struct LoreOptions: ParsableArguments {
  @Option(
    name: .customLong("lore"),
    help: ArgumentHelp(
      "A book of lore that everybody knows of: 'lore: 1', world info, a lorebook or a card; may be repeated.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "json", "png", "charx"]))
  var books: [String] = []

  /// A cast with the books; mistakes are shown.
  func adding(to cast: [Program]) throws(Failure) -> [Program] {
    var cast = cast
    for path in books {
      let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: CharacterCard.maximumBytes))
      let compilation = LoreCompilation(of: bytes, name: path, for: cast)
      guard let knowing = compilation.cast else {
        Console.error.write(compilation.document.report(compilation.document.diagnostics) + "\n")
        throw Failure("", .input)
      }
      let count = compilation.document.warnings.count
      if count > 0 {
        Console.error.write("\(count) warning\(count == 1 ? "" : "s"): dramatis validate \(path.oneLine)\n")
      }
      cast = knowing
    }
    return cast
  }
}
