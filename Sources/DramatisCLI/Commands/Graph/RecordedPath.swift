import Dramatis
import DramatisCompiler

/// What one character went through on the current branch of a session.
struct RecordedPath {
  /// The program that the turns were recorded with.
  let program: Program
  let highlight: VisitCounts

  /// How many turns are left out, since they were taken with an older version of the profile.
  private let left: Int

  /// The paths of some characters; takes the turns again, and tells what is not as they are now.
  static func all(in source: TranscriptSource, of cast: [Program]) throws(Failure) -> [RecordedPath] {
    let transcript = try source.transcript()
    let recorded = transcript.cast(at: transcript.head)
    let turns = try turns(of: transcript, source)
    let paths = try cast.map { wanted throws(Failure) in
      try RecordedPath(in: turns, recorded, source, of: wanted)
    }
    if paths.map(\.program) != cast {
      note("the session was kept with another version of the profile, which is drawn")
    }
    if let left = paths.map(\.left).max(), left > 0 {
      note("\(left) turns of older versions of the profile are left out")
    }
    return paths
  }

  private init(
    in turns: [Turn], _ cast: [Program], _ source: TranscriptSource, of wanted: Program
  ) throws(Failure) {
    guard let program = cast.first(where: { $0.character == wanted.character }) else {
      let names = cast.map(\.character).joined(separator: ", ")
      throw Failure(
        "\(wanted.character.oneLine) is not in session \(source.name.oneLine), which is one with \(names.oneLine)",
        .usage)
    }
    self.program = program
    var highlight = VisitCounts(of: program)
    var left = 0
    for turn in turns {
      for record in turn.records where record.program.character == program.character {
        if record.program == program { highlight.add(record) } else { left += 1 }
      }
    }
    self.highlight = highlight
    self.left = left
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
