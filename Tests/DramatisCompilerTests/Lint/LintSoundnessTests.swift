import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// What a rule calls impossible, a walk through everything does not find.
@Suite struct LintSoundnessTests {
  @Test(arguments: 0..<40)
  func `nothing that a rule calls impossible happens in a whole exploration`(seed: UInt64) throws {
    var text = SmallConditionText(random: SeededGenerator(seed: seed))
    let yaml = text.profile(transitions: 6)
    let compilation = Compilation(of: Array(yaml.utf8), name: "random.yaml")
    let program = try #require(compilation.program)
    let exploration = Explorer.explore(program)
    try #require(exploration.isComplete)
    let found = compilation.linted().diagnostics
    let lines = program.machines[0].transitions.indices.map { 13 + $0 }
    for (index, line) in lines.enumerated() where exploration.hasFired[0][index] {
      let impossible: Set<DiagnosticCode> = [ShadowedTransition.code, NeverReached.code]
      let claims = found.filter { $0.span?.start.line == line && impossible.contains($0.code) }
      #expect(claims.isEmpty, "\(compilation.report(claims))\n\(yaml)")
    }
    for (state, name) in program.machines[0].states.map(\.name).enumerated()
    where exploration.firstInState[0][state] != nil {
      #expect(
        !found.contains { $0.code == UnreachableState.code && $0.message.contains("'\(name)'") }, "\(yaml)")
    }
  }

  @Test(arguments: 0..<40)
  func `everything that a whole exploration reaches counts as reached`(seed: UInt64) throws {
    var text = SmallConditionText(random: SeededGenerator(seed: seed + 1000))
    let program = try compile(text.profile(transitions: 6))
    let reach = Reach(of: ProgramFormulas(of: program))
    let exploration = Explorer.explore(program)
    for state in program.machines[0].states.indices where exploration.firstInState[0][state] != nil {
      #expect(reach.states[0][state])
    }
    for transition in program.machines[0].transitions.indices where exploration.hasFired[0][transition] {
      #expect(reach.canFire[0][transition])
    }
  }
}
