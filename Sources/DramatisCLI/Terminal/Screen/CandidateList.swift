import DramatisCompiler

/// Candidates in columns, read downwards.
struct CandidateList {
  static let gap = 2

  let candidates: [String]
  /// The rows that may be used; what does not fit is counted.
  let maximumRows: Int

  func rows(columns: Int) -> [String] {
    let longest = max(1, columns - Self.gap)
    let cut = candidates.map { $0.fitted(to: longest) }
    let cell = (cut.map(\.displayWidth).max() ?? 0) + Self.gap
    let perRow = max(1, (columns + Self.gap) / cell)
    let shown = cut.prefix(perRow * max(1, maximumRows))
    let count = (shown.count + perRow - 1) / perRow
    let rows = (0..<count).map { row in
      let cells = stride(from: row, to: shown.count, by: count).map { shown[$0].padded(to: cell) }
      return cells.joined().trimmingEnd
    }
    let left = cut.count - shown.count
    return left > 0 ? rows + ["… and \(left) more".fitted(to: columns)] : rows
  }
}

extension String {
  /// The text itself, or its start with an ellipsis, within some columns.
  func fitted(to columns: Int) -> String {
    displayWidth <= columns ? self : columns < 1 ? "" : prefix(columns: columns - 1) + "…"
  }

  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - displayWidth))
  }

  fileprivate var trimmingEnd: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
