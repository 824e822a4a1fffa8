import Dramatis
import FoundationEssentials
import TestSupport
import Testing

@Suite struct NamedSnapshotTests {
  private static let body = """
    variables:
      trust: { initial: 1, min: 0, max: 5 }
      met: { initial: false }
      season: { initial: autumn, values: [summer, autumn, winter] }
    machines:
      mood: { states: { wary: "", warm: "" }, transitions: [{ from: any, to: warm, when: 'ask("Warm?")', set: { trust: 5, met: true, season: winter } }] }
      place: { states: { inn: "", cellar: "" }, transitions: [{ from: any, to: cellar, when: 'ask("Warm?")' }] }
      belief: { probabilistic: belief, states: { calm: "", tense: "" }, transitions: [{ from: any, to: tense, when: 'ask("Warm?")' }] }

    """

  /// A position that differs from the initial one in everything.
  private func moved(_ program: Program) -> Snapshot {
    let event = Event(text: "…")
    let (answers, _) = program.answers(from: ["Warm?": Answer(probability: 0.8) ?? .yes])
    let snapshot = program.initialSnapshot(seed: .max)
    return program.uncheckedStep(from: snapshot, event: event, scene: Scene("…"), given: answers).snapshot
  }

  private func stored(_ program: Program, _ snapshot: Snapshot) throws -> (NamedSnapshot, Int) {
    let data = try JSONEncoder().encode(program.uncheckedNamed(snapshot))
    return (try JSONDecoder().decode(NamedSnapshot.self, from: data), data.count)
  }

  @Test func `what is stored comes back exactly, in less than a kilobyte for three machines`() throws {
    let program = try compileMara(Self.body)
    for snapshot in [program.initialSnapshot(seed: 3), moved(program)] {
      let (named, size) = try stored(program, snapshot)
      let (restored, changes) = try program.snapshot(from: named)
      #expect(restored == snapshot)
      #expect(changes.isEmpty)
      #expect(size < 1024)
    }
  }

  @Test func `what a new profile no longer has becomes other, the initial value or the nearest`() throws {
    let old = try compileMara(Self.body)
    let new = try compileMara(
      """
      variables:
        trust: { initial: 1, min: 0, max: 3 }
        season: { initial: summer, values: [summer, autumn] }
        fresh: { initial: true }
      machines:
        mood: { states: { wary: "" } }
        belief: { probabilistic: belief, states: { calm: "" } }
        nerve: { states: { steady: "" } }

      """)
    let (snapshot, changes) = try new.snapshot(from: stored(old, moved(old)).0)
    let named = new.uncheckedNamed(snapshot)
    #expect(named.states == ["mood": "other", "belief": "other", "nerve": "unactivated"])
    #expect(named.variables == ["trust": .number(3), "season": .text("summer"), "fresh": .boolean(true)])
    #expect(
      changes.map(\.description) == [
        "belief: tense became other", "met: true is gone", "mood: warm became other", "place: cellar is gone",
        "season: winter became summer", "trust: 5 became 3",
      ])
    let belief = try #require(named.beliefs["belief"])
    #expect(abs(belief.values.reduce(0, +) - 1) < 1e-12)
  }

  @Test(arguments: [
    #"{"version":1,"character":"Mara","seed":0,"turn":-5,"states":{"mood":"🔥"},"beliefs":{"belief":{"calm":-1}},"variables":{"trust":[1]},"commitments":{}}"#,
    #"{"version":1,"character":"Mara","seed":0,"turn":1,"states":{"belief":"calm"},"beliefs":{"belief":{"calm":1e308,"tense":1e308}},"variables":{"trust":1e300,"season":7},"commitments":{"gone":"paid"}}"#,
  ])
  func `a hostile snapshot gives a position that can be stepped`(json: String) throws {
    let program = try compileMara(Self.body)
    let named = try JSONDecoder().decode(NamedSnapshot.self, from: Data(json.utf8))
    var snapshot = try program.snapshot(from: named).snapshot
    for _ in 0..<3 {
      let answers = program.answers(from: ["Warm?": .yes]).answers
      snapshot =
        program.uncheckedStep(from: snapshot, event: Event(text: "…"), scene: Scene("…"), given: answers)
        .snapshot
    }
    #expect(snapshot.turn >= 3)
    #expect(program.uncheckedNamed(snapshot).beliefs["belief"]?.values.allSatisfy { $0.isFinite } == true)
  }
}
