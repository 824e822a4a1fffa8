import Dramatis

/// Finds macros in lore and in the words of cards that nobody fills: they reach the model as they stand.
enum UnknownMacro: LintRule {
  static let code = DiagnosticCode(
    "L084", name: "unknown-macro", severity: .warning, summary: "A macro that is not known.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    WrittenText.forEach(
      in: context.layout.root,
      text: { text in
        guard text.role == .lore else { return }
        for name in Macros.unknown(in: text.scalar.text) {
          found.append(diagnostic(name, in: text, of: context))
        }
      })
    return found
  }

  private static func diagnostic(_ name: String, in text: WrittenText, of context: LintContext) -> Diagnostic
  {
    let bytes = Array(text.scalar.text.utf8)
    let place = bytes.firstRange(of: Array("{{\(name)".utf8)) ?? 0..<bytes.count
    return Diagnostic(
      code, message: "the macro '{{\(name)}}' is not known",
      at: context.file.span(of: place, in: text.scalar),
      label: "it stands as it is", help: [suggestion(for: name)])
  }

  private static func suggestion(for name: String) -> String {
    nearest(name.lowercased(), among: Macros.names).map { "did you mean '{{\($0)}}'?" }
      ?? "say it in words, or take it out"
  }
}
