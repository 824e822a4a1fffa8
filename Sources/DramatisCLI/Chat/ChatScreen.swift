import Dramatis
import DramatisCompiler

/// Where a chat shows what is said and what it notes besides.
struct ChatScreen {
  private let style = Style(hasColour: Console.output.hasColour)

  /// Shows what a character says.
  func say(_ character: String, _ text: String) {
    let name = character.oneLine + ":"
    let text = WordWrap.wrapped(
      text.shown, width: Console.output.columns, indent: 2, column: name.displayWidth + 1)
    Console.output.write("\(style.bold(name)) \(text)\n")
  }

  /// Shows something that nobody says.
  func note(_ text: String) {
    let rows = text.shown.split(separator: "\n").flatMap { Self.wrapped($0).split(separator: "\n") }
    Console.output.write(rows.map { style.dim(String($0)) + "\n" }.joined())
  }

  /// A line of a note, with what does not fit below where its text begins.
  private static func wrapped(_ line: Substring) -> String {
    let text = line.drop { $0 == " " }
    let indent = line.count - text.count
    let rest = WordWrap.wrapped(
      String(text), width: Console.output.columns, indent: indent == 0 ? 0 : indent + 2, column: indent)
    return line.prefix(indent) + rest
  }

  /// Shows in one row where things stand.
  func status(_ parts: [StatusLine.Part]) {
    Console.output.write(style.dim(StatusLine(parts: parts).text(columns: Console.output.columns)) + "\n")
  }
}
