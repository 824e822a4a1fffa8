import Dramatis
import TestSupport
import Testing

@Suite struct SceneRuleTests {
  @Test func `a scene is actor and text of the newest events, byte for byte`() async throws {
    let discriminator = RecordingDiscriminator()
    let program = try compileMara("window: 3\nbehavior: { t: [{ when: ask('Late?'), then: [x] }] }\n")
    let session = try Session(cast: [program], discriminator: discriminator)
    for event in [
      Event(actor: "Rowan", text: "One\r\ntwo "), Event(text: "e\u{301} é\0"), Event(actor: "", text: ""),
      Event(actor: "Ina", text: "👩‍👩‍👧\n"), Event(scene: "given\n"), Event(actor: "Mara", text: "Me."),
      Event(actor: "Rowan", text: "You."),
    ] {
      _ = try await session.record(of: event)
    }
    let expected = [
      "Rowan: One\r\ntwo ", "Rowan: One\r\ntwo \ne\u{301} é\0", "Rowan: One\r\ntwo \ne\u{301} é\0\n: ",
      "e\u{301} é\0\n: \nIna: 👩‍👩‍👧\n", "given\n", "Ina: 👩‍👩‍👧\n\nMara: Me.\nRowan: You.",
    ]
    #expect(await discriminator.scenes.map { Array($0.text.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func `the window is ten events, the current one included`() {
    let earlier = (1...20).map { Event(text: "\($0)") }
    let scene = Scene(of: Event(text: "now"), after: earlier, window: 10)
    #expect(scene.text == (12...20).map { "\($0)\n" }.joined() + "now")
    #expect(Scene(of: Event(text: "now"), after: earlier, window: 1).text == "now")
    #expect((try? compileMara(""))?.window == 10)
  }

  /// Where the cue stands, and what questions over the newest event and over the scene come to.
  @Test(arguments: [
    (Event(text: "ale"), Event(text: "now"), ["scene it is"]),
    (Event(text: "then"), Event(text: "ale"), ["newest it is", "scene it is"]),
    (Event(text: "ale"), Event(text: "now", scene: "all"), []),
    (Event(text: "then"), Event(text: "now", scene: "ale\nlater"), ["newest it is", "scene it is"]),
    (Event(text: "then"), Event(text: "ale", scene: "later"), []),
    (Event(text: "then"), Event(actor: "Ale", text: "now"), []),
    (Event(actor: "Ale", text: "ale"), Event(text: "now"), ["scene it is"]),
    (Event(actor: "Mara", text: "ale"), Event(text: "now"), []),
  ])
  func `cues match the newest event's text, or the scene where the question says so`(
    first: Event, second: Event, statements: [String]
  ) async throws {
    let session = try Session(
      cast: [
        compileMara(
          """
          questions:
            n: { ask: N?, cues: [ale] }
            s: { ask: S?, cues: [ale], over: scene }
          behavior: { t: [{ when: n, then: [newest it is] }, { when: s, then: [scene it is] }] }
          """)
      ])
    _ = try await session.record(of: first)
    #expect(try await session.record(of: second).statements == statements)
  }
}
