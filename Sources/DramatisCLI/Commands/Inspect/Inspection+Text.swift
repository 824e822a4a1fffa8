extension Inspection {
  /// The report for people.
  var text: String {
    var report = TextReport()
    report.line("\(character): \(bytes.of("byte")), sha256 \(sha256.prefix(12))")
    section("Machines", machines, &report) { machine, report in
      report.entry(
        machine.name,
        "\(machine.kind.rawValue), \(machine.states.count.of("state")), \(machine.transitions.count.of("transition"))"
      )
      report.entry("", machine.states.map(\.name).joined(separator: ", "))
      let stuck = machine.states.filter { !$0.canBeLeft }.map(\.name)
      if !stuck.isEmpty { report.entry("", "no way out of: " + stuck.joined(separator: ", ")) }
    }
    section("Trees", trees, &report) { tree, report in
      let partner = tree.partner.map { ", with \($0)" } ?? ""
      report.entry(
        tree.name,
        "\(tree.gates.of("gate")), \(tree.statements.of("statement")), depth \(tree.depth)\(partner)")
    }
    section("Variables", variables, &report) { $1.entry($0.name, "\($0.values); starts as \($0.initial)") }
    section("Commitments", commitments, &report) { $0.write(to: &$1) }
    section("Questions", questions, &report) { question, report in
      report.entry(question.name ?? "(unnamed)", question.text)
      let uses = question.uses.map(\.place)
      report.entry("", uses.isEmpty ? "used nowhere" : "used at " + uses.joined(separator: ", "))
      if !question.cues.isEmpty { report.entry("", "cues: " + question.cues.joined(separator: ", ")) }
      if !question.counterCues.isEmpty {
        report.entry("", "counter-cues: " + question.counterCues.joined(separator: ", "))
      }
    }
    report.line()
    report.line("The most that one turn can ask")
    write(mostQuestions, "questions", &report)
    write(mostRounds, "rounds", &report)
    if mostQuestionsWithAllPartners.total > mostQuestions.total {
      report.entry("with all partners", mostQuestionsWithAllPartners.total.of("question"), column: 21)
    }
    report.line()
    exploration.write(to: &report)
    return report.text
  }

  private func section<Entry>(
    _ title: String, _ entries: [Entry], _ report: inout TextReport,
    _ write: (Entry, inout TextReport) -> Void
  ) {
    guard !entries.isEmpty else { return }
    report.line()
    report.line(title)
    for entry in entries { write(entry, &report) }
  }

  private func write(_ bound: Bound, _ name: String, _ report: inout TextReport) {
    report.entry(
      name,
      "\(bound.total): \(bound.event) about the event, \(bound.lines) for the choice of a line, \(bound.ownLine) about the line"
    )
  }
}
