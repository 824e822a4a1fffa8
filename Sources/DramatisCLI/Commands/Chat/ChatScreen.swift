import Dramatis
import DramatisCompiler

/// Where a chat shows what is said and what it notes besides.
struct ChatScreen {
  private let style = Console.output.style

  /// Shows what a character says.
  func say(_ text: String, by character: String) {
    let name = character.oneLine + ":"
    let plain = text.strippedOfControls()
    let text = WordWrap.wrapped(
      style.hasColour ? Emphasis.marked(plain) : plain, width: Console.output.columns, indent: 2,
      column: name.displayWidth + 1)
    Console.output.write("\(style.bold(name)) \(Emphasis.shown(text))\n")
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
  func status(_ line: StatusLine) {
    Console.output.write(style.dim(line.text(columns: Console.output.columns)) + "\n")
  }
}

/// What a user wants to know at a glance, in one row.
///
/// Where the row is too short the voice is left out first, then the states that moved longest ago; the newest keeps the name of
/// its machine as long as that fits.
struct StatusLine {
  /// A machine of a member of the cast.
  struct Place: Hashable {
    let character: String
    let machine: Int
  }

  /// The state of a machine.
  struct State {
    let place: Place
    /// Whose it is, where that must be said.
    let owner: String?
    let machine, state: String

    fileprivate var text: String { (owner.map { "\($0): " } ?? "") + "\(machine): \(state)" }
  }

  let turn: Int
  /// Who speaks: a model, or the written lines.
  let voice: String
  /// Whether the last turns are not on the disk.
  var isUnsaved = false
  /// In the order of the cast and of its machines.
  var states: [State] = []
  /// The machines that moved, the newest first.
  var moved: [Place] = []

  /// The row, no longer than so many columns; all of it where there is no limit.
  func text(columns: Int?) -> String {
    let start = (isUnsaved ? ["NOT SAVED"] : []) + ["turn \(turn)"]
    let whole = row(start + [voice] + states.map(\.text))
    guard let columns else { return whole }
    let newest = newestFirst
    let shorter = (0..<states.count).reversed().map { count in
      let kept = Set(newest.prefix(count + 1).map(\.place))
      return row(start + states.filter { kept.contains($0.place) }.map(\.text))
    }
    let last = row(start + newest.prefix(1).map(\.state))
    return ([whole] + shorter + [last]).first { $0.displayWidth <= columns } ?? last.fitted(to: columns)
  }

  /// The states, that of the machine that moved last first.
  private var newestFirst: [State] {
    let ranks = Dictionary(moved.enumerated().map { ($1, $0) }) { first, _ in first }
    let ordered = states.enumerated().sorted {
      (ranks[$0.element.place] ?? .max, $0.offset) < (ranks[$1.element.place] ?? .max, $1.offset)
    }
    return ordered.map(\.element)
  }

  private func row(_ parts: [String]) -> String {
    parts.map(\.oneLine).filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
