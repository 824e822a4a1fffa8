import Foundation
import PackagePlugin

/// Writes what the folders of a target hold as Swift, so that adding a file there is all that it takes.
///
/// Texts become literals, which compile at once; the rules of the linter and the codes of diagnostics become lists. The
/// shell does it, since it is there and needs no building.
@main struct Embedding: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.pluginWorkDirectoryURL
    let source = target.directoryURL
    guard target.name == "DramatisCompiler" else {
      let texts = try files(in: source, withSuffix: ".yaml").filter { !$0.path.hasSuffix(".scenarios.yaml") }
      return [embedding(texts, of: target, in: folder)]
    }
    let pages = source.appending(path: "Documentation.docc")
    let lists = context.package.directoryURL.appending(path: "Profiles/Cues")
    let codes = source.appending(path: "Diagnostics/DiagnosticCode+Declared.swift")
    return [
      embedding(
        try files(in: pages.appending(path: "Lint"), withSuffix: ".md")
          + [pages.appending(path: "Diagnostics.md")] + files(in: lists, withSuffix: ".yaml"), of: target,
        in: folder),
      command(
        "Listing the rules of the linter", Self.ruleList,
        output: folder.appending(path: "Linter+Rules.swift"),
        naming: try files(in: source.appending(path: "Lint/Rules"), withSuffix: ".swift")),
      command(
        "Listing the codes of diagnostics", Self.codeList,
        output: folder.appending(path: "DiagnosticCode+List.swift"), reading: [codes]),
    ]
  }

  /// The files of a folder in the order of their names.
  private func files(in folder: URL, withSuffix suffix: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(suffix) }.sorted()
      .map { folder.appending(path: $0) }
  }

  private func embedding(_ texts: [URL], of target: any Target, in folder: URL) -> Command {
    command(
      "Embedding the texts of \(target.name)", Self.texts,
      output: folder.appending(path: "EmbeddedTexts.swift"), reading: texts)
  }

  /// - Parameters:
  ///   - inputs: What the script reads, so that it runs again where one of them changes.
  ///   - others: What it takes the names of, so that it runs again where one is added.
  private func command(
    _ name: String, _ script: String, output: URL, reading inputs: [URL] = [], naming others: [URL] = []
  ) -> Command {
    .buildCommand(
      displayName: name, executable: URL(filePath: "/bin/sh"),
      arguments: ["-euc", script, output.path] + (inputs + others).map(\.path), inputFiles: inputs,
      outputFiles: [output])
  }
}

/// The scripts: `$0` is the file to write, the other arguments are the files to read or to name.
extension Embedding {
  private static let texts = #"""
    quotes='"""'
    {
      printf '/// The texts of files, by their names without extension.\nenum EmbeddedTexts {\n  static let names = ['
      for file; do name=${file##*/}; printf '"%s", ' "${name%.*}"; done
      printf ']\n\n  static func text(_ name: String) -> String? {\n    switch name {\n'
      for file; do
        name=${file##*/}
        printf '    case "%s":\n%s\n' "${name%.*}" "####$quotes"
        cat "$file"
        printf '\n%s\n' "$quotes####"
      done
      printf '    default: nil\n    }\n  }\n}\n'
    } > "$0"
    """#

  private static let ruleList = #"""
    {
      printf 'extension Linter {\n  /// By name of their files.\n  static let unsortedRules: [any LintRule.Type] = [\n'
      for file; do name=${file##*/}; printf '    %s.self,\n' "${name%.swift}"; done
      printf '  ]\n}\n'
    } > "$0"
    """#

  private static let codeList = #"""
    {
      printf 'extension DiagnosticCode {\n  /// Those that no rule declares.\n  static let declared: [DiagnosticCode] = [\n'
      sed -n 's/^ *public static let \([A-Za-z0-9]*\) =.*/    .\1,/p' "$1"
      printf '  ]\n}\n'
    } > "$0"
    """#
}
