import Dramatis
import TestSupport
import Testing

/// Which of the profile's lines is spoken.
@Suite struct AuthoredLineTests {
  private func lines(_ body: String, _ said: [String], seed: UInt64 = 0) async throws -> [String] {
    let session = try Session(cast: [compileMara(body)], seed: seed)
    var lines: [String] = []
    for text in said {
      let turn = try await session.respond(to: Event(actor: "Rowan", text: text))
      lines.append(turn.line?.text ?? "")
    }
    return lines
  }

  @Test(arguments: UInt64(0)..<6)
  func `a line is not said again while another fits, whatever its slots hold`(seed: UInt64) async throws {
    let body = """
      variables: { n: { initial: 0, min: 0, max: 99 } }
      machines: { m: { states: {}, transitions: [{ from: any, to: other, when: true, set: { n: n + 1 } }] } }
      lines: ["Hello there", "Hello {user}", "{user}", "Air is {n}.", "{n}", "Six", "Seven", "Eight", "Nine"]
      """
    let said = try await lines(body, Array(repeating: "…", count: 18), seed: seed)
    let templates = said.map { $0.hasPrefix("Air") ? "Air" : Int($0) == nil ? $0 : "n" }
    for start in 0..<10 { #expect(Set(templates[start..<(start + 9)]).count == 9) }
  }

  @Test(arguments: [("food", "Stew."), ("danger", "Behind me!"), ("hm", "In this state."), ("bye", "Yes?")])
  func `what is tied closest to what happened is said first`(text: String, line: String) async throws {
    let body = """
      questions:
        hungry: { ask: Hungry?, cues: [food] }
        danger: { ask: Danger?, cues: [danger] }
        leaving: { ask: Leaving?, cues: [bye] }
      machines: { m: { states: {}, transitions: [{ from: any, to: other, when: leaving }] } }
      behavior: { t: [{ when: danger, then: [&step Mara steps in.] }] }
      lines:
        - { when: hungry, say: [Stew.] }
        - { when: m == unactivated, say: [In this state.] }
        - { statement: *step, say: [Behind me!] }
        - Yes?
      """
    for seed in UInt64(0)..<8 { #expect(try await lines(body, [text], seed: seed) == [line]) }
  }

  @Test func `a line for what was not understood waits for so many turns in a row`() async throws {
    let body = """
      questions:
        hungry: { ask: Hungry?, cues: [food] }
      machines: { m: { states: {}, transitions: [{ from: any, to: other, when: hungry }] } }
      lines:
        - { unheard: 3, say: [Ale or stew?] }
        - { unheard: 1, say: [What?, Eh?, How so?] }
        - { when: hungry, say: [Stew., More stew.] }
        - Yes.
      """
    let said = try await lines(body, ["hm", "hm", "hm", "food", "hm", "no food for me", "hm"])
    #expect(["What?", "Eh?", "How so?"].contains(said[0]) && ["What?", "Eh?", "How so?"].contains(said[1]))
    #expect(said[2] == "Ale or stew?")
    #expect(["Stew.", "More stew."].contains(said[3]))
    #expect(["What?", "Eh?", "How so?"].contains(said[4]))
  }

  @Test func `when all has been said lately, what was said longest ago is said again`() async throws {
    let said = try await lines("lines: [a, b, c]\n", Array(repeating: "…", count: 9))
    #expect(Set(said[0..<3]) == ["a", "b", "c"])
    #expect(said[3..<6] == said[0..<3])
    #expect(said[6..<9] == said[0..<3])
  }
}
