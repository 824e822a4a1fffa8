import Dramatis

extension String {
  /// The line in what a model wrote: clean, and without the name of who says it.
  func asLine(of program: Program) -> String {
    var lines = strippedOfControls().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines = Array(lines.drop { $0.allSatisfy(\.isWhitespace) })
    let names = ([program.character] + program.aliases).map { "\($0):" }
    if let first = lines.first, let name = names.first(where: first.hasPrefix) {
      lines[0] = String(first.dropFirst(name.count))
    }
    let text = lines.joined(separator: "\n").prefix(Self.longestLine)
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? start
    return String(text[start..<end])
  }

  /// In characters; more than anybody says at once.
  private static let longestLine = 8000
}
