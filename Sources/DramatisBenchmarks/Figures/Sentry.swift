import Dramatis
import DramatisCompiler

/// A machine whose guards read the event and variables, for the engine; the peers have it by hand.
struct Sentry {
  static let kinds = ["noise", "sight", "shot", "quiet", "reload", "heal"]

  let program: Program
  let events: [PreparedEvent]
  let answers: Answers

  init() throws {
    let program = try Program(profile: Array(Self.profile.utf8), name: "sentry.yaml")
    self.program = program
    events = Self.kinds.map { program.uncheckedPrepared(Event(text: $0, kind: $0)) }
    answers = Answers(for: program)
  }

  /// Kinds of events at random, the same for everybody.
  static func randomKinds(_ count: Int) -> [UInt8] {
    var random = SplitMix64(state: 7)
    return (0..<count).map { _ in UInt8.random(in: 0..<UInt8(kinds.count), using: &random) }
  }

  /// State, health, ammo and alarm.
  func place(_ position: Position) throws -> [Int] {
    [
      try position.state(of: 0), try position.value(of: 0), try position.value(of: 1),
      try position.value(of: 2),
    ]
  }

  static let profile = """
    dramatis: 1
    character: Sentry
    variables:
      health: { initial: 10, min: 0, max: 10 }
      ammo: { initial: 6, min: 0, max: 6 }
      alarm: { initial: 0, min: 0, max: 5 }
    machines:
      duty:
        states: { patrol: Walks., alert: Listens., attack: Fires., cover: Hides., retreat: Runs. }
        transitions:
          - { from: unactivated, to: patrol, when: 'true' }
          - { from: patrol, to: patrol, when: event.kind == "noise" and alarm < 3, set: { alarm: alarm + 1 } }
          - { from: patrol, to: alert, when: event.kind == "noise" and alarm >= 3 }
          - { from: patrol, to: attack, when: event.kind == "sight" and ammo > 0, set: { alarm: 5 } }
          - { from: patrol, to: attack, when: event.kind == "shot" and health > 4, set: { health: health - 2 } }
          - { from: patrol, to: retreat, when: event.kind == "shot" and health <= 4 }
          - { from: alert, to: attack, when: event.kind == "sight" and ammo > 0 }
          - { from: alert, to: alert, when: event.kind == "quiet" and alarm > 1, set: { alarm: alarm - 1 } }
          - { from: alert, to: patrol, when: event.kind == "quiet" and alarm <= 1, set: { alarm: 0 } }
          - { from: alert, to: cover, when: event.kind == "shot" and health > 2, set: { health: health - 2 } }
          - { from: attack, to: attack, when: event.kind == "sight" and ammo > 1, set: { ammo: ammo - 1 } }
          - { from: attack, to: cover, when: event.kind == "sight" and ammo <= 1, set: { ammo: 0 } }
          - { from: attack, to: retreat, when: event.kind == "shot" and health <= 3, set: { health: health - 1 } }
          - { from: attack, to: alert, when: event.kind == "quiet" }
          - { from: cover, to: cover, when: event.kind == "reload" and ammo < 6, set: { ammo: ammo + 2 } }
          - { from: cover, to: attack, when: event.kind == "sight" and ammo > 2, set: { ammo: ammo - 1 } }
          - { from: cover, to: retreat, when: event.kind == "shot" and health <= 2 }
          - { from: cover, to: cover, when: event.kind == "heal" and health < 10, set: { health: health + 1 } }
          - { from: retreat, to: retreat, when: event.kind == "heal" and health < 8, set: { health: health + 3 } }
          - { from: retreat, to: patrol, when: event.kind == "heal" and health >= 8, set: { alarm: 0 } }
          - { from: retreat, to: retreat, when: event.kind == "reload", set: { ammo: 6 } }
          - { from: retreat, to: alert, when: event.kind == "quiet" and health > 5 }
    """
}
