/// Turns the bytes of a file into nodes, and mistakes into diagnostics.
package struct DocumentReader: Sendable {
  private let limits: ReadLimits

  package init(limits: ReadLimits = .standard) {
    self.limits = limits
  }

  package func read(name: String, bytes: [UInt8]) -> DocumentReading {
    if bytes.count > limits.fileBytes { return tooLarge(name) }
    switch TextEncoding.decode(bytes, name: name) {
    case .failure(let reading): return reading
    case .success(let file, let warnings): return read(file, after: warnings)
    }
  }

  private func tooLarge(_ name: String) -> DocumentReading {
    let message = "the file is larger than the \(limits.fileBytes) bytes that a profile may have"
    let diagnostic = Diagnostic(.fileTooLarge, message: message, help: ["split it into several files"])
    return DocumentReading(file: SourceFile(name: name, text: ""), diagnostics: [diagnostic])
  }

  private func read(_ file: SourceFile, after warnings: [Diagnostic]) -> DocumentReading {
    if let mistake = DirectiveLimit(limits.directives).mistake(in: file) {
      return DocumentReading(file: file, diagnostics: warnings + [mistake])
    }
    var found = warnings
    // What cannot be read is passed over, and the rest read again.
    var legible = file
    if let fence = MarkdownFence(of: file) {
      found.append(fence.diagnostic)
      legible = fence.lines.reduce(legible) { $0.passingOver($1, losingKey: false) }
    }
    while true {
      var builder = TreeBuilder(file: legible, limits: limits)
      let isComplete = legible.bytes.withUnsafeBufferPointer { builder.build(from: $0) }
      guard let problem = builder.problem else {
        return DocumentReading(
          file: file.passingOver(as: legible), root: isComplete ? builder.root : nil,
          diagnostics: found + builder.diagnostics.filter { !legible.isFollowUp($0) })
      }
      let mistake = problem.diagnostic(in: legible)
      guard let rest = Resynchronisation(after: problem, told: mistake, in: legible).rest else {
        return DocumentReading(
          file: file,
          diagnostics: found + builder.diagnostics + [
            mistake.adding(help: "the rest of the file was not looked at")
          ])
      }
      // Whoever indents with tabs does so in more lines than one.
      if mistake.code != .tabIndentation || !found.contains(where: { $0.code == .tabIndentation }) {
        found.append(mistake)
      }
      legible = rest
    }
  }
}

/// What one run over a file found.
package struct DocumentReading: Sendable {
  package let file: SourceFile
  /// Nil if the file is empty or reading stopped early.
  package let root: Node?
  /// In the order of the file, without repetitions.
  package let diagnostics: [Diagnostic]

  init(file: SourceFile, root: Node? = nil, diagnostics: [Diagnostic]) {
    self.file = file
    self.root = root
    self.diagnostics = diagnostics.tidied
  }

  /// With what a reader of the document found, but for what follows from a mistake that has been told.
  func diagnostics(adding found: [Diagnostic]) -> [Diagnostic] {
    (diagnostics + found.filter { !file.isFollowUp($0) }).tidied
  }
}

/// How much a file may hold before reading is refused.
package struct ReadLimits: Sendable {
  package var fileBytes = 4 * 1024 * 1024
  /// Lists and mappings inside each other.
  package var depth = 100
  package var scalarBytes = 65_536
  /// Scalars, lists and mappings, with every alias replaced by what it stands for.
  package var nodes = 200_000
  /// The text that aliases may repeat in all, in bytes.
  package var aliasBytes = 4 * 1024 * 1024
  /// Mistakes that are reported in one run.
  package var diagnostics = Diagnostic.mostOfOneFile
  /// `%TAG` and its like before the document; libyaml compares each with all others.
  package var directives = 32

  package init() {}

  package static let standard = ReadLimits()
}

/// The lines with which Markdown sets a file off that was copied with them.
private struct MarkdownFence {
  let lines: [Range<Int>]
  let diagnostic: Diagnostic

  /// Nil where the first line is none.
  init?(of file: SourceFile) {
    guard let first = file.bytes.firstIndex(where: { ![0x20, 0x0A, 0x0D].contains($0) }),
      file.bytes[first...].starts(with: "```".utf8)
    else { return nil }
    let opening = file.lineRange(file.position(at: first).line)
    let closing = (1...file.lineCount).last { file.bytes[file.lineRange($0)].starts(with: "```".utf8) }
    lines = [opening] + (closing.map { [file.lineRange($0)] } ?? []).filter { $0 != opening }
    diagnostic = Diagnostic(
      .yamlSyntax, message: "a fence of Markdown is no part of the file", at: file.span(opening),
      help: ["remove the lines that begin with ```"])
  }
}

/// libyaml compares every directive with all before it, so their number is bounded first.
private struct DirectiveLimit {
  private let limit: Int

  init(_ limit: Int) {
    self.limit = limit
  }

  func mistake(in file: SourceFile) -> Diagnostic? {
    let starts = file.lineStarts.lazy.filter { $0 < file.bytes.count && file.bytes[$0] == UInt8(ascii: "%") }
    guard let first = starts.dropFirst(limit).first else { return nil }
    return Diagnostic(
      .yamlSyntax, message: "more than \(limit) lines begin with '%'", at: file.span(first..<first + 1),
      help: ["a profile needs no YAML directives", "put quotes around text that begins with '%'"])
  }
}

/// Accepts UTF-8, with or without a byte-order mark, and nothing else.
private enum TextEncoding {
  enum Outcome {
    case success(SourceFile, [Diagnostic])
    case failure(DocumentReading)
  }

  static func decode(_ bytes: [UInt8], name: String) -> Outcome {
    if let encoding = foreignMark(of: bytes) { return .failure(foreign(encoding, of: name)) }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasMark ? Array(bytes.dropFirst(3)) : bytes
    let warnings = hasMark ? [byteOrderMark] : []
    if let bad = firstBadByte(of: text) { return .failure(invalid(text, at: bad, of: name, after: warnings)) }
    return .success(SourceFile(name: name, validBytes: text), warnings)
  }

  private static let byteOrderMark = Diagnostic(
    .byteOrderMark, message: "the file begins with a byte-order mark",
    help: ["save it as UTF-8 without a byte-order mark"])

  /// The mark of UTF-32 begins with that of UTF-16.
  private static func foreignMark(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    return nil
  }

  private static func foreign(_ encoding: String, of name: String) -> DocumentReading {
    let message = "the file is encoded in \(encoding), not in UTF-8"
    let diagnostic = Diagnostic(.notUTF8, message: message, help: ["save it as UTF-8"])
    return DocumentReading(file: SourceFile(name: name, text: ""), diagnostics: [diagnostic])
  }

  private static func firstBadByte(of bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func invalid(
    _ bytes: [UInt8], at offset: Int, of name: String, after warnings: [Diagnostic]
  ) -> DocumentReading {
    let file = SourceFile(name: name, text: String(decoding: bytes, as: UTF8.self))
    let digits = String(bytes[offset], radix: 16, uppercase: true)
    let diagnostic = Diagnostic(
      .notUTF8, message: "the file is not encoded in UTF-8", at: file.span(offset..<offset + 3),
      label: "the byte 0x\(digits) is no part of a character here", help: ["save it as UTF-8"])
    return DocumentReading(file: file, diagnostics: warnings + [diagnostic])
  }
}
