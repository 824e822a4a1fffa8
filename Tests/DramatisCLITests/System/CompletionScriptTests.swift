import Foundation
import TestSupport
import Testing

@Suite struct CompletionScriptTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `a shell's completions know every command`(shell: String) async throws {
    let script = try await Tool.dramatis("--generate-completion-script", shell)
    #expect(script.status == 0)
    for command in ["chat", "run", "validate", "sessions", "replay", "diff", "graph", "simulate", "inspect"] {
      #expect(script.output.contains(command), "\(command)")
    }
  }

  @Test func `bash reads its script, and sessions complete by name`() async throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.url.path]
    let script = try folder.file(
      "dramatis.bash", try await Tool.dramatis("--generate-completion-script", "bash").output)
    #expect(try await Tool(executable: URL(filePath: "/bin/bash"))("-n", script).status == 0)
    let chat = "good evening\n/save the ale\n"
    #expect(
      try await Tool.dramatis.run(["chat", "mara"], input: Data(chat.utf8), environment: environment).status
        == 0)
    let names = try await Tool.dramatis.run(
      ["---completion", "replay", "--", "positional@0", "0", "0", "the"], input: Data(),
      environment: environment.merging(["SAP_SHELL": "bash"]) { $1 })
    #expect(names.lines.contains("the ale"), "\(names)")
  }
}
