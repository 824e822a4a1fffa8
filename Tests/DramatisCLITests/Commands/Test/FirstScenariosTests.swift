import Foundation
import TestSupport
import Testing

/// Profiles that have no scenarios yet.
@Suite struct FirstScenariosTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    questions:
      accused: { ask: Does someone accuse Ann?, cues: [thief] }
    machines:
      mood:
        states: { wary: }
        transitions:
          - { from: any, to: wary, when: accused }

    """

  private static func test(_ folder: borrowing TemporaryFolder, _ arguments: String...) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(["test"] + arguments, input: Data(), folder: folder.url)
  }

  @Test(arguments: [nil, "", "\n", "scenarios: 1\ntests: {}\n"])
  func `the first scenarios are suggested from nothing, and cover everything`(before: String?) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", Self.profile)
    if let before { _ = try folder.file("ann.scenarios.yaml", before) }
    let result = try await Self.test(folder, "ann.yaml", "--suggest")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.hasSuffix("no scenarios so far\n"))
    _ = try folder.file("ann.scenarios.yaml", result.output)
    #expect(try await Self.test(folder, "ann.yaml", "--min-coverage", "100").status == 0)
  }

  @Test(arguments: ["ann.yaml", "ann.scenarios.yaml"])
  func `an empty file of scenarios is called empty, whichever of the two files is named`(path: String)
    async throws
  {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", Self.profile)
    _ = try folder.file("ann.scenarios.yaml", "")
    let result = try await Self.test(folder, path)
    #expect(result.status == 1)
    #expect(
      result.errors.hasPrefix(
        "dramatis: ann.scenarios.yaml is empty: a file of scenarios begins with 'scenarios: 1'; "
          + "'dramatis test ann.yaml --suggest' makes a start\n"))
  }

  @Test(arguments: ["ann.yaml", "."])
  func `no scenarios are a problem of the input, for a profile and for a folder`(path: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", Self.profile)
    let result = try await Self.test(folder, path)
    #expect(result.status == 1)
    #expect(result.errors.contains("no scenarios"))
  }

  @Test func `a profile of a folder without scenarios is covered by none, wherever those of others lie`()
    async throws
  {
    let folder = try TemporaryFolder()
    _ = try folder.file("in/ann.yaml", Self.profile)
    _ = try folder.file(
      "in/tests/a.yaml", "scenarios: 1\nprofile: ../ann.yaml\ntests:\n  a: [{ text: Thief! }]\n")
    #expect(try await Self.test(folder, "in", "--min-coverage", "90").status == 0)
    _ = try folder.file("in/bob.yaml", Self.profile.replacing("Ann", with: "Bob"))
    let result = try await Self.test(folder, "in", "--min-coverage", "90")
    #expect(result.status == 1)
    #expect(result.output.hasSuffix("in/bob.yaml: no scenarios, 0 % covered\n  this is less than 90 %\n"))
    #expect(try await Self.test(folder, "in", "--coverage").status == 0)
    #expect(try await !Self.test(folder, "in").output.contains("bob"))
  }

  @Test(arguments: ["json", "sarif", "github", "junit"])
  func `suggestions are for people alone`(format: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", Self.profile)
    let result = try await Self.test(folder, "ann.yaml", "--suggest", "--format", format)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
  }
}
