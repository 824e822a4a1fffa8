import Dramatis
import DramatisCompiler
import Synchronization

/// A line that is shown while it is being said.
final class StreamedLine: Sendable {
  private struct State {
    var character = ""
    /// Set as soon as something is shown.
    var wrap: WordWrap?
    var text = ""

    mutating func begin() {
      let name = character.oneLine + ":"
      Console.output.write(Console.output.style.bold(name) + " ")
      wrap = WordWrap(width: Console.output.columns, indent: 2, column: name.displayWidth + 1)
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
      let shown = state.wrap?.push(piece.strippedOfControls()) ?? ""
      if !shown.isEmpty { Console.output.write(shown) }
    }
  }

  /// Ends the line on the screen; what was shown of it, or nil where nothing was.
  func finish() -> String? {
    state.withLock { state in
      defer { state = State() }
      guard var wrap = state.wrap else { return nil }
      Console.output.write(wrap.finish() + "\n")
      return state.text
    }
  }
}
