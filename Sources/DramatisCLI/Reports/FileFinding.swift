import Dramatis
import DramatisCompiler

/// Something that was found wrong in a file, in the words of every format.
///
/// Lines and columns count from 1, columns in Unicode code points; the end is no longer part of it. What
/// concerns the whole file stands at its beginning.
struct FileFinding: Sendable {
  let path: String
  let line, column, endLine, endColumn: Int
  /// Such as `P012`.
  let code: String
  let severity: Severity
  let message: String
  /// What to do about it, one fact each.
  let help: [String]
  /// The finding as people read it, with an excerpt of the source.
  let text: String
  /// What stays the same while other lines come and go; two alike in one file are told apart by ``numbered``.
  private(set) var fingerprint: String
}

extension FileFinding: Encodable {
  private enum CodingKeys: String, CodingKey {
    case path, line, column, endLine, endColumn, code, severity, message, help
  }
}

extension FileFinding {
  init(_ diagnostic: Diagnostic, in file: SourceFile) {
    path = file.name
    line = diagnostic.span?.start.line ?? 1
    column = diagnostic.span?.start.column ?? 1
    endLine = diagnostic.span?.end.line ?? 1
    endColumn = diagnostic.span?.end.column ?? 1
    code = diagnostic.code.rawValue
    severity = diagnostic.severity
    message = [diagnostic.message, diagnostic.label].compactMap(\.self).joined(separator: ": ").oneLine
    help = diagnostic.help.map(\.oneLine)
    text = DiagnosticRenderer(file: file).text(diagnostic)
    let source = diagnostic.span.map { String(file.line($0.start.line)) } ?? ""
    fingerprint = Self.fingerprint(path, code, message, source)
  }

  /// A compiled program that cannot be read; it has no lines.
  init(_ error: ProgramError, in path: String) {
    self.path = path
    (line, column, endLine, endColumn) = (1, 1, 1, 1)
    (code, severity, message, help) = (error.code, .error, "\(error)".oneLine, [])
    text = "error: \(message)\n  --> \(path.oneLine)"
    fingerprint = Self.fingerprint(path, code, message, "")
  }

  /// Of what is wrong and of the line where it stands, but neither of its number nor of its indentation.
  private static func fingerprint(_ path: String, _ code: String, _ message: String, _ source: String)
    -> String
  {
    let words = source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return digest(of: [path.withoutDotSlash, code, message, words])
  }

  private static func digest(of parts: [String]) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(part.utf8)
      hash.update(CollectionOfOne(UInt8(0)))
    }
    return hash.finalize().prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

extension [FileFinding] {
  /// The same findings, of which the second and later ones alike get fingerprints of their own.
  var numbered: [FileFinding] {
    var seen: [String: Int] = [:]
    return map { finding in
      let count = seen[finding.fingerprint, default: 0] + 1
      seen[finding.fingerprint] = count
      return count == 1 ? finding : finding.repeated(count)
    }
  }
}

extension FileFinding {
  fileprivate func repeated(_ count: Int) -> FileFinding {
    var finding = self
    finding.fingerprint = Self.digest(of: [fingerprint, String(count)])
    return finding
  }
}
