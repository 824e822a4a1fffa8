import Dramatis

/// What one character went through on the current branch of a session, to be marked in a ``Graph``.
///
/// ```swift
/// if let path = try RecordedPath.all(of: ["Mara"], in: transcript)[0] {
///   print(Graph(of: path.program, highlight: path.visits).text(as: .mermaid))
/// }
/// ```
public struct RecordedPath: Sendable {
  /// The program that the last turns were recorded with.
  public let program: Program
  /// What took part in the turns of this program.
  public private(set) var visits: VisitCounts
  /// How many turns are left out, since they were taken with an older version of the profile.
  public private(set) var omittedTurns = 0

  /// The paths of some characters.
  ///
  /// - Parameters:
  ///   - characters: Their names.
  ///   - transcript: What was recorded.
  /// - Returns: A path for each, nil for one who is not in the session.
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  /// - Complexity: All turns are taken again, once for all characters; no model is asked.
  public static func all(
    of characters: [String], in transcript: Transcript
  ) throws(TranscriptError) -> [RecordedPath?] {
    let cast = transcript.cast(at: transcript.head)
    let records = try transcript.turns(to: transcript.head).flatMap(\.records)
    return characters.map { name in
      cast.first { $0.character == name }.map { RecordedPath(of: $0, in: records) }
    }
  }

  private init(of program: Program, in records: [TurnRecord]) {
    self.program = program
    visits = VisitCounts(of: program)
    for record in records where record.program.character == program.character {
      if record.program == program { visits.add(record) } else { omittedTurns += 1 }
    }
  }
}
