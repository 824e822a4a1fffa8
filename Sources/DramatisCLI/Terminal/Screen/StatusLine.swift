import DramatisCompiler

/// What a user wants to know at a glance, in one row.
struct StatusLine {
  let parts: [String]

  /// The parts that say something, cut to the columns; all of them where there is no limit.
  func text(columns: Int?) -> String {
    let whole = parts.map(\.oneLine).filter { !$0.isEmpty }.joined(separator: " · ")
    return columns.map { whole.fitted(to: $0) } ?? whole
  }
}
