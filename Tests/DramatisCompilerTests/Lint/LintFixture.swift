import Foundation
import Testing

@testable import DramatisCompiler

/// A profile that one rule complains about, its report, and the same profile put right.
struct LintFixture: Sendable, CustomTestStringConvertible {
  let code: DiagnosticCode

  static let all = Linter.rules.map { LintFixture(code: $0.code) }
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

  /// What a rule needs to be told stands in a file of its own; most need nothing.
  var settings: LintSettings {
    guard let bytes = try? Data(contentsOf: Self.folder.appending(path: settingsFile)) else {
      return LintSettings()
    }
    return LintSettings.read(Array(bytes), name: settingsFile).settings
  }

  /// The names of the files that belong to the rule.
  func files(in folder: Set<String>) -> [String] {
    let code = code.rawValue
    return ["\(code).yaml", "\(code)-fixed.yaml", "\(code).txt"] + folder.intersection([settingsFile])
  }

  private var settingsFile: String { "\(code.rawValue).settings.yaml" }
}
