import Dramatis
import DramatisCompiler

/// What one character went through on the current branch of a session.
struct RecordedPath {
  /// The program that the turns were recorded with.
  let program: Program
  let highlight: GraphHighlight

  /// Takes the turns again and counts; those of older versions of the profile are left out and told.
  init(in source: TranscriptSource, of wanted: Program) throws(Failure) {
    let transcript = try source.transcript()
    let cast = transcript.cast(at: transcript.head)
    guard let program = cast.first(where: { $0.character == wanted.character }) else {
      let names = cast.map(\.character).joined(separator: ", ")
      throw Failure(
        "\(wanted.character.oneLine) is not in session \(source.name.oneLine), which is one with \(names.oneLine)",
        .usage)
    }
    self.program = program
    var highlight = GraphHighlight(for: program)
    var left = 0
    for turn in try Self.turns(of: transcript, source) {
      for record in turn.records where record.program.character == program.character {
        if record.program == program { highlight.note(record) } else { left += 1 }
      }
    }
    self.highlight = highlight
    if program != wanted {
      Self.note("the session was kept with another version of the profile, which is drawn")
    }
    if left > 0 { Self.note("\(left) turns of older versions of the profile are left out") }
  }

  private static func turns(of transcript: Transcript, _ source: TranscriptSource) throws(Failure) -> [Turn] {
    do {
      return try transcript.turns(to: transcript.head)
    } catch {
      throw Failure("\(source.name.oneLine): \(error)", .input)
    }
  }

  private static func note(_ text: String) {
    Console.error.write("dramatis: \(text)\n")
  }
}

extension GraphHighlight {
  fileprivate mutating func note(_ record: TurnRecord) {
    for step in record.steps {
      note(
        step.step,
        openedNodes: record.program.openedNodes(in: step.step, event: step.event, given: step.answers))
    }
    note(endOfTurn: record.after)
  }
}
