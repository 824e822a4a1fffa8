import DramatisCompiler

extension SimulationReport {
  /// The report for people.
  var text: String {
    var report = TextReport()
    report.line(
      "\(character): \(walks.of("walk")), \(turns.of("turn")), seed \(seed), answers \(answers)"
        + (wasInterrupted ? "; interrupted" : ""))
    report.line(
      "A turn asked \(questions.mean) questions on average and \(questions.most) at most, "
        + "in \(rounds.mean) and \(rounds.most) rounds.")
    for machine in machines { write(machine, to: &report) }
    writeStatements(&report)
    writeUnseen(&report)
    return report.text
  }

  private func write(_ machine: MachineEntry, to report: inout TextReport) {
    report.line()
    report.line("\(machine.name): share of turns, walks that came to it, share of walks that ended in it")
    for state in machine.states where state.turns > 0 {
      var detail =
        "\(share(state.turns, of: turns)), \(state.walks.of("walk")), \(share(state.ended, of: walks))"
      if !state.canBeLeft {
        detail += "; dead end: no transition leaves it"
      } else if state.wasNeverLeft {
        detail += "; dead end: never left here"
      }
      report.entry(state.name, detail, column: 22)
    }
    for transition in machine.transitions where transition.fired > 0 {
      report.entry(
        "\(transition.number) → \(transition.to)", "\(transition.fired)×  \(transition.condition)", indent: 4,
        column: 22)
    }
  }

  private func writeStatements(_ report: inout TextReport) {
    let seen = statements.filter { $0.fired > 0 }
    guard !seen.isEmpty else { return }
    report.line()
    report.line("statements")
    for statement in seen { report.entry("\(statement.fired)×", statement.text, column: 10) }
  }

  private func writeUnseen(_ report: inout TextReport) {
    guard let exploration else { return }
    report.line()
    report.line("Never seen here")
    for machine in machines {
      for state in machine.states where state.turns == 0 {
        let name = "\(machine.name).\(state.name)"
        report.entry("state", name + mark(.state, named: name, in: exploration))
      }
      for transition in machine.transitions where transition.fired == 0 {
        let name = "\(machine.name).\(transition.number)"
        report.entry(
          "transition", "\(name)\(mark(.transition, named: name, in: exploration)): \(transition.condition)")
      }
    }
    for statement in statements where statement.fired == 0 {
      report.entry("statement", statement.text + mark(.statement, named: statement.text, in: exploration))
    }
    report.line()
    exploration.writeHead(to: &report)
  }

  private func mark(
    _ kind: ExplorationReport.Unreached.Kind, named name: String, in exploration: ExplorationReport
  ) -> String {
    exploration.isImpossible(kind, named: name) ? " (impossible)" : ""
  }

  /// In per cent with one decimal.
  private func share(_ part: Int, of whole: Int) -> String {
    let tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
