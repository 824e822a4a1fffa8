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
    case .success(let file, let warnings): return read(file, warnings)
    }
  }

  private func tooLarge(_ name: String) -> DocumentReading {
    let message = "the file is larger than the \(limits.fileBytes) bytes that a profile may have"
    let diagnostic = Diagnostic(.fileTooLarge, message: message, help: ["split it into several files"])
    return DocumentReading(file: SourceFile(name: name, text: ""), diagnostics: [diagnostic])
  }

  private func read(_ file: SourceFile, _ warnings: [Diagnostic]) -> DocumentReading {
    if let mistake = DirectiveLimit(limits.directives).mistake(in: file) {
      return DocumentReading(file: file, diagnostics: warnings + [mistake])
    }
    var builder = TreeBuilder(file: file, limits: limits)
    let isComplete = file.bytes.withUnsafeBufferPointer { builder.build(from: $0) }
    let root = isComplete ? builder.root : nil
    return DocumentReading(file: file, root: root, diagnostics: warnings + builder.diagnostics)
  }
}
