import Dramatis
import DramatisCompiler

/// What a person sets, and what becomes of it when they go elsewhere.
extension Conversation {
  mutating func set(_ argument: String) async throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
      String($0).trimmed
    }
    guard parts.count == 2, !parts[0].isEmpty else { throw ChatProblem(usageOf: .set) }
    if let (program, machine) = machine(parts[0]) {
      guard machine.states.contains(where: { $0.name == parts[1] }) else {
        let near = nearest(parts[1], among: machine.states.map(\.name))
        throw ChatProblem(
          "Machine '\(machine.name)' has no state \(parts[1].oneLine)."
            + (near.map { " Did you mean \($0)?" } ?? " \(machine.states.map(\.name).listed)."))
      }
      try await session.force([machine.name: parts[1]], of: program.character)
      await keep()
      return try await showState(of: program.character)
    }
    let (program, variable) = try variable(parts[0])
    guard let value = variable.datum(typed: parts[1]) else {
      throw ChatProblem("Variable '\(variable.name)' takes \(variable.expectation).")
    }
    try await session.set([variable.name: value], of: program.character)
    await keep()
    try await showState(of: program.character)
  }

  /// Whose machine is meant by `mood`, where only one member has it and nobody a variable of the name, or by `Ben.mood`.
  private func machine(_ name: String) -> (Program, Machine)? {
    let found = cast.compactMap { program in
      program.machines.first { $0.name == name }.map { (program, $0) }
    }
    if found.count == 1, !cast.contains(where: { $0.variables.contains { $0.name == name } }) {
      return found[0]
    }
    let text = name.replacing("_", with: " ")
    guard let (member, own) = cast.memberAndVariable(name) ?? cast.memberAndVariable(text.trimmed) else {
      return nil
    }
    let spelling = own.replacing(" ", with: "_")
    return cast[member].machines.first { $0.name == spelling }.map { (cast[member], $0) }
  }

  /// Whose variable is meant by `trust`, where only one member has it, or by `Ben.trust`.
  private func variable(_ name: String) throws(ChatProblem) -> (Program, Variable) {
    let found = cast.compactMap { program in
      program.variables.first { $0.name == name }.map { (program, $0) }
    }
    if found.count > 1 {
      let ways = found.map { Self.path(to: name, of: $0.0) }.joined(separator: " or ")
      throw ChatProblem(
        "\(found.map(\.0.character).listed) have a variable \(name.oneLine) each: write \(ways).")
    }
    if let found = found.first { return found }
    let text = name.replacing("_", with: " ")
    if let (member, own) = cast.memberAndVariable(name) ?? cast.memberAndVariable(text.trimmed) {
      let own = own.replacing(" ", with: "_")
      if let variable = cast[member].variables.first(where: { $0.name == own }) {
        return (cast[member], variable)
      }
      let near = nearest(own, among: cast[member].variables.map(\.name))
      throw ChatProblem(
        "\(cast[member].character) has no variable \(own.oneLine)."
          + (near.map { " Did you mean \($0)?" } ?? ""))
    }
    let owners = cast.filter { $0.machines.contains { $0.name == name } }
    if owners.count > 1 {
      let ways = owners.map { Self.path(to: name, of: $0) }.joined(separator: " or ")
      throw ChatProblem(
        "\(owners.map(\.character).listed) have a machine \(name.oneLine) each: write \(ways).")
    }
    let near = nearest(name, among: cast.flatMap { $0.variables.map(\.name) + $0.machines.map(\.name) })
    throw ChatProblem(
      "No variable or machine is named \(name.oneLine)." + (near.map { " Did you mean \($0)?" } ?? ""))
  }

  private static func path(to variable: String, of program: Program) -> String {
    "\(program.character.replacing(" ", with: "_")).\(variable)=…"
  }

  /// Says what is left behind since an entry, and how to get it again.
  ///
  /// - Parameters:
  ///   - old: The entry that was gone away from.
  ///   - kept: Turns that nobody misses, since they are replaced or the way back to them is told.
  ///   - after: Where what is left begins; the head unless given.
  func tellOfLeftBehind(since old: Int, but kept: Set<Int> = [], after: Int? = nil) async {
    let transcript = await session.transcript
    let left = transcript.leftBehind(from: old, to: after ?? transcript.head)
    let turns = left.turns.filter { !kept.contains($0) }.compactMap { transcript.entry($0)?.turnNumber }
    guard !turns.isEmpty || !left.settings.isEmpty else { return }
    let parts = [turns.isEmpty ? nil : Self.list(of: turns), left.settings.isEmpty ? nil : list(of: left)]
    let what = parts.compactMap(\.self).joined(separator: ", and ")
    screen.note("Left behind: \(what). /goto #\(old) goes back to it.")
  }

  private static func list(of turns: [Int]) -> String {
    turns.count == 1 ? "turn \(turns[0])" : "turns \(turns[0]) to \(turns[turns.count - 1])"
  }

  /// What was set, as it is set again.
  func list(of left: LeftBehind) -> String {
    left.settings.map { setting in
      (cast.count > 1 ? "\(setting.character)." : "") + "\(setting.name) = \(setting.value)"
    }.listed.oneLine
  }
}
