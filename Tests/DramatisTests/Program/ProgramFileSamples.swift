@testable import Dramatis

/// A profile that uses everything that a program can hold.
let everything = """
  dramatis: 1
  character: Mara
  aliases: [the innkeeper]
  greeting: ["Well, {user}, {mood} {trust}."]
  examples: [{ event: Hello, line: Well. }]
  window: 3
  statement-budget: 3
  relevant: accused or event.data.x == 1 or actor in ["Rowan", "Ina"] or chance(0.9)
  variables:
    trust: { initial: 0, min: -2, max: 2 }
    isOpen: { initial: true }
    weather: { initial: fair, values: [fair, foul] }
  questions:
    accused: { ask: Is she accused?, cues: [cheat*], counter-cues: [no cheat], over: scene, otherwise: no }
  machines:
    mood:
      states: { wary: Wary. }
      transitions:
        - { from: any, to: wary, when: accused and trust >= -1, set: { trust: trust * 2 - 1, weather: foul } }
        - { from: wary, to: other, when: not isOpen or chance(0.5), role: any, set: { isOpen: not isOpen } }
    place:
      states: { inn: Inside. }
      transitions:
        - { from: [unactivated], to: inn, when: 'ask("Is it late?") or turn > 2', set: { trust: -trust } }
    nerve:
      probabilistic: belief
      mixed: 0.3
      stay: { steady: 0.5 }
      states: { steady: Steady. }
      transitions: [{ from: any, to: steady, when: 'ask("Calm?")', bias: 1.5 }]
  behavior:
    personality:
      - She asks.
      - when: mood == wary and weather == foul and debt_paid in [planned, paid]
        then: [She waits., { when: 'ask("Danger?")', then: [She runs.], else: [She stays.] }]
        unknown: [She looks.]
    to Rowan: { with: Rowan, statements: [She smiles.] }
  commitments:
    debt_paid: { foreshadow: A debt., trigger: accused, payoff: Paid., after: [], abandon-when: turn > 9 }
  lines:
    - { when: 'event.kind == "speech" and trust != 5', say: ["{weather} {isOpen}", "{character}"] }
    - { statement: She waits., say: [Hm.] }
  """

extension Program {
  /// The part of the file that the hash covers.
  var body: [UInt8] { Array(fileBytes().drop { $0 != UInt8(ascii: "\n") }.dropFirst()) }

  /// A file with this body and the hash that fits it.
  static func file(_ body: [UInt8]) -> [UInt8] {
    Array("dramatis-program 1 sha256:\(SHA256.hex(body))\n".utf8) + body
  }

  /// Does with a loaded program everything that can be done with one.
  func exercise() async throws {
    for machine in machines {
      for transition in machine.transitions { _ = text(of: transition.guardCondition) }
    }
    _ = fileBytes()
    let session = try Session(cast: [self], seed: 7, discriminator: HashDiscriminator())
    _ = try await session.greet(as: character)
    for (number, actor) in ["Rowan", "Ina", character, nil, "Rowan"].enumerated() {
      let event = Event(actor: actor, text: "cheating \(number)", data: ["x": .number(1)])
      let turn = try await session.respond(to: event)
      guard let snapshot = turn.records.first?.after else { continue }
      for (variable, value) in zip(variables, snapshot.variables) { _ = variable.text(value) }
    }
  }
}

/// What becomes of a body that was changed and hashed again: it is refused, or it runs.
func loadsOrRefuses(_ body: [UInt8]) async throws -> Bool {
  guard let program = try? Program(file: Program.file(body)) else { return false }
  do {
    try await program.exercise()
  } catch let error as SessionError where error.code == "no-such-character" {
    return true
  }
  return true
}
