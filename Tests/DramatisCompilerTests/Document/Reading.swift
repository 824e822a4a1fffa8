@testable import DramatisCompiler

/// Reads a text the way a file is read.
func read(_ yaml: String, name: String = "mara.yaml", limits: ReadLimits = .standard) -> DocumentReading {
  DocumentReader(limits: limits).read(name: name, bytes: Array(yaml.utf8))
}

extension ReadLimits {
  /// So low that a few lines go beyond each of them.
  static let small = {
    var limits = ReadLimits()
    (limits.depth, limits.scalarBytes, limits.nodes, limits.fileBytes) = (4, 24, 20, 200)
    return limits
  }()
}

extension DocumentReading {
  var codes: [DiagnosticCode] { diagnostics.map(\.code) }

  /// All diagnostics as they are printed.
  var text: String {
    let renderer = DiagnosticRenderer(file: file)
    return diagnostics.map { renderer.text($0) }.joined(separator: "\n\n")
  }

  /// The source bytes that a span covers.
  func source(_ span: SourceSpan) -> String {
    String(decoding: file.bytes[span.start.offset..<span.end.offset], as: UTF8.self)
  }
}

extension Node {
  /// Every scalar in it, keys too, in the order of the file.
  var scalars: [Scalar] {
    switch content {
    case .scalar(let scalar): [scalar]
    case .sequence(let items): items.flatMap(\.scalars)
    case .mapping(let entries): entries.flatMap { $0.key.scalars + $0.value.scalars }
    }
  }

  /// The tree without places, as `{a: [b, c]}`.
  var outline: String {
    switch content {
    case .scalar(let scalar): isBroken ? "<broken>" : scalar.text
    case .sequence(let items): "[" + items.map(\.outline).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key.outline): \($0.value.outline)" }.joined(separator: ", ") + "}"
    }
  }
}
