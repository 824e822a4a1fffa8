/// A comment that silences a rule at one place or in the whole file.
struct Suppression {
  /// What was written for the rule.
  let name: String
  /// Nil where no diagnostic is called so.
  let code: DiagnosticCode?
  let span: SourceSpan
  /// The line that it is about; nil for the whole file.
  let line: Int?
  /// Whether it is about the whole file but stands below its first comments.
  let isMisplaced: Bool
  /// What takes it away: its code, or the whole comment where it names no other.
  let removal: Edit
}
