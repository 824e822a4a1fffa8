import Foundation
import Testing

@testable import DramatisCompiler

/// What a profile says must hold is checked in every position.
@Suite struct PropertyTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    variables:
      trust: { initial: 0, min: -1, max: 2 }
    questions:
      accused: { ask: Does someone accuse Mara? }
      thanked: { ask: Does someone thank Mara? }
      sorry: { ask: Does someone apologise? }
    machines:
      mood:
        states: { wary: Wary., warm: Warm., stormy: Stormy. }
        transitions:
          - { from: any, to: wary, when: accused, set: { trust: trust - 1 } }
          - { from: unactivated, to: warm, when: thanked, set: { trust: trust + 1 } }
          - { from: wary, to: warm, when: sorry }
          - { from: warm, to: stormy, when: turn >= 4 and thanked }
    behavior:
      personality:
        - { when: trust > 1, then: [Mara sits down.] }
    properties:
      - 
    """

  private func check(_ property: String) -> [Diagnostic] {
    let text = Self.profile.dropLast(property.isEmpty ? 0 : 1) + " " + property + "\n"
    return Compilation(of: Array(text.utf8), name: "test.yaml").linted().diagnostics
      .filter { $0.code != NeverReached.code }
  }

  @Test(arguments: [
    "never: mood == other", "never: mood == wary and trust == 2", "always: trust <= 2", "always: trust >= -1",
    "reachable: mood == warm and trust == 1", "reachable: mood == unactivated",
    "never: mood == unactivated and trust != 0",
    "{ from: mood == wary, never-to: mood == warm, without: sorry }",
    "{ from: mood == warm, never-to: mood == warm, without: accused or mood == warm }",
    "{ from: mood == stormy, never-to: mood == unactivated }", "reachable: mood == stormy",
    "never: mood == stormy and turn < 4", "never: mood == wary and turn < 1",
  ])
  func `what holds is passed over in silence`(property: String) {
    let found = check(property)
    #expect(found.isEmpty, "\(found)")
  }

  @Test(arguments: [
    ("never: mood == warm", ["turn 1: thanked = yes → mood warm"]),
    ("always: trust >= 0", ["turn 1: accused = yes → mood wary, trust -1"]),
    ("never: trust == 0", ["it is so from the start"]),
    ("reachable: mood == other", ["all 4 positions that it depends on were explored"]),
    (
      "{ from: mood == warm, never-to: mood == wary }",
      [
        "turn 1: thanked = yes → mood warm",
        "turn 2: accused = yes → mood wary",
      ]
    ),
    (
      "never: mood == stormy",
      [
        "turns 1 to 2: nothing happens that matters",
        "turn 3: thanked = yes → mood warm",
        "turn 4: thanked = yes → mood stormy",
      ]
    ),
  ])
  func `what does not hold is told turn by turn, in the fewest turns`(property: String, help: [String]) {
    let found = check(property)
    #expect(found.map(\.code) == [PropertyFails.code])
    #expect(found.first?.severity == .error)
    if property.hasPrefix("reachable") { return }
    #expect(found.first?.help == help)
  }

  @Test(arguments: [
    ("never: accused", "P029"), ("always: chance(0.5)", "P029"), ("never: 'actor == \"Bram\"'", "P029"),
    ("reachable: mood == sunny", "P012"), ("{ never: turn > 1, always: turn > 1 }", "P018"),
    ("{ never: turn > 1, without: accused }", "P018"), ("{ from: mood == wary }", "P019"), ("{}", "P019"),
    ("never: trust", "P029"), ("sometimes: mood == wary", "P018"), ("mood == wary", "P017"),
  ])
  func `a property that means nothing is an error at its place`(property: String, code: String) {
    let found = check(property)
    #expect(found.map(\.code.rawValue) == [code], "\(found)")
  }

  @Test func `a search that stops at its bound says how far it came`() throws {
    let text = Self.profile.dropLast(1) + " never: mood == other and turn > 900000\n"
    let compilation = Compilation(of: Array(text.utf8), name: "test.yaml")
    var settings = LintSettings()
    settings.positionsBudget = 100
    let context = try #require(LintContext(of: compilation, usedBy: nil, settings))
    let found = try #require(PropertyUndecided.check(context).first)
    #expect(found.code == PropertyUndecided.code && found.severity == .warning)
    #expect(found.help.first?.hasPrefix("100 positions were explored") == true)
  }

  @Test func `a project sets how far the search goes`() throws {
    let text = Self.profile.dropLast(1) + " never: mood == other and turn > 900000\n"
    var settings = LintSettings()
    settings.positionsBudget = 50
    let found = Compilation(of: Array(text.utf8), name: "test.yaml").linted(settings).diagnostics
    let undecided = try #require(found.first { $0.code == PropertyUndecided.code })
    #expect(undecided.help.first?.hasPrefix("50 positions were explored") == true)
    #expect(undecided.help.last?.contains("positions-budget") == true)
  }

  @Test func `what only a property asks is no question of the program`() throws {
    let text =
      Self.profile.dropLast(1)
      + " { from: mood == wary, never-to: mood == other, without: 'ask(\"New?\")' }\n"
    let compilation = Compilation(of: Array(text.utf8), name: "test.yaml")
    let bare = Compilation(
      of: Array(Self.profile.components(separatedBy: "properties:")[0].utf8), name: "test.yaml")
    #expect(compilation.program?.fileBytes() == bare.program?.fileBytes())
    #expect(compilation.properties.count == 1)
  }
}
