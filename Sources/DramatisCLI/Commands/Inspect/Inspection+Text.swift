import Dramatis
import DramatisCompiler

extension Inspection {
  /// The report for people.
  var text: String {
    var report = TextReport()
    report.line("\(character): \(bytes.of("byte")), sha256 \(sha256.prefix(12))")
    section("Machines", of: machines, in: &report) { machine, report in
      report.entry(
        machine.name,
        "\(machine.kind.rawValue), \(machine.states.count.of("state")), \(machine.transitions.count.of("transition"))"
      )
      report.entry("", machine.states.map(\.name).joined(separator: ", "))
      let stuck = machine.states.filter { !$0.canBeLeft }.map(\.name)
      if !stuck.isEmpty { report.entry("", "no way out of: " + stuck.joined(separator: ", ")) }
    }
    section("Trees", of: trees, in: &report) { tree, report in
      let partner = tree.partner.map { ", with \($0)" } ?? ""
      report.entry(
        tree.name,
        "\(tree.gates.of("gate")), \(tree.statements.of("statement")), depth \(tree.depth)\(partner)")
    }
    section("Variables", of: variables, in: &report) {
      $1.entry($0.name, "\($0.values); starts as \($0.initial)")
    }
    section("Commitments", of: commitments, in: &report) { $0.write(to: &$1) }
    section("Questions", of: questions, in: &report) { question, report in
      report.entry(question.name ?? "(unnamed)", question.text)
      let uses = question.uses.map(\.place)
      report.entry("", uses.isEmpty ? "used nowhere" : "used at " + uses.joined(separator: ", "))
      if !question.cues.isEmpty { report.entry("", "cues: " + question.cues.joined(separator: ", ")) }
      if !question.counterCues.isEmpty {
        report.entry("", "counter-cues: " + question.counterCues.joined(separator: ", "))
      }
    }
    section("Sources", of: provenance ?? [], in: &report) { source, report in
      report.entry(source.item.rawValue, source.name.oneLine)
      report.entry("", source.summary)
    }
    report.line()
    report.line("The most that one turn can ask")
    write(mostQuestions, of: "questions", to: &report)
    write(mostRounds, of: "rounds", to: &report)
    if mostQuestionsWithAllPartners.total > mostQuestions.total {
      report.entry("with all partners", mostQuestionsWithAllPartners.total.of("question"), column: 21)
    }
    report.line()
    exploration.write(to: &report)
    return report.text
  }

  private func section<Entry>(
    _ title: String, of entries: [Entry], in report: inout TextReport,
    write: (Entry, inout TextReport) -> Void
  ) {
    guard !entries.isEmpty else { return }
    report.line()
    report.line(title)
    for entry in entries { write(entry, &report) }
  }

  private func write(_ bound: Bound, of name: String, to report: inout TextReport) {
    report.entry(
      name,
      "\(bound.total): \(bound.event) about the event, \(bound.lines) for the choice of a line, \(bound.ownLine) about the line"
    )
  }
}

extension StoryInspection {
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
  fileprivate func write(to report: inout TextReport) {
    report.entry(character, summary)
    let parts = [
      machines.of("machine"), trees.of("tree"), variables.of("variable"), questions.of("question"),
      lines.of("line"), "pays " + commitments.of("commitment"),
    ]
    report.entry("", parts.filter { !$0.hasPrefix("0 ") }.joined(separator: ", "))
  }
}

extension CommitmentEntry {
  fileprivate func write(to report: inout TextReport) {
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

extension ExplorationReport {
  fileprivate func write(to report: inout TextReport) {
    writeHead(to: &report)
    if unreached.isEmpty { report.entry("reached", "every state, transition and statement") }
    for found in unreached {
      report.entry(found.kind.rawValue, found.name + (found.isImpossible ? ": impossible" : ": not reached"))
    }
  }

  /// What was explored, in a sentence, and its notes.
  func writeHead(to report: inout TextReport) {
    report.line("Explored \(positions.of("position")), \(endText)")
    for note in notes { report.entry("note", note) }
  }

  private var endText: String {
    switch end {
    case .explored: "all that there are"
    case .found: "stopped: everything that can come about was found"
    case .positions: "not all that there are (see --positions)"
    case .work: "not all that there are: the bound on the work was hit, which --positions raises"
    case .stopped: "not all that there are: interrupted"
    }
  }
}
