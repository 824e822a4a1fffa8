import Foundation
import TestSupport
import Testing

/// `distributions` in the output of `dramatis run`.
@Suite struct RunDistributionTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    questions: { accused: { ask: "Is Mara accused?" }, thanked: { ask: "Is Mara thanked?" } }
    machines:
      mood:
        probabilistic: belief
        states: { wary: "", warm: "" }
        transitions:
          - { from: any, to: wary, when: accused }
          - { from: any, to: warm, when: thanked }
      trust:
        probabilistic: sample
        states: { some: "" }
        transitions: [{ from: unactivated, to: some, when: thanked }]
      place:
        states: { inn: "" }
        transitions: [{ from: any, to: inn, when: true }]
    """

  private func outputs(_ input: [String], _ profile: String = RunDistributionTests.profile) async throws
    -> [[String: [String: Double]]]
  {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", profile)
    let result = try await Tool.dramatis("run", path, input: input.joined(separator: "\n"))
    #expect(result.status == 0, "\(result.errors)")
    return try result.lines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?["distributions"] as? [String: [String: Double]])
    }
  }

  @Test func `every probabilistic machine has every state, every other machine none`() async throws {
    let outputs = try await outputs([
      #"{"text":"x","answers":{"accused":0.75,"thanked":0}}"#,
      #"{"text":"x","to":["Ann"],"answers":{"accused":"yes","thanked":"yes"}}"#,
      #"{"actor":"Mara","text":"x","answers":{"accused":"yes"}}"#,
      #"{"text":"x","answers":{"accused":"no","thanked":"yes"}}"#,
    ])
    #expect(outputs.count == 4)
    for output in outputs {
      #expect(output.keys.sorted() == ["mood", "trust"])
      #expect(output["mood"]?.keys.sorted() == ["other", "unactivated", "warm", "wary"])
      #expect(output["trust"]?.keys.sorted() == ["other", "some", "unactivated"])
      for machine in output.values { #expect(abs(machine.values.reduce(0, +) - 1) < 1e-12) }
      #expect(output["mood"]?["other"] == 0)
    }
    // 0.75 against a millionth, and staying 0.25 times what is left.
    let (wary, warm, stays) = (0.75, 1e-6, 0.25 * (1 - 1e-6))
    let sum = wary + warm + stays
    for output in outputs.prefix(3) {
      for (state, weight) in [("wary", wary), ("warm", warm), ("unactivated", stays)] {
        #expect(abs((output["mood"]?[state] ?? -1) - weight / sum) < 1e-12)
      }
    }
    #expect((outputs[3]["mood"]?["warm"] ?? 0) > 0.99)
  }

  @Test func `a profile without probabilistic machines has an empty object`() async throws {
    let profile = Self.profile.replacingOccurrences(of: "probabilistic: belief", with: "probabilistic: false")
      .replacingOccurrences(of: "probabilistic: sample", with: "probabilistic: false")
    #expect(try await outputs([#"{"text":"x"}"#], profile) == [[:]])
  }
}
