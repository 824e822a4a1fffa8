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
}
