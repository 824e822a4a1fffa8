import ArgumentParser
import Dramatis
import DramatisCompiler

/// Prints what the documentation says about a diagnostic.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a diagnostic means and what to do about it.",
    discussion: """
      Without a code all of them are listed.

      Example: dramatis explain L003
      """)

  @Argument(help: "A code such as P012, or the name of a rule such as unreachable-state.")
  var code: String?

  func run() throws {
    guard let code else { return Console.output.write(Self.list) }
    guard let known = DiagnosticCode(called: code) else { throw Failure(Self.unknown(code), .usage) }
    Console.output.write(known.page)
  }

  private static var list: String {
    var report = TextReport()
    for code in DiagnosticCode.all {
      let name = code.isRule ? "\(code.rawValue) \(code.name)" : code.rawValue
      report.entry(name, code.summary, column: 32)
    }
    return report.text
  }

  private static func unknown(_ text: String) -> String {
    let advice = DiagnosticCode.suggestion(
      for: text.lowercased(), among: DiagnosticCode.all, else: "'dramatis explain' lists all")
    return "no diagnostic is called \(text.oneLine.quoted); \(advice)"
  }
}
