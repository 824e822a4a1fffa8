import Testing

@testable import Dramatis

/// The macros of character cards.
@Suite struct MacroTests {
  private func filled(_ text: String, turn: Int = 1, seed: UInt64 = 7) -> String {
    var macros = Macros(
      character: "Edda", user: "Jon", chance: Macros.Chance(seed: seed, turn: turn, attempt: 0),
      variables: ["toll": "3"], original: "Be brief.", time: MacroTime("2026-05-03T14:05:09Z", idle: 7200),
      outlets: ["rules": "No dogs."])
    return macros.filled(text)
  }

  @Test(arguments: [
    ("{{char}} and {{User}}, <USER>, <bot>", "Edda and Jon, Jon, Edda"), ("{{ char }}", "Edda"),
    ("{{original}} Now.", "Be brief. Now."), ("a{{// no}}b{{comment: x}}c{{hidden_key:y}}d", "abcd"),
    ("{{reverse:{{char}}}}", "addE"), ("a{{newline}}b", "a\nb"), ("a\n\n{{trim}}\n\nb", "ab"),
    ("{{getvar::toll}}{{setvar::toll::4}}{{GetVar::toll}}", "34"), ("{{outlet::rules}}", "No dogs."),
    ("{{time}} {{date}} {{weekday}}", "2:05 PM May 3, 2026 Sunday"),
    ("{{isotime}} {{isodate}}", "14:05 2026-05-03"),
    ("{{idle_duration}}", "2 hours"), ("{{random:x,x}}{{pick:y}}", "xy"), ("{{random::a, b::a, b}}", "a, b"),
    ("{{random:a\\,b}}", "a,b"), ("{{roll:1}}{{roll d1}}{{roll:3d1+2}}", "115"),
    ("{{nope}} {{nope:x}}", "{{nope}} {{nope:x}}"),
    ("{{char", "{{char"), ("}} {{", "}} {{"), ("{ {char} }", "{ {char} }"), ("{{}}", "{{}}"),
    ("{{random:{{user}},{{user}}}}", "Jon"), ("a < b", "a < b"),
  ])
  func `a macro is filled in any case and in another`(text: String, expected: String) {
    #expect(filled(text) == expected)
  }

  @Test func `chance is the seed's, the turn's for all but what is picked`() {
    let faces = (1...40).map { filled("{{roll:d6}}", turn: $0) }
    #expect(Set(faces) == ["1", "2", "3", "4", "5", "6"])
    #expect(filled("{{roll:d6}}{{roll:d6}}{{roll:d6}}") == filled("{{roll:d6}}{{roll:d6}}{{roll:d6}}"))
    let picked = (1...40).map { filled("{{pick:a,b,c,d}}", turn: $0) }
    #expect(Set(picked).count == 1)
    #expect(Set((1...40).map { filled("{{pick:a,b,c,d}}", seed: $0) }).count == 4)
  }

  @Test func `what is needed and not given leaves a macro as it is, and what nobody knows is told`() {
    var macros = Macros(character: "Edda", user: "Jon")
    let text = "{{time}} {{random:a,b}} {{original}} {{outlet::x}} {{nope}} {{nope}}"
    #expect(macros.filled(text) == text)
    #expect(macros.unknown == ["nope"])
  }

  @Test func `a text of nothing but braces is filled in no time`() {
    let text = String(repeating: "{{", count: 20_000) + String(repeating: "}}", count: 20_000)
    #expect(filled(text).count == text.count)
  }
}
