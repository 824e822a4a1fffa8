import DramatisCompiler
import FoundationEssentials
import TestSupport
import Testing

@testable import Dramatis

@Suite struct ProgramFileTests {
  @Test(arguments: 0..<40)
  func `a random program is the same after it was written and loaded`(seed: Int) throws {
    var generator = NaiveGenerator(seed: UInt64(seed), questionCount: 4, isReadOnce: false)
    var writer = RandomConditionText(random: SeededGenerator(seed: UInt64(seed)))
    let conditions = (0..<10).map { _ in writer.condition(depth: 4) }
    for yaml in [generator.program().yaml, RandomConditionText.yaml(conditions), everything] {
      let program = try compile(yaml)
      let loaded = try Program(file: program.fileBytes())
      #expect(loaded == program)
      #expect(loaded.fileBytes() == program.fileBytes())
      #expect(loaded.questions.map { Array($0.text.utf8) } == program.questions.map { Array($0.text.utf8) })
    }
  }

  /// As deep as the parser lets conditions and calculations go.
  @Test(arguments: [
    String(repeating: "not ", count: 31) + "accused",
    String(repeating: "(accused or isOpen and ", count: 31) + "accused" + String(repeating: ")", count: 31),
    String(repeating: "not (accused or isOpen and ", count: 15) + "accused"
      + String(repeating: ")", count: 15),
    "trust > " + String(repeating: "-", count: 31) + "trust",
    "trust > " + Array(repeating: "trust", count: 33).joined(separator: " + "),
    "trust > " + ConditionLimit.nested(1),
  ])
  func `whatever compiles can be written and loaded`(condition: String) async throws {
    let program = try compile(RandomConditionText.yaml([condition]))
    #expect(throws: Never.self) { try Program(file: program.fileBytes()) }
    try await program.exercise()
  }

  @Test(arguments: 2...14)
  func `a calculation too deep to be written is refused when it compiles`(levels: Int) {
    let yaml = RandomConditionText.yaml(["trust > " + ConditionLimit.nested(levels)])
    #expect(Compilation(of: Array(yaml.utf8), name: "test.yaml").errors.map(\.code) == [.conditionSyntax])
  }

  @Test func `every truncation is refused`() throws {
    let file = try compileMara(EventRuleTests.mara).fileBytes()
    for end in file.indices {
      #expect(throws: ProgramError.self) { try Program(file: Array(file[..<end])) }
    }
  }

  @Test func `every changed byte is noticed`() throws {
    let file = try compileMara(EventRuleTests.mara).fileBytes()
    var random = SeededGenerator(seed: 1)
    for place in file.indices {
      var changed = file
      changed[place] ^= UInt8(1 << random.int(0...7))
      #expect(throws: ProgramError.self) { try Program(file: changed) }
    }
  }

  @Test func `a program cannot be decoded past its verification`() throws {
    let program = try compileMara(
      "machines: { m: { states: {}, transitions: [{ from: any, to: other, when: true }] } }\n")
    let json = String(decoding: try JSONEncoder().encode(program), as: UTF8.self)
    #expect(try JSONDecoder().decode(Program.self, from: Data(json.utf8)) == program)
    for (part, wrong) in [
      ("\"to\":1", "\"to\":7"), ("\"window\":10", "\"window\":0"), ("\"from\":[0,1]", "\"from\":[-1]"),
    ] {
      #expect(json.contains(part))
      #expect(throws: ProgramError.self) {
        try JSONDecoder().decode(Program.self, from: Data(json.replacing(part, with: wrong).utf8))
      }
    }
  }
}

/// Calculations as deep as they can be written.
enum ConditionLimit {
  /// Alternates calculations to the right with long ones to the left.
  static func nested(_ levels: Int) -> String {
    (0..<levels).reduce("trust") { inner, _ in
      "1 - (\(inner)" + String(repeating: " + 1", count: 28) + ")"
    }
  }
}
