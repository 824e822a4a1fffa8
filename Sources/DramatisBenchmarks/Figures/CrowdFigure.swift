import BundledProfiles
import Dramatis
import DramatisCompiler
import FoundationEssentials

/// A crowd of ten thousand: a tick that steps all of them, and turns with authored lines.
struct CrowdFigure {
  private let count = 10_000
  let rounds: Int

  func run() throws {
    Report.title("a crowd of \(count) characters")
    let sentry = try Sentry()
    let resident = CharactersFigure.residentBytes
    // Ten crowds, so that what the allocator keeps in reserve does not matter.
    var crowds = try (0..<10).map { _ in try filled(with: sentry) }
    let kept = CharactersFigure.residentBytes - resident
    Report.figure(
      "resident memory of a character", Double(kept / (count * crowds.count)), " bytes", aim: .atMost(400))
    var crowd = crowds.removeLast()
    try measureTick(&crowd, sentry)
    try measureTurn()
    try measureLoading()
  }

  /// Everyone has a name and has taken a step.
  private func filled(with sentry: Sentry) throws -> Crowd {
    var crowd = Crowd()
    for number in 0..<count {
      _ = crowd.add(Instance(of: sentry.program, named: "Sentry \(number)", seed: UInt64(number)))
    }
    try crowd.postToAll(Event(kind: "noise"))
    guard crowd.tick().steps == count else { throw WrongResult(description: "not everyone stepped") }
    return crowd
  }

  private func measureTick(_ crowd: inout Crowd, _ sentry: Sentry) throws {
    var times: [Double] = []
    var alone: [Double] = []
    var positions = (0..<count).map { sentry.program.position(seed: UInt64($0)) }
    var stepper = Stepper(for: sentry.program)
    for round in 0..<rounds {
      let kind = Sentry.kinds[round % Sentry.kinds.count]
      try crowd.postToAll(Event(kind: kind))
      times.append(
        try nanoseconds(per: 1_000_000) {
          guard crowd.tick().steps == count else { throw WrongResult(description: "not everyone stepped") }
        })
      let event = sentry.events[round % Sentry.kinds.count]
      alone.append(
        try nanoseconds(per: 1_000_000) {
          for index in positions.indices {
            try stepper.step(&positions[index], on: event, given: sentry.answers)
          }
        })
    }
    let (median, bare) = (times.sorted()[rounds / 2], alone.sorted()[rounds / 2])
    Report.line("the same steps on positions in an array: \(rounded(bare, 2)) ms")
    Report.figure("a tick that steps all of them", median, " ms", aim: .atMost(2))
  }

  private func measureTurn() throws {
    let program = try Program(profile: Array(Self.profile.utf8), name: "guard.yaml")
    var instance = Instance(of: program, named: "Guard 17", seed: 17)
    let texts = ["Good evening.", "Open, or else!", "Who are you?", "I have a knife."]
    var times: [Double] = []
    for _ in 0..<rounds {
      times.append(
        try nanoseconds(per: 1000) {
          for number in 0..<1000 {
            guard try instance.turn(Event(actor: "Rowan", text: texts[number % texts.count])).line != nil
            else {
              throw WrongResult(description: "nothing was said")
            }
          }
        })
    }
    Report.figure("a turn with an authored line", times.sorted()[rounds / 2] / 1000, " µs", aim: .atMost(20))
    Report.line("its save: \(instance.save().count) bytes")
    let mara = try Program(profile: BundledProfiles.profile("mara") ?? [], name: "mara.yaml")
    var innkeeper = Instance(of: mara)
    let time = try nanoseconds(per: 1000) {
      for number in 0..<1000 {
        _ = try innkeeper.turn(Event(actor: "Rowan", text: texts[number % texts.count]))
      }
    }
    Report.line(
      "the same with the profile of Mara: \(rounded(time / 1000)) µs; its save: \(innkeeper.save().count) bytes"
    )
  }

  private func measureLoading() throws {
    let bytes = BundledProfiles.profile("mara") ?? []
    let compiled = try Program(profile: bytes, name: "mara.yaml").fileBytes()
    let medians = try Race(
      rounds: rounds,
      contestants: [
        {
          try nanoseconds(per: 10) { for _ in 0..<10 { _ = try Program(profile: bytes, name: "mara.yaml") } }
        },
        { try nanoseconds(per: 10) { for _ in 0..<10 { _ = try Program(file: compiled) } } },
      ]
    ).medians()
    Report.line(
      "Mara: compiling the YAML \(rounded(medians[0] / 1000)) µs, loading the compiled program \(rounded(medians[1] / 1000)) µs"
    )
  }

  private static let profile = """
    dramatis: 1
    character: Watchman
    variables: { alarm: { initial: 0, min: 0, max: 3 } }
    questions:
      threatened: { ask: Is the watchman threatened?, cues: [knife, or else] }
      greeted: { ask: Is the watchman greeted?, cues: [good evening, good morning] }
    machines:
      mood:
        states: { calm: At ease., tense: On edge. }
        transitions:
          - { from: any, to: tense, when: threatened, set: { alarm: alarm + 1 } }
          - { from: any, to: calm, when: greeted }
    lines:
      - { when: mood == tense, say: ["Step back, {user}.", "Hands where I see them.", "I said no."] }
      - { when: greeted, say: ["Evening.", "And to you, {user}."] }
      - { say: ["Move along.", "Nothing to see.", "Hm."] }
    """
}
