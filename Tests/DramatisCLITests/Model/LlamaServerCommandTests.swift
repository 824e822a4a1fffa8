import Foundation
import TestSupport
import Testing

/// The whole way to a real service and back.
@Suite(.serialized, .enabled(if: LlamaServer.isThere, "llama-server has been built"))
struct LlamaServerCommandTests {
  @Test func `a chat, a run, the list and the doctor work with llama-server`() async throws {
    try await LlamaServer.run { server in
      let address = "http://127.0.0.1:\(server.port)"
      let chat = try await ModelCommandTests.tool(
        ["chat", "ann", "--base-url", address, "--model", "tiny", "--discriminator", "cues"],
        input: "hello\n/retry\n")
      #expect(chat.status == 0, "\(chat.errors)")
      #expect(chat.lines.count { $0 == "Ann: \(LlamaServer.reply)" } == 2)
      let run = try await ModelCommandTests.tool(
        ["run", "ann", "--speak", "--discriminator", "llm"], input: #"{"text":"psst"}"#,
        environment: ["DRAMATIS_BASE_URL": address, "DRAMATIS_MODEL": "tiny"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains(#""line":"\#(LlamaServer.reply)""#))
      let models = try await ModelCommandTests.tool(["models", "--base-url", address])
      #expect(models.lines.first?.hasPrefix("tiny") == true)
      let doctor = try await ModelCommandTests.tool(["doctor", "--base-url", address, "--model", "tiny"])
      #expect(doctor.status == 0, "\(doctor.output)")
      for subject in ["reachable", "key", "model", "streaming", "schema", "log-probabilities", "roles"] {
        #expect(doctor.output.contains("fine: \(subject)"), "\(doctor.output)")
      }
    }
  }
}
