import Dramatis
import DramatisCompiler
import FoundationEssentials

/// A town of two hundred watchmen, twenty merchants and thirty beggars, from three profiles.
///
/// Shows what a game does with characters: facts of the game as answers, a budget of two milliseconds a tick, detail for those who
/// are near, one character who reacts to another's line, saving, reloading a changed profile, and a record of one
/// watchman that replays. Run it from the root of the repository.
@main
struct Town {
  /// What the game knows, and no text says.
  struct World: Sendable {
    var isNight = true
    var wanted: Set<String> = ["Rowan"]

    func answer(_ request: QuestionRequest) -> Answer? {
      switch request.question.name {
      case "isNight": isNight ? .yes : .no
      case "isWanted": wanted.contains(request.event.actor ?? "") ? .yes : .no
      case "isWatched": request.event.data["watchmen"].map { $0 == 0 ? .no : .yes } ?? .no
      default: nil
      }
    }

    /// The facts that mute characters need, given with the event.
    func facts(for event: Event) -> [String: Answer] {
      [
        "isNight": isNight ? .yes : .no, "isWanted": wanted.contains(event.actor ?? "") ? .yes : .no,
        "isWatched": .no,
      ]
    }
  }

  static func main() async throws {
    var world = World()
    let texts = try ["watchman", "merchant", "beggar"].map {
      try String(contentsOf: URL(filePath: "Examples/Town/\($0).yaml"), encoding: .utf8)
    }
    let programs = try texts.map { try Program(profile: Array($0.utf8), name: "town") }

    // Two hundred and fifty characters of three programs, each with a name and chance of its own.
    var town = Crowd()
    var people: [String: Crowd.Handle] = [:]
    for (program, count) in zip(programs, [200, 20, 30]) {
      for number in 1...count {
        let name = "\(program.character) \(number)"
        people[name] = town.add(Instance(of: program, named: name, seed: UInt64(number)))
      }
    }
    guard let watchman = people["Watchman 17"], let merchant = people["Merchant 3"],
      let beggar = people["Beggar 8"]
    else { return }
    print("\(town.count) people")

    // Those near the player speak; all others step in silence.
    for near in [watchman, merchant, beggar] { try town.setDetail(.lines, of: near) }
    for event in [
      Event(actor: "Rowan", text: "Good evening."), Event(kind: "coin", data: ["from": "Rowan"]),
      Event(actor: "Rowan", text: "Let me in, or else!"),
    ] {
      try town.postToAll(event, answers: event.kind == "coin" ? [:] : world.facts(for: event))
      try work(&town, world)
    }

    // One reacts to what another said: a line is an event like any other.
    let shout = try town.update(watchman) { (instance) throws(InstanceError) in
      try instance.turn(Event(actor: "Rowan", text: "I have a knife!"), answering: world.answer)
    }
    print("Watchman 17: \(shout.line ?? "…")")
    let answer = try town.update(merchant) { (instance) throws(InstanceError) in
      try instance.turn(Event(actor: "Watchman 17", text: shout.line), answering: world.answer)
    }
    print("Merchant 3: \(answer.line ?? "…")")

    // The game saves, and goes on from the save as if nothing had happened.
    let bytes = town.save()
    town = try Crowd(restoring: bytes, of: programs)
    people = Dictionary(
      try town.handles.map { (try town.instance($0).name, $0) }, uniquingKeysWith: { first, _ in first })
    print("saved \(town.count) people in \(bytes.count / town.count) bytes each")

    // A designer edits the profile under the running game.
    let edited = texts[0].replacing("alarmed", with: "roused")
    let reload = try town.reload(try Program(profile: Array(edited.utf8), name: "town"))
    print("reloaded \(reload.count) watchmen")
    for (change, count) in reload.changes { print("  \(change) (\(count) times)") }

    // The player talks to one of them at length: a session, with a record that replays.
    world.isNight = false
    if let known = people["Watchman 17"] {
      var instance = try town.instance(known)
      let session = try Session(cast: [instance], user: "Rowan")
      for text in ["I am looking for the mill.", "It was a joke, or else!", "Good day then."] {
        let turn = try await session.respond(
          to: Event(actor: "Rowan", text: text), given: ["isNight": .no, "isWanted": .no])
        print("Watchman 17: \(turn.line?.text ?? "…")")
      }
      try instance.resume(try await session.snapshot(of: "Watchman 17"))
      try town.update(known) { $0 = instance }
      let record = try Transcript(bytes: await session.transcript.bytes)
      let again = try record.turns(to: record.head)
      let isSame = again.last?.line?.text == (await session.lastLine?.text)
      print("the record of \(again.count) turns replays: \(isSame)")
      try explain(&town, known, world)
    }
  }

  /// Ticks of two milliseconds until nothing waits.
  private static func work(_ town: inout Crowd, _ world: World) throws {
    var ticks = 0
    repeat {
      let tick = town.tick(budget: .time(.milliseconds(2)), answering: world.answer)
      ticks += 1
      for said in tick.lines { print("\(said.turn.instance): \(said.turn.line ?? "…")") }
      for degraded in tick.degraded {
        print("no time: \(try town.instance(degraded.handle).name) only stepped")
      }
    } while town.waiting > 0 && ticks < 1000
  }

  /// Why somebody did what they did.
  private static func explain(_ town: inout Crowd, _ handle: Crowd.Handle, _ world: World) throws {
    let explanations = try town.update(handle) { (instance) throws(InstanceError) in
      instance.remembersSteps = 2
      _ = try instance.turn(Event(actor: "Rowan", text: "To arms!"), answering: world.answer)
      return instance.explanations
    }
    for explanation in explanations { print(explanation) }
  }
}
