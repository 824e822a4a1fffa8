import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// A mistaken profile together with the whole report that it must give.
struct Golden: Sendable, CustomTestStringConvertible {
  /// What the compiler is told, so that reports are the same everywhere.
  let name: String
  let bytes: [UInt8]
  let limits: ProfileLimits

  init(_ name: String, _ bytes: [UInt8], limits: ProfileLimits = .standard) {
    (self.name, self.bytes, self.limits) = (name, bytes, limits)
  }

  var testDescription: String { name }

  /// The code of the file's name; nil for a profile with several mistakes.
  var code: DiagnosticCode? { DiagnosticCode(rawValue: String(name.prefix(4))) }

  /// What there is to say about it; the code for the cast of a story needs one.
  var compilation: Compilation {
    guard code == .castMember else { return Compilation(of: bytes, name: name, limits: limits) }
    return StoryCompilation(of: bytes, name: name) { _ in .unreadable("there is no such file") }.document
  }

  var report: String {
    let compilation = compilation
    return compilation.report(compilation.diagnostics) + "\n"
  }

  var reportFile: URL {
    Self.folder.appending(path: name).deletingPathExtension().appendingPathExtension("txt")
  }
}

extension Golden {
  static let folder = Repository.file("Tests/DramatisCompilerTests/Fixtures")

  /// The profiles of the folder and those that are too large to keep there.
  static let all: [Golden] = (stored + generated).sorted { $0.name < $1.name }

  private static var stored: [Golden] {
    contents(withExtensions: ["yaml", "bin"]).compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).map { Golden(name, Array($0)) }
    }
  }

  /// The names of the files that carry one of these extensions.
  static func contents(withExtensions extensions: [String]) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { extensions.contains(URL(filePath: $0).pathExtension) }
  }

  /// Compares a report with the one that is kept; `UPDATE_GOLDENS=1` writes it anew, and then the test fails.
  static func expect(_ report: String, keptIn file: URL) throws {
    if Repository.isUpdatingGoldens {
      try Data(report.utf8).write(to: file)
      Issue.record("\(file.lastPathComponent) was written anew; read it and run the tests again")
      return
    }
    let kept = try Data(contentsOf: file)
    #expect(report == String(decoding: kept, as: UTF8.self))
    #expect(Array(report.utf8) == Array(kept))
  }
}
