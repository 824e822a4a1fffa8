import TestSupport
import Testing

@testable import DramatisCompiler

/// What a commitment says against what tells that it was said, and what is said besides.
@Suite struct OwedLineTests {
  /// A lighthouse keeper who owes a lamp, with more at the top level, and with other keys of the payoff.
  private static func profile(
    _ more: String = "", foreshadow: String = "text: The lamp is out.", trigger: String = "ship",
    payoff: String = "cues: [it burns]", keys: String = "priority: 0"
  ) -> String {
    """
    dramatis: 1
    character: Jorun
    variables: { oil: { initial: 2, min: 0, max: 9 } }
    questions: { ship: { ask: Does someone see a ship?, cues: [ship, sail*] } }
    machines:
      watch:
        states: { night: It is dark. }
        transitions: [{ from: any, to: night, when: ship, set: { oil: oil + 1 } }]
    behavior: { duty: [{ when: watch == night and oil > 3, then: [Jorun counts the oil.] }] }
    \(more)
    commitments:
      lamp:
        foreshadow: { \(foreshadow) }
        trigger: \(trigger)
        payoff: { text: Jorun lights the lamp., \(payoff) }
        \(keys)

    """
  }

  private static func codes(_ text: String) -> [String] {
    Compilation(of: Array(text.utf8), name: "jorun.yaml").linted().diagnostics.map {
      "\($0.code.rawValue):\($0.span?.start.line ?? 0)"
    }
  }

  @Test(arguments: [
    ("say: [The wick takes.]", ["L060:15"]),
    ("cues: [wick takes], say: [The wick takes.]", []),
    (
      "cues: ['wick tak*', glow], say: ['The wick taking, at last.', It glows not., The glow is there.]",
      ["L060:15"]
    ),
    ("cues: [burns], say: [The wick takes., It is lit.]", ["L060:15", "L060:15"]),
    ("cues: [burns, lit], say: [It burns., It is lit.]", []),
    ("cues: [burns], counter-cues: [low], say: [It burns low.]", ["L060:15"]),
    ("cues: [burns], counter-cues: [out], say: [It burns low.]", []),
    ("cues: [burns], say: ['{user}, it burns.']", []),
    ("cues: [burns at 7], say: ['It burns at {oil}.']", []),
    ("cues: [burns]", []),
  ])
  func `every line of a payoff has to be one by its own cues`(payoff: String, expected: [String]) {
    #expect(Self.codes(Self.profile(payoff: payoff)) == expected)
  }

  @Test(arguments: [
    ("text: The lamp is out., say: [No light tonight.]", ["L060:13"]),
    ("text: The lamp is out., cues: [no light], say: [No light tonight.]", []),
    ("text: The lamp is out., cues: [dark], say: [No light tonight.]", ["L060:13"]),
    ("text: The lamp is out., cues: [dark]", []),
  ])
  func `so has every line of a foreshadow`(foreshadow: String, expected: [String]) {
    #expect(Self.codes(Self.profile(foreshadow: foreshadow, payoff: "cues: [it burns]")) == expected)
  }

  @Test(arguments: [
    ("lines: [{ when: lamp == triggered, say: There. }, Hm.]", ["L060:15"]),
    (
      "lines: [{ when: lamp == triggered and ship, say: There. }, { when: lamp == triggered, say: It burns. }]",
      []
    ),
    ("lines: [{ when: lamp == triggered or ship, say: There. }, Hm.]", []),
  ])
  func `lines that fit only while it is due are those of a payoff without its own`(
    lines: String, expected: [String]
  ) {
    #expect(Self.codes(Self.profile(lines, payoff: "cues: [it burns]")) == expected)
  }

  @Test(arguments: [
    ("greeting: It burns low today.", ["L061:10"]),
    ("greeting: [Who is it?, 'Look, it burns.']", ["L061:10"]),
    ("lines: [Nothing., 'It burns, the soup.']", ["L061:10"]),
    ("lines: [{ when: ship, say: [A ship?, It burns!] }, Hm.]", ["L061:10"]),
    ("lines: [{ statement: Jorun counts the oil., say: It burns. }, Hm.]", ["L061:10"]),
    ("lines: [{ when: lamp == paid, say: It burns and burns. }, Hm.]", []),
    ("lines: [{ when: lamp == triggered and oil > 2, say: See how it burns. }, Hm.]", []),
    ("lines: [{ when: 'not lamp in [planned, planted]', say: It burns. }, Hm.]", []),
    ("greeting: It will burn., lines: [Burns it?]", []),
  ])
  func `nothing that is said before it is due may say the payoff`(more: String, expected: [String]) {
    let more = more.replacing(", lines:", with: "\nlines:")
    #expect(Self.codes(Self.profile(more, payoff: "cues: [it burns], say: [It burns.]")) == expected)
  }

  @Test func `a foreshadow may not say the payoff, and what waits for it to be paid may`() {
    let early = Self.profile(
      foreshadow: "text: Dark., cues: [no more], say: [It burns no more.]", payoff: "cues: [it burns]")
    #expect(Self.codes(early) == ["L061:13"])
    func after(_ keys: String, foreshadow: String = "A keel.") -> [String] {
      let other = """
          boat:
            foreshadow: { text: A boat., cues: [keel], say: [\(foreshadow)] }
            payoff: { text: It lands., cues: [lands], say: [It burns and the boat lands.] }
            trigger: ship
            \(keys)

        """
      return Self.codes(Self.profile() + other)
    }
    #expect(after("after: [lamp]") == [])
    #expect(after("plant: lamp == paid", foreshadow: "It burns on the keel.") == [])
    #expect(after("after: [lamp]", foreshadow: "It burns on the keel.") == ["L061:18"])
    #expect(after("plant: lamp == paid or ship") == ["L061:19"])
    #expect(after("priority: 2") == ["L061:19"])
  }

  @Test(arguments: [
    ("ship", "abandon-when: ship", ["L062:16"]),
    ("ship", "abandon-when: ship or oil > 7", ["L062:16"]),
    ("ship", "abandon-when: ship and oil > 7", []),
    ("ship", "abandon-when: not ship", []),
    ("ship", "abandon-when: turn > 40", []),
    ("watch == night and oil > 4", "abandon-when: watch == night", ["L062:16"]),
    ("watch == unactivated and oil > 3", "priority: 0", ["L062:14"]),
    ("watch == night", "plant: watch == unactivated and oil > 3", ["L062:14"]),
    ("oil > 4", "abandon-when: oil > 3", ["L062:16"]),
    ("oil > 4", "abandon-when: oil > 6", []),
    ("ship and oil > 4", "abandon-when: ship\n    certainty: 0.9", ["L062:16"]),
    ("oil == 3", "hold: 2 of 2\n    abandon-when: oil > 3", []),
  ])
  func `a commitment that is given up whenever it falls due, or never falls due, is found`(
    trigger: String, keys: String, expected: [String]
  ) {
    #expect(Self.codes(Self.profile(trigger: trigger, keys: keys)) == expected)
  }
}
