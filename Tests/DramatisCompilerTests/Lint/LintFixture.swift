import Foundation
import Testing

@testable import DramatisCompiler

/// A profile that one rule complains about, its report, and the same profile put right.
struct LintFixture: Sendable, CustomTestStringConvertible {
  let code: DiagnosticCode

  static let all = DiagnosticCode.allCases.filter(\.isRule).map(LintFixture.init)
  static let folder = Golden.folder.appending(path: "lint")

  var testDescription: String { code.rawValue }
  var reportFile: URL { Self.folder.appending(path: "\(code.rawValue).txt") }

  /// The profile with the mistake.
  func mistaken() throws -> Compilation { try linted("\(code.rawValue).yaml") }

  /// The profile without it.
  func corrected() throws -> Compilation { try linted("\(code.rawValue)-fixed.yaml") }

  private func linted(_ name: String) throws -> Compilation {
    let bytes = try Array(Data(contentsOf: Self.folder.appending(path: name)))
    return Compilation(of: bytes, name: name).linted(settings)
  }

  /// A budget is the only thing that a rule needs to be told.
  var settings: LintSettings {
    var settings = LintSettings()
    if code == .overBudget {
      settings.questionsBudget = 1
      settings.roundsBudget = 1
    }
    return settings
  }
}
