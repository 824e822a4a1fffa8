import Dramatis
import DramatisCompiler

/// What the compiler made of a story: its cast, and what the cast owes.
struct StoryInspection: Encodable {
  struct Member: Encodable {
    let character, summary: String
    let machines, trees, variables, questions, lines: Int
    /// How many commitments the member pays.
    let commitments: Int
    /// The most that one turn can ask of the member, in questions.
    let mostQuestions: Int
  }

  let title, setting, opening: String
  let cast: [Member]
  let commitments: [CommitmentEntry]
  /// The most that one turn can ask of the whole cast, in questions.
  let mostQuestions: Int

  init(of story: Story) {
    title = story.title
    opening = story.opening
    let settings = Set(story.cast.map(\.setting))
    setting = settings.count == 1 ? settings.first ?? "" : ""
    cast = story.cast.map(Member.init)
    commitments = story.cast.flatMap(CommitmentEntry.all)
    mostQuestions = cast.reduce(0) { $0 + $1.mostQuestions }
  }

  /// The report for people.
  var text: String {
    var report = TextReport()
    report.line("\(title): a story with \(commitments.count.of("commitment"))")
    for (name, text) in [("setting", setting), ("opening", opening)] where !text.isEmpty {
      report.entry(name, text)
    }
    report.line()
    report.line("Cast")
    for member in cast { member.write(to: &report) }
    if !commitments.isEmpty {
      report.line()
      report.line("Commitments")
      for commitment in commitments { commitment.write(to: &report) }
    }
    report.line()
    report.line("One turn can ask the cast \(mostQuestions.of("question")) at the most.")
    return report.text
  }
}

extension StoryInspection.Member {
  fileprivate init(_ program: Program) {
    character = program.character
    summary = program.summary
    machines = program.machines.count
    trees = program.topics.count
    variables = program.variables.count
    questions = program.questions.count
    lines = program.lines.count
    commitments = program.commitments.count { program.owns($0) }
    mostQuestions = QuestionBound(of: program).questions
  }

  fileprivate func write(to report: inout TextReport) {
    report.entry(character, summary)
    let parts = [
      machines.of("machine"), trees.of("tree"), variables.of("variable"), questions.of("question"),
      lines.of("line"), "pays " + commitments.of("commitment"),
    ]
    report.entry("", parts.filter { !$0.hasPrefix("0 ") }.joined(separator: ", "))
  }
}
