import Dramatis
import DramatisCompiler
import FoundationEssentials
import TestSupport
import Testing

/// Each profile that we ship, talked with for forty events that visit all of it, with no model.
@Suite struct ConversationTests {
  static let names = ["kaethe", "mara", "plimsoll"]

  @Test(arguments: names) func `a shipped profile compiles with nothing to say`(name: String) throws {
    let compilation = try Compilation(shipped: name)
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
  }

  @Test(arguments: names) func `a conversation visits every state`(name: String) async throws {
    let (program, turns) = try await Self.conversation(name)
    #expect(turns.count == 40)
    for (index, machine) in program.machines.enumerated() {
      // A line's own step may move on at once, so both steps of a turn count.
      let reached = [0] + turns.flatMap(Self.steps).map { $0.snapshot.states[index] }
      let missed = machine.states.indices.filter { !reached.contains($0) }.map { machine.states[$0].name }
      #expect(missed.isEmpty, "\(machine.name) never came to \(missed)")
    }
  }

  @Test(arguments: names) func `a conversation fires every transition`(name: String) async throws {
    let (program, turns) = try await Self.conversation(name)
    let fired = turns.flatMap(Self.steps).flatMap(\.grounding.fired)
    for (index, machine) in program.machines.enumerated() {
      let taken = Set(fired.filter { $0.machine == index }.map(\.transition))
      let missed = machine.transitions.indices.filter { !taken.contains($0) }
      #expect(missed.isEmpty, "\(machine.name) never takes transitions \(missed), counted from 0")
    }
  }

  @Test(arguments: names) func `a conversation speaks from every statement`(name: String) async throws {
    let (program, turns) = try await Self.conversation(name)
    let fired = Set(turns.flatMap(Self.steps).flatMap(\.grounding.statements).map(\.statement))
    let missed = program.statements.indices.filter { !fired.contains($0) }.map { program.statements[$0] }
    #expect(missed.isEmpty)
  }

  @Test(arguments: names) func `a character always answers and never repeats itself`(name: String)
    async throws
  {
    let (_, turns) = try await Self.conversation(name)
    for (index, turn) in turns.enumerated() {
      let isConcerned = turn.records.contains { $0.event?.step.grounding.role == .passive }
      #expect((turn.line != nil) == isConcerned, "turn \(turn.number)")
      let earlier = turns[max(index - 7, 0)..<index].compactMap(\.line?.text)
      #expect(!earlier.contains(turn.line?.text ?? ""), "turn \(turn.number)")
    }
    #expect(turns.contains { $0.line == nil }, "some event should not concern the character")
  }

  @Test(arguments: names) func `a conversation is the same twice`(name: String) async throws {
    let (_, first) = try await Self.conversation(name)
    let (_, second) = try await Self.conversation(name)
    #expect(first.map(\.line?.text) == second.map(\.line?.text))
    #expect(first.map { $0.records.map(\.after) } == second.map { $0.records.map(\.after) })
  }
}

extension ConversationTests {
  static func events(_ name: String) throws -> [Event] {
    let file = Repository.file("Tests/DramatisTests/Session/Conversations/\(name).jsonl")
    return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(Event.self, from: Data($0)) }
  }

  /// Talks with a character as `dramatis run --speak` does.
  static func conversation(_ name: String) async throws -> (Program, [Turn]) {
    let program = try Compilation(shipped: name).requiredProgram
    let session = try Session(cast: [program])
    var turns: [Turn] = []
    for event in try events(name) { turns.append(try await session.respond(to: event)) }
    return (program, turns)
  }

  private static func steps(_ turn: Turn) -> [Step] {
    turn.records.flatMap(\.steps).map(\.step)
  }
}
