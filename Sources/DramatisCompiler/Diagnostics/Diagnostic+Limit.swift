extension [Diagnostic] {
  /// As many as one run reports of a file, errors before the rest; the last says how many more there are.
  package func limited(to limit: Int = ReadLimits.standard.diagnostics) -> [Diagnostic] {
    guard count > limit else { return self }
    let errors = filter { $0.severity == .error }
    let others = lazy.filter { $0.severity != .error }.prefix(Swift.max(0, limit - errors.count))
    let kept = (Array(errors.prefix(limit)) + others).tidied
    let note = "this file has \(count - limit) more, which are left out"
    return Array(kept.dropLast()) + kept.suffix(1).map { $0.adding(help: note) }
  }
}

extension Diagnostic {
  fileprivate func adding(help note: String) -> Diagnostic {
    Diagnostic(
      code, message: message, at: span, label: label, help: help + [note], severity: severity, edit: edit)
  }
}
