import Dramatis
import DramatisCompiler

/// Where a chat shows what is said and what it notes besides.
struct ChatScreen {
  private let style = Console.output.style

  /// Shows what a character says.
  func say(_ text: String, by character: String) {
    let name = character.oneLine + ":"
    let text = WordWrap.wrapped(
      text.strippedOfControls(), width: Console.output.columns, indent: 2, column: name.displayWidth + 1)
    Console.output.write("\(style.bold(name)) \(text)\n")
  }

  /// Shows something that nobody says.
  func note(_ text: String) {
    let rows = Self.rows(of: text.strippedOfControls(), columns: Console.output.columns)
    Console.output.write(rows.map { style.dim($0) + "\n" }.joined())
  }

  /// A note in rows: what does not fit goes on below a sentence, or below the text of a list's line.
  static func rows(of note: String, columns: Int?) -> [String] {
    let lines = note.split(separator: "\n")
    return lines.flatMap { line -> [String] in
      let text = line.drop { $0 == " " }
      let indent = line.count - text.count
      let isListed = lines.count > 1 || indent > 0 || text.hasPrefix("· ") || text.hasPrefix("* ")
      let rest = WordWrap.wrapped(
        String(text), width: columns, indent: isListed ? indent + 2 : 0, column: indent)
      return (line.prefix(indent) + rest).split(separator: "\n").map(String.init)
    }
  }

  /// Shows in one row where things stand.
  func status(_ parts: [StatusLine.Part]) {
    Console.output.write(style.dim(StatusLine(parts: parts).text(columns: Console.output.columns)) + "\n")
  }
}

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
