import Dramatis
import DramatisCompiler

/// What a program says of a commitment.
struct CommitmentEntry: Encodable {
  struct Asked: Encodable {
    /// `plant`, `trigger` or `abandon-when`.
    let part: String
    let name: String?
    let text: String
  }

  let name: String
  /// Who pays it; nil for the profile's character.
  let owner: String?
  let foreshadow, payoff, trigger: String
  /// Nil where it is planted at once, and where it is never given up.
  let plant, abandonWhen: String?
  let notBefore: Int
  let dueWithin: Int?
  let after: [String]
  let priority: Int
  /// `2 of 3`; nil where the one turn counts.
  let hold: String?
  let certainty: Double?
  let questions: [Asked]

  private let terms: [(key: String, value: String)]

  private enum CodingKeys: String, CodingKey {
    case name, owner, foreshadow, payoff, trigger, plant, abandonWhen, notBefore, dueWithin, after, priority,
      hold
    case certainty, questions
  }

  init(_ commitment: Commitment, of program: Program) {
    name = commitment.name
    owner = commitment.owner
    foreshadow = commitment.foreshadow
    payoff = commitment.payoff
    trigger = program.text(of: commitment.trigger)
    plant = commitment.plant.map { program.text(of: $0) }
    abandonWhen = commitment.abandonWhen.map { program.text(of: $0) }
    notBefore = commitment.notBefore
    dueWithin = commitment.dueWithin
    after = commitment.after.map { program.commitments[$0].name }
    priority = commitment.priority
    hold = commitment.hold.map { "\($0.count) of \($0.window)" }
    certainty = commitment.certainty
    let conditions: [(String, Condition?)] = [
      ("plant", commitment.plant), ("trigger", commitment.trigger), ("abandon-when", commitment.abandonWhen),
    ]
    questions = conditions.flatMap { part, condition in
      Set(condition?.questions ?? []).sorted().map {
        Asked(part: part, name: program.questions[$0].name, text: program.questions[$0].text)
      }
    }
    terms = program.terms(of: commitment)
  }

  /// The commitments that a character pays.
  static func all(of program: Program) -> [CommitmentEntry] {
    program.commitments.filter(program.owns).map { CommitmentEntry($0, of: program) }
  }

  func write(to report: inout TextReport) {
    report.entry(name, foreshadow)
    report.entry("", "payoff: \(payoff)")
    for (key, value) in terms where key == "trigger" || key == "plant" || key == "abandon-when" {
      report.entry("", "\(key): \(value)")
      for asked in questions where asked.part == key && asked.name != nil {
        report.entry("", "\(asked.name ?? "") asks: \(asked.text)")
      }
    }
    let rest = terms.filter { !["trigger", "plant", "abandon-when"].contains($0.key) }
    if !rest.isEmpty { report.entry("", rest.map { "\($0.key): \($0.value)" }.joined(separator: "; ")) }
  }
}
