import Dramatis
import DramatisCompiler

/// Checks the profiles of a folder, runs their scenarios and draws the first of them.
///
/// It does what `dramatis validate`, `dramatis test` and `dramatis graph` do, through the library alone.
@main
struct CheckingAFolder {
  static func main() async throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "Profiles"

    let check = await Validation(of: [folder]).run()
    for finding in check.findings {
      print("\(finding.path):\(finding.line): \(finding.severity) \(finding.code): \(finding.message)")
    }
    print("\(check.items.count) files checked, \(check.findings.count) findings")

    let tests = try await ScenarioSuite(at: [folder]).run()
    for finding in tests.findings { print(finding.text) }
    for profile in tests.coverage {
      print("\(profile.path): \(profile.report.percent) % covered")
    }

    guard let program = tests.coverage.first?.program else { return }
    print(Graph(of: program).text(as: .mermaid))
  }
}
