import Dramatis
import TestSupport
import Testing

@Suite struct ConditionTextTests {
  @Test(arguments: 0..<10)
  func `what is printed compiles to the same condition`(batch: Int) throws {
    var writer = RandomConditionText(random: SeededGenerator(seed: UInt64(batch)))
    let written = (0..<60).map { _ in writer.condition(depth: 4) }
    let program = try compile(RandomConditionText.yaml(written))
    let printed = printed(program)
    let again = try compile(RandomConditionText.yaml(printed))
    #expect(again.fileBytes() == program.fileBytes())
    #expect(self.printed(again).map { Array($0.utf8) } == printed.map { Array($0.utf8) })
  }

  /// Conditions as written and as printed.
  @Test(
    arguments: [
      ("accused or isOpen and not isOpen", "accused or isOpen and not isOpen"),
      ("(accused or isOpen) and isOpen", "(accused or isOpen) and isOpen"),
      ("(accused and isOpen) or isOpen", "accused and isOpen or isOpen"),
      ("not (accused and isOpen)", "not (accused and isOpen)"),
      ("not accused and isOpen", "not accused and isOpen"),
      ("not not accused", "not not accused"),
      ("not trust == 1", "not trust == 1"),
      ("(accused and isOpen) and isOpen", "(accused and isOpen) and isOpen"),
      ("trust + 1 * 2 > 3 - 4 - 5", "trust + 1 * 2 > 3 - 4 - 5"),
      ("(trust + 1) * 2 > 3 - (4 - 5)", "(trust + 1) * 2 > 3 - (4 - 5)"),
      ("trust - (-1) > -trust", "trust - -1 > -trust"),
      ("trust > - - 1", "trust > 1"),
      ("isOpen == false", "not isOpen"),
      ("wary == mood", nil),
      ("5 < trust", "5 < trust"),
      ("foul == weather", "weather == foul"),
      ("mood=='wary'", "mood == wary"),
      ("ask('Does someone accuse Mara?')", "accused"),
      ("chance(1)", "chance(1.0)"),
      ("ask('a\"b\\'c')", #"ask("a\"b'c")"#),
      ("trust in[1,-2]", "trust in [1, -2]"),
      ("event.actor == 'x'", #"actor == "x""#),
      ("newly( accused )", "newly(accused)"), ("accused and not previous(accused)", "newly(accused)"),
      ("newly(accused) or not previous(accused)", "newly(accused) or not previous(accused)"),
      ("newly(ask('Hm?'))", #"newly(ask("Hm?"))"#), ("previous(accused) == false", "not previous(accused)"),
    ] as [(String, String?)])
  func `precedence and spelling are canonical`(written: String, canonical: String?) throws {
    let program = try compile(RandomConditionText.yaml([written]))
    #expect(printed(program) == [canonical ?? "mood == wary"])
  }

  private func printed(_ program: Program) -> [String] {
    program.machines[1].transitions.map { program.text(of: $0.guardCondition) }
  }
}
