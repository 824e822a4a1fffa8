import Dramatis

/// Finds conditions that wait for states or values that never come about.
///
/// States that ``UnreachableState`` reports count as reached here, so that one mistake is reported once.
enum NeverReached: LintRule {
  static let code = DiagnosticCode(
    "L018", name: "never-reached", severity: .warning,
    summary: "A condition that waits for what never comes about.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    let reported = zip(context.program.machines, context.reach.states).map { machine, isReached in
      let states = Set(UnreachableState.states(of: machine, reached: isReached))
      return machine.states.indices.map { states.contains($0) }
    }
    let worlds = context.reach.worlds(of: context.space, besides: reported)
    return context.places.compactMap { check($0, in: worlds, reported: reported, of: context) }
      + lines(neverSaidIn: worlds, context)
  }

  private static func check(
    _ place: ConditionPlace, in worlds: Worlds, reported: [[Bool]], of context: LintContext
  ) -> Diagnostic? {
    let sources = place.sources.filter {
      context.reach.states[$0.machine][$0.state] || reported[$0.machine][$0.state]
    }
    guard sources.isEmpty == place.sources.isEmpty else { return nil }
    var place = place
    place.sources = sources
    guard place.possibility(of: place.wanted, in: worlds, over: context.space) == .impossible,
      place.possibility(of: place.wanted, in: context.anything, over: context.space) != .impossible,
      context.space.possibility(of: place.path, in: worlds) != .impossible
    else { return nil }
    return Diagnostic(
      code, message: "this condition waits for what never comes about", at: place.node.span,
      help: reasons(for: place.formula, in: worlds, context))
  }

  /// Lines whose condition and statement exclude each other.
  private static func lines(neverSaidIn worlds: Worlds, _ context: LintContext) -> [Diagnostic] {
    zip(context.program.lines, context.layout.lines).enumerated().compactMap { index, line in
      let (authored, node) = line
      guard let formula = context.formulas.lines[index], let statement = authored.statement,
        let when = node[\LineKeys.when]
      else { return nil }
      let path = context.formulas.paths[context.formulas.nodeOfStatement[statement]]
      let own = Constraint(formula, is: .yes)
      guard context.space.possibility(of: path + [own], in: worlds) == .impossible,
        context.space.possibility(of: path, in: worlds) != .impossible,
        context.space.possibility(of: [own], in: worlds) != .impossible
      else { return nil }
      return Diagnostic(
        code, message: "this line is never said", at: when.span, label: "not while its statement holds",
        help: ["correct the condition, or let the line go with another statement"])
    }
  }

  /// What the things that a formula reads come to, where that is less than they could.
  private static func reasons(for formula: Formula, in worlds: Worlds, _ context: LintContext) -> [String] {
    context.space.atoms(of: formula).compactMap { atom -> String? in
      if case .probability(let machine, let state) = context.space.atoms[atom], worlds.allowed[atom] != nil {
        let machine = context.program.machines[machine]
        return "nothing leads '\(machine.name)' to '\(machine.states[state].name)'"
      }
      guard let allowed = worlds.allowed[atom], allowed.count < context.space.domains[atom].values.count
      else { return nil }
      let names = allowed.prefix(8).compactMap { value -> String? in
        guard case .integer(let stored) = context.space.domains[atom].values[value] else { return nil }
        return context.name(of: stored, in: context.space.atoms[atom])
      }
      let more = allowed.count > names.count ? " …" : ""
      return context.name(of: context.space.atoms[atom]).map {
        "'\($0)' comes to nothing but \(names.joined(separator: ", "))\(more)"
      }
    }
  }
}

extension LintContext {
  fileprivate func name(of atom: Atom) -> String? {
    switch atom {
    case .state(let machine): program.machines[machine].name
    case .variable(let index): program.variables[index].name
    default: nil
    }
  }

  fileprivate func name(of stored: Int, in atom: Atom) -> String? {
    switch atom {
    case .state(let machine): program.machines[machine].states[stored].name
    case .variable(let index): program.variables[index].text(stored)
    default: nil
    }
  }
}
