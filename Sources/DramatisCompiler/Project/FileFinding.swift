import Dramatis

/// Something that was found wrong in a file, in the words of every format.
///
/// Lines and columns count from 1, columns in Unicode code points; the end is no longer part of it. What
/// concerns the whole file stands at its beginning.
public struct FileFinding: Encodable, Sendable {
  /// The file.
  public let path: String
  /// Where it is.
  public let line, column, endLine, endColumn: Int
  /// Such as `P012`; `dramatis explain` and ``DiagnosticCode`` say what it means.
  public let code: String
  /// How grave it is.
  public let severity: Severity
  /// What is wrong, in lower case and without a full stop.
  public let message: String
  /// What to do about it, one fact each.
  public let help: [String]
  /// Other places of the file that have to do with it, with what is to be said of each.
  public var related: [Place] { places ?? [] }
  /// The finding as people read it, with an excerpt of the source.
  public let text: String
  /// What stays the same while other lines come and go, in whatever file; different for two alike in one file.
  public private(set) var fingerprint: String
  /// Nil where there are none, so that nothing is written of them.
  private let places: [Place]?

  /// A second place of which a finding speaks.
  public struct Place: Encodable, Sendable {
    /// Where it is.
    public let line, column, endLine, endColumn: Int
    /// What is to be said of it.
    public let label: String
  }

  private enum CodingKeys: String, CodingKey {
    case path, line, column, endLine, endColumn, code, severity, message, help
    case places = "related"
  }
}

extension FileFinding {
  /// - Parameters:
  ///   - file: The source.
  ///   - root: The document, to say below which keys it stands; nil where there is none.
  init(_ diagnostic: Diagnostic, in file: SourceFile, below root: Node?) {
    path = file.name
    line = diagnostic.span?.start.line ?? 1
    column = diagnostic.span?.start.column ?? 1
    endLine = diagnostic.span?.end.line ?? 1
    endColumn = diagnostic.span?.end.column ?? 1
    code = diagnostic.code.rawValue
    severity = diagnostic.severity
    message = [diagnostic.message, diagnostic.label].compactMap(\.self).joined(separator: ": ").oneLine
    help = diagnostic.help.map(\.oneLine)
    let others = diagnostic.marks.map { mark in
      Place(
        line: mark.span.start.line, column: mark.span.start.column, endLine: mark.span.end.line,
        endColumn: mark.span.end.column, label: mark.label.oneLine)
    }
    places = others.isEmpty ? nil : others
    text = DiagnosticRenderer(file: file).text(diagnostic)
    let keys = diagnostic.span.flatMap { root?.keys(leadingTo: $0.start.offset) } ?? []
    let source = diagnostic.span.map { file.bytes[$0.start.offset..<$0.end.offset] } ?? []
    fingerprint = Self.fingerprint(
      code: code, message: diagnostic.message, keys: keys, source: String(decoding: source, as: UTF8.self))
  }

  /// A compiled program that cannot be read; it has no lines.
  init(_ error: ProgramError, in path: String) {
    self.path = path
    (line, column, endLine, endColumn) = (1, 1, 1, 1)
    (code, severity, message, help) = (error.code, .error, "\(error)".oneLine, [])
    places = nil
    text = "error: \(message)\n  --> \(path.oneLine)"
    fingerprint = Self.fingerprint(code: code, message: message, keys: [], source: "")
  }

  /// Of what is wrong, of the keys below which it stands and of the text that is wrong, but neither of the numbers of lines
  /// nor of what stands beside it.
  private static func fingerprint(code: String, message: String, keys: [String], source: String) -> String {
    let words = source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return digest(of: [code, message.withoutLineNumbers, keys.joined(separator: "\n"), words])
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

  /// Whether another says the same of the same place.
  func isSame(as other: FileFinding) -> Bool {
    (code, line, column, message) == (other.code, other.line, other.column, other.message)
  }
}

/// Something that was checked, a file or one scenario of it, with what was found.
public struct CheckedItem: Sendable {
  /// The file.
  public let path: String
  /// The name of the scenario; nil for a whole file.
  public let scenario: String?
  /// What the file is; nil for the settings of a project.
  public let kind: FileKind?
  /// What is wrong with it.
  public internal(set) var findings: [FileFinding]

  init(path: String, scenario: String? = nil, kind: FileKind?, findings: [FileFinding]) {
    (self.path, self.scenario, self.kind) = (path, scenario, kind)
    self.findings = Self.numbered(findings)
  }

  init(_ compilation: Compilation, kind: FileKind?) {
    self.init(
      path: compilation.file.name, kind: kind,
      findings: compilation.diagnostics.limited().map {
        FileFinding($0, in: compilation.file, below: compilation.root)
      })
  }

  /// How many findings are as grave.
  public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// The same findings, of which the second and later ones alike get fingerprints of their own.
  private static func numbered(_ findings: [FileFinding]) -> [FileFinding] {
    var seen: [String: Int] = [:]
    return findings.map { finding in
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

extension String {
  /// The same whatever lines it names.
  fileprivate var withoutLineNumbers: String {
    var words = split(separator: " ", omittingEmptySubsequences: false)
    for index in words.indices.dropFirst()
    where ["line", "lines"].contains(words[index - 1]) && words[index].first?.isNumber ?? false {
      words[index] = "…"
    }
    return words.joined(separator: " ")
  }
}

extension Node {
  /// The keys below which a place of the document stands, from the top; no deeper than a document nests.
  fileprivate func keys(leadingTo offset: Int) -> [String] {
    func holds(_ start: SourcePosition, _ end: SourcePosition) -> Bool {
      start.offset <= offset && offset < end.offset
    }
    switch content {
    case .scalar: return []
    case .sequence(let nodes):
      return nodes.first { holds($0.span.start, $0.span.end) }?.keys(leadingTo: offset) ?? []
    case .mapping(let entries):
      guard
        let entry = entries.first(where: { holds($0.key.span.start, max($0.key.span.end, $0.value.span.end)) }
        )
      else { return [] }
      return [entry.key.text] + entry.value.keys(leadingTo: offset)
    }
  }
}
