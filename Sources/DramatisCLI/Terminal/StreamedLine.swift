import Dramatis
import DramatisCompiler
import Synchronization

/// A line that is shown while it is being said.
final class StreamedLine: Sendable {
  private struct State {
    var character = ""
    /// Set as soon as something is shown.
    var wrap: WordWrap?
    /// What styles the text; nil where there is no style.
    var emphasis: Emphasis?
    var text = ""

    mutating func begin() {
      let name = character.oneLine + ":"
      Console.output.write(Console.output.style.bold(name) + " ")
      wrap = WordWrap(width: Console.output.columns, indent: 2, column: name.displayWidth + 1)
      emphasis = Console.output.style.hasColour ? Emphasis() : nil
    }

    /// What a piece adds to the screen.
    mutating func added(by piece: String) -> String {
      let piece = piece.strippedOfControls()
      return Emphasis.shown(wrap?.push(emphasis?.push(piece) ?? piece) ?? "")
    }

    /// What is still held back of the line.
    mutating func rest() -> String {
      let rest = (wrap?.push(emphasis?.finish() ?? "") ?? "") + (wrap?.finish() ?? "")
      return Emphasis.shown(rest)
    }
  }

  private let state = Mutex(State())

  /// Whether something of the line is on the screen.
  var hasBegun: Bool { state.withLock { $0.wrap != nil } }

  /// Says whose line comes next.
  func announce(_ character: String) {
    state.withLock { $0 = State(character: character) }
  }

  /// Shows a piece of it.
  func show(_ piece: String) {
    state.withLock { state in
      if state.wrap == nil { state.begin() }
      state.text += piece
      let shown = state.added(by: piece)
      if !shown.isEmpty { Console.output.write(shown) }
    }
  }

  /// Ends the line on the screen; what was shown of it, or nil where nothing was.
  func finish() -> String? {
    state.withLock { state in
      defer { state = State() }
      guard state.wrap != nil else { return nil }
      Console.output.write(state.rest() + "\n")
      return state.text
    }
  }
}
