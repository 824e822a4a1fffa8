import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM
import Foundation
import Synchronization
import TestSupport
import Testing

/// Codifying sources of some length, with replies as a strong model would give them.
@Suite struct CodifyTests {
  private static func source(_ name: String) throws -> CodifySource {
    let path = "Tests/DramatisAuthoringTests/Codify/Replies/\(name)/source.txt"
    return CodifySource(prose: try Repository.text(path), title: "\(name).txt")
  }

  @Test(arguments: ["odile", "anselm"])
  func `a page of prose becomes a character that is valid, grounded and tried`(name: String) async throws {
    let author = try ScriptedAuthor(folder: name)
    let codified = try await Codifier(try Self.source(name), with: author.model()).codify()
    try Self.compare(codified.profile, with: "\(name)/profile.yaml")
    let compilation = Compilation(of: Array(codified.profile.utf8), name: "\(name).yaml").linted()
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
    let program = try compilation.requiredProgram
    try Self.expectGrounded(program)
    let taken = codified.report.taken
    #expect(taken.requests <= 40 && taken.promptTokens + taken.replyTokens <= 40_000, "\(taken)")
    let passed = codified.report.trials.count { $0.failure == nil }
    #expect(codified.report.trials.count >= 8 && passed * 10 >= codified.report.trials.count * 8)
    let scenarios = try #require(codified.scenarios(of: "\(name).yaml"))
    let reading = ScenarioFile(of: Array(scenarios.utf8), name: "s.yaml").reading(for: program)
    #expect(reading.isSound && reading.scenarios.count == codified.report.trials.count)
    for scenario in reading.scenarios {
      #expect(try await ScenarioRunner(program).run(scenario).failures.isEmpty, "\(scenario.name)")
    }
  }

  /// Every state, transition, gate, statement, commitment and line says where it comes from.
  private static func expectGrounded(_ program: Program) throws {
    for (index, machine) in program.machines.enumerated() {
      for state in machine.states.dropFirst().dropLast() {
        #expect(!program.sources(of: .state, named: "\(machine.name).\(state.name)").isEmpty)
      }
      for transition in machine.transitions {
        #expect(!program.sources(of: .transition, named: program.name(of: transition, in: index)).isEmpty)
      }
    }
    for gate in program.treeNodes.flatMap(\.gates) {
      #expect(!program.sources(of: .gate, named: program.text(of: gate.condition)).isEmpty)
    }
    for statement in program.statements {
      #expect(!program.sources(of: .statement, named: statement).isEmpty)
    }
    for commitment in program.commitments {
      #expect(!program.sources(of: .commitment, named: commitment.name).isEmpty)
    }
    #expect(program.provenance.allSatisfy { !$0.quotes.isEmpty && $0.place != nil })
  }

  private static func compare(_ text: String, with golden: String) throws {
    let file = Repository.file("Tests/DramatisAuthoringTests/Codify/Replies/\(golden)")
    if Repository.isUpdatingGoldens { try Data(text.utf8).write(to: file) }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(text == kept, "the profile differs from \(golden)")
    #expect(!Repository.isUpdatingGoldens, "\(golden) was written; run again without UPDATE_GOLDENS")
  }

  @Test func `twenty turns without a model reach every state and repeat no line within eight`() async throws {
    let codified = try await Codifier(
      try Self.source("odile"), with: try ScriptedAuthor(folder: "odile").model()
    )
    .codify()
    let program = try compile(codified.profile)
    let session = try Session(cast: [program], discriminator: CueDiscriminator(for: [program]))
    let said = [
      "Where am I?", "Good evening.", "What is that whistle?", "May I sit?", "Your lamp is a piece of junk.",
      "It was just a joke.", "I am sorry.", "Let me help you with the oil.", "Is it always so windy?",
      "I'll stay the night.", "What time is it?", "Do you have a son?", "I see.", "What a light that is!",
      "A ship in trouble!", "Where?", "They are safe now.", "Have a rum.", "No?", "Goodbye.",
    ]
    var reached: Set<String> = []
    var lines: [String] = []
    for text in said {
      let turn = try await session.respond(to: text, by: "Guest")
      let line = try #require(turn.line?.text)
      #expect(!lines.suffix(7).contains(line), "'\(line)' comes again")
      lines.append(line)
      let states = try #require(turn.records.first?.steps.last?.step.snapshot.states)
      for (machine, state) in zip(program.machines, states) {
        reached.insert("\(machine.name).\(machine.states[state].name)")
      }
    }
    let all = program.machines.flatMap { machine in
      machine.states.dropFirst().dropLast().map { "\(machine.name).\($0.name)" }
    }
    #expect(Set(all).subtracting(reached).isEmpty)
  }

  @Test func `what is not in the source is told once and then left out`() async throws {
    var author = SmallSource.author
    let invented = #", {"quote": "Ben has a cat", "kind": "secret", "text": "Ben has a cat."}]}"#
    author.replies["facts"] = author.replies["facts"].map { String($0.dropLast(2)) + invented }
    let model = author.model()
    let report = try await Codifier(SmallSource.source, with: model).codify().report
    #expect(model.requests[1].messages.last?.text.contains("Ben has a cat") == true)
    #expect(report.facts.map(\.id) == ["f1", "f2", "f3", "f4"])
    #expect(report.leftOut.contains { $0.stage == "facts" && $0.why.contains("Ben has a cat") })
    #expect(report.stages[0].repaired == 1)
  }

  @Test func `a trial that fails is told with what was heard, and kept as one that fails`() async throws {
    let model = SmallSource.author.model()
    let codified = try await Codifier(SmallSource.source, with: model).codify()
    #expect(model.requests.last?.messages[1].text.contains("heard: nothing") == true)
    #expect(codified.report.trials.map { $0.failure == nil } == [true, true, false])
    #expect(codified.scenarios(of: "ben.yaml")?.contains("fails: ") == true)
    var mending = SmallSource.author
    mending.replies["mend"] = #"{"cues": [{"question": "thanked", "cues": ["hm"]}], "transitions": []}"#
    let mended = try await Codifier(SmallSource.source, with: mending.model()).codify()
    #expect(mended.report.trials.allSatisfy { $0.failure == nil })
    #expect(mended.profile.contains("- \"hm\""))
  }
}
