import Dramatis
import DramatisCompiler
import FoundationEssentials

/// What a list says about a stored session.
struct SessionSummary: Encodable {
  let name: String
  let characters: [String]
  /// The turns of the current branch.
  let turns: Int
  /// The turns of all branches, undone ones too.
  let allTurns: Int
  let branches: Int
  let written: String
  /// Why it cannot be read; nil where it can.
  let problem: String?

  /// All sessions of a store, the newest first.
  static func all(in store: SessionStore) -> [SessionSummary] {
    let dated = store.names().map { ($0, store.lastWritten($0) ?? .distantPast) }
    return dated.sorted { ($1.1, $0.0.text) < ($0.1, $1.0.text) }.map { SessionSummary($0, $1, store) }
  }

  private init(_ name: SessionName, _ written: Date, _ store: SessionStore) {
    self.name = name.text
    self.written = written.formatted(.iso8601)
    do throws(Failure) {
      let transcript = try TranscriptSource(path: store.path(of: name), name: name.text).transcript()
      characters = transcript.cast(at: transcript.head).map(\.character)
      turns = transcript.path(to: transcript.head).count(where: \.isTurn)
      allTurns = transcript.turnCount
      branches = transcript.heads.count
      problem = nil
    } catch {
      (characters, turns, allTurns, branches) = ([], 0, 0, 0)
      problem = error.message
    }
  }

  /// The summaries one a line, in columns; what is wrong with one stands below it.
  static func table(_ summaries: [SessionSummary]) -> String {
    let rows = summaries.map(\.cells)
    let widths = (0..<4).map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
    return zip(summaries, rows).map { summary, row in
      let cells = zip(row, widths + [0]).map { padded($0, to: $1) }
      return cells.joined(separator: "  ") + "\n" + (summary.problem.map { "  \($0)\n" } ?? "")
    }.joined()
  }

  private var cells: [String] {
    guard problem == nil else { return [name, "", "unreadable", "", written] }
    let count = turns == allTurns ? turns.of("turn") : "\(turns) of \(allTurns.of("turn"))"
    let who = characters.joined(separator: ", ").oneLine
    return [name, who, count, branches == 1 ? "" : "\(branches) branches", written]
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.displayWidth, 0))
  }
}
