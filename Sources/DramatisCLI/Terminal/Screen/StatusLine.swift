import DramatisCompiler

/// What a user wants to know at a glance, in one row.
struct StatusLine {
  /// Something that the row says, in forms from the longest on; an empty one leaves it out.
  struct Part {
    let forms: [String]

    init(_ forms: String...) {
      self.forms = forms.map(\.oneLine)
    }
  }

  let parts: [Part]

  /// The parts in the longest forms that fit the columns, cut where none do; the longest where there is no limit.
  func text(columns: Int?) -> String {
    guard let columns else { return text(form: 0) }
    let texts = (0..<(parts.map(\.forms.count).max() ?? 1)).map(text)
    return texts.first { $0.displayWidth <= columns } ?? texts.last?.fitted(to: columns) ?? ""
  }

  private func text(form: Int) -> String {
    parts.map { $0.forms.isEmpty ? "" : $0.forms[min(form, $0.forms.count - 1)] }
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
