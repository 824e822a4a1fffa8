import Foundation

/// A page of the documentation, taken apart as far as tests need it.
package struct Page: Sendable {
  package let file: URL
  package let text: String

  /// Reads a page by its path in the repository.
  package init(_ path: String) throws {
    file = Repository.file(path)
    text = try Repository.text(path)
  }

  /// The headings of the second level with what stands below each, in order.
  package var sections: [(heading: String, body: String)] {
    "\n\(text)".components(separatedBy: "\n## ").dropFirst().map { section in
      let lines = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
    }
  }

  /// What stands below a heading; empty where there is none.
  package func section(_ heading: String) -> String {
    sections.first { $0.heading == heading }?.body ?? ""
  }
}

extension String {
  /// The blocks of code in a language, without their fences.
  package func blocks(of language: String) -> [String] {
    components(separatedBy: "\n```\(language)\n").dropFirst().map { rest in
      (rest.components(separatedBy: "\n```").first ?? "") + "\n"
    }
  }

  /// The rows of all tables, without headings and rules, each with its cells.
  package var tableRows: [[String]] {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.dropFirst(2).filter { lines[$0].hasPrefix("| ") }
      .filter { !lines[$0].hasPrefix("| ---") && !lines[min($0 + 1, lines.count - 1)].hasPrefix("| ---") }
      .map { lines[$0].dropFirst(2).dropLast(2).components(separatedBy: " | ") }
  }

  /// What a cell shows as code, or the cell itself.
  package var withoutBackticks: String { replacing("`", with: "") }
}
