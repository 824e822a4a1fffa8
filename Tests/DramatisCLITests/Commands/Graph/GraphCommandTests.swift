import Foundation
import TestSupport
import Testing

@Suite struct GraphCommandTests {
  @Test func `graph writes every format, one part on demand, and a file anew`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("mara.yaml", InspectCommandTests.profile)
    let file = folder.path("mara.svg")
    #expect(try await Tool.dramatis("graph", profile).output.hasPrefix("flowchart LR\n"))
    #expect(
      try await Tool.dramatis("graph", profile, "--format", "dot").output.hasPrefix("digraph dramatis {\n"))
    #expect(
      try await Tool.dramatis("graph", profile, "--format", "svg", "-o", file).errors == "\(file) written\n")
    #expect(try folder.text("mara.svg").hasSuffix("</svg>\n"))
    #expect(try await Tool.dramatis("graph", profile, "-o", file).status == 0)
    #expect(try folder.text("mara.svg").hasPrefix("flowchart LR\n"))
    #expect(!(try await Tool.dramatis("graph", profile, "--only", "mood").output.contains("manners")))
    let missing = try await Tool.dramatis("graph", profile, "--only", "nobody")
    #expect(missing.status == 2 && missing.errors.contains("there are: mood, manners"))
  }
}
