import DramatisLLM
import Foundation
import TestSupport
import Testing

@testable import DramatisCLI

/// Which model flags, environment and configuration come to.
@Suite struct ModelResolverTests {
  private static let configuration = """
    default: home
    endpoints:
      home: { base-url: "http://localhost:1234", model: house, temperature: 0.3, max-tokens: 50, context: 9000 }
      work: { base-url: "https://models.example/api", protocol: anthropic, key-variable: WORK_KEY, model: desk }
      near: { base-url: "http://near.example:1/v1", protocol: ollama, model: m }
      bare: { base-url: "https://bare.example/v1", timeout: 9 }
    """

  private static func resolve(
    _ flags: [String], _ environment: [String: String] = [:], _ configuration: String = Self.configuration
  ) throws -> ConfiguredModel? {
    try ModelResolver(
      options: try ModelOptions.parse(flags),
      configuration: try ModelConfiguration(Array(configuration.utf8), name: "config.yaml"),
      environment: { environment[$0] ?? "" }
    ).model()
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let flags: String
    let environment: [String: String]
    let address: String
    let model: String
    var hasKey = false
    var isConfigured = true
    var dialect = Endpoint.Dialect.openAI

    var testDescription: String { "\(flags) \(environment)" }
  }

  private static let variables = ["DRAMATIS_BASE_URL": "http://env:1/v1", "DRAMATIS_MODEL": "env"]

  @Test(arguments: [
    Case(flags: "", environment: [:], address: "http://localhost:1234/v1", model: "house"),
    Case(flags: "", environment: variables, address: "http://env:1/v1", model: "env"),
    Case(flags: "--model flag", environment: variables, address: "http://env:1/v1", model: "flag"),
    Case(
      flags: "", environment: ["DRAMATIS_MODEL": "env"], address: "http://localhost:1234/v1", model: "env"),
    Case(
      flags: "--endpoint work", environment: variables.merging(["WORK_KEY": "k"]) { $1 },
      address: "https://models.example/api", model: "desk", hasKey: true, dialect: .anthropic),
    Case(flags: "--endpoint bare", environment: variables, address: "https://bare.example/v1", model: "env"),
    Case(
      flags: "--base-url http://flag:2/", environment: variables.merging(["OPENAI_API_KEY": "k"]) { $1 },
      address: "http://flag:2/v1", model: "env", hasKey: true),
    Case(
      flags: "--endpoint ollama --model m", environment: ["OPENAI_API_KEY": "k"],
      address: "http://localhost:11434", model: "m", dialect: .ollama),
    Case(
      flags: "--endpoint near", environment: [:], address: "http://near.example:1", model: "m",
      dialect: .ollama),
    Case(
      flags: "--model gpt", environment: ["OPENAI_API_KEY": "k"], address: "https://api.openai.com/v1",
      model: "gpt",
      hasKey: true, isConfigured: false),
    Case(
      flags: "", environment: ["ANTHROPIC_API_KEY": "k", "DRAMATIS_MODEL": "claude-x"],
      address: "https://api.anthropic.com/v1", model: "claude-x", hasKey: true, isConfigured: false,
      dialect: .anthropic),
    Case(
      flags: "--endpoint llama-server", environment: [:], address: "http://localhost:8080/v1",
      model: "default",
      isConfigured: false),
  ])
  func `flags win over the environment, and the environment over the configuration`(test: Case) throws {
    let found = try Self.resolve(
      test.flags.split(separator: " ").map(String.init), test.environment,
      test.isConfigured ? Self.configuration : "{}")
    let model = try #require(found)
    #expect("\(model.endpoint.address)" == test.address)
    #expect(model.endpoint.model == test.model)
    #expect((model.endpoint.key != nil) == test.hasKey)
    #expect(model.endpoint.dialect == test.dialect)
  }

  @Test func `numbers come from flags, else from the configuration`() throws {
    let plain = try #require(try Self.resolve([]))
    #expect(plain.temperature == 0.3 && plain.maxTokens == 50 && plain.contextTokens == 9000)
    let flagged = try #require(
      try Self.resolve([
        "--temperature", "1", "--max-tokens", "9", "--timeout", "2.5", "--context", "1000",
      ]))
    #expect(flagged.temperature == 1 && flagged.maxTokens == 9 && flagged.endpoint.contextTokens == 1000)
    #expect(flagged.endpoint.limits.total == .seconds(2.5))
  }

  @Test func `limits, prices and ways of asking come from flags, else from the configuration`() throws {
    let configuration = """
      endpoints:
        a: { base-url: "http://a:1/v1", model: m, deadline: 3, questions: probabilities, price-prompt: 2, \
      price-reply: 4, at-once: 2, per-minute: 60 }
      """
    let plain = try #require(try Self.resolve(["--endpoint", "a"], [:], configuration))
    #expect(plain.deadline == .seconds(3) && plain.method == .probabilities && plain.budget.calls == nil)
    let flags = [
      "--endpoint", "a", "--deadline", "9", "--questions", "batch", "--batch", "3", "--budget-calls", "5",
      "--budget-tokens", "70", "--budget-cost", "0.5",
    ]
    let flagged = try #require(try Self.resolve(flags, [:], configuration))
    #expect(flagged.deadline == .seconds(9) && flagged.method == .batch(3))
    #expect(flagged.budget.calls == 5 && flagged.budget.tokens == 70 && flagged.budget.cost == 0.5)
    #expect(throws: Failure.self) { try Self.resolve(["--budget-cost", "1"]) }
  }

  @Test func `a key alone configures nothing, so that nothing is sent unasked`() throws {
    #expect(try Self.resolve([], ["OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"], "{}") == nil)
  }

  @Test(arguments: [
    ("default: [", "config.yaml:1"), ("mood: sad", "unknown key"),
    ("default: nowhere", "no endpoint is called"),
    ("endpoints: { a: { model: x } }", "no 'base-url'"),
    ("endpoints: { a: { base-url: x, key: sk-4711 } }", "key-file"),
    ("endpoints: { a: { base-url: x, temperature: hot } }", "a number from 0 to 2"),
    ("endpoints: { a: { base-url: x, max-tokens: 1.5 } }", "a whole number"),
    ("endpoints: { a: { base-url: x, protocol: smoke } }", "a protocol is openai, anthropic"),
    ("- a", "keys with values"), ("default: &a [*a]", "the alias 'a' contains itself (P010)"),
    ("default: *sk-4711", "undefined alias (P009)"), ("default: !sk-4711 x", "a tag is not allowed (P015)"),
    ("endpoints: { a: { base-url: x, api-key: sk-4711, api-key: sk-4711 } }", "config.yaml:1"),
  ])
  func `a mistake in the configuration is told with its place, and no value is quoted`(
    text: String, message: String
  ) throws {
    let failure = #expect(throws: Failure.self) {
      try ModelConfiguration(Array(text.utf8), name: "config.yaml")
    }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    #expect(failure?.message.contains("4711") == false)
  }

  @Test(arguments: ["", "\n", "# nothing yet\n"])
  func `a configuration that says nothing is none`(text: String) throws {
    let configuration = try ModelConfiguration(Array(text.utf8), name: "config.yaml")
    #expect(configuration.endpoints.isEmpty && configuration.standard == nil)
  }

  @Test func `a configuration that is not UTF-8 is told as such`() throws {
    let failure = #expect(throws: Failure.self) {
      try ModelConfiguration([0x61, 0x3A, 0x20, 0xFF], name: "config.yaml")
    }
    #expect(failure?.message.hasSuffix("(P002)") == true && failure?.message.contains("UTF-8") == true)
  }

  @Test(arguments: ["http://", "http:///", "https:////", "http:///v1"])
  func `an address without a host is refused before its path could become one`(address: String) {
    let failure = #expect(throws: Failure.self) {
      try Self.resolve(["--base-url", address, "--model", "m"], ["OPENAI_API_KEY": "sk-4711"])
    }
    #expect(failure?.status == .usage && failure?.message.contains("it has no host") == true)
  }

  @Test func `a key file that others can read is refused, and one that is tight is used`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("key", "sk-file\n")
    let configuration =
      "endpoints: { a: { base-url: 'https://a.example/v1', model: m, key-file: '\(path)' } }"
    for (mode, isFine) in [(0o644, false), (0o640, false), (0o600, true), (0o400, true)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      let found = try? Self.resolve(["--endpoint", "a"], [:], configuration)
      #expect((found?.endpoint.key != nil) == isFine, "\(mode)")
    }
  }

  @Test(arguments: [
    ("http://192.168.0.9/v1", true), ("https://192.168.0.9/v1", false), ("http://localhost:1/v1", false),
    ("http://127.0.0.1/v1", false), ("http://[::1]:1/v1", false), ("http://127.evil.example/v1", true),
    ("http://localhost.example/v1", true),
  ])
  func `a key over plain http to another machine is warned of`(address: String, isExposed: Bool) throws {
    let found = try Self.resolve(["--base-url", address, "--model", "m"], ["OPENAI_API_KEY": "k"])
    #expect(found?.endpoint.exposesKey == isExposed)
    let keyless = try Self.resolve(["--base-url", address, "--model", "m"])
    #expect(keyless?.endpoint.exposesKey == false)
  }

  @Test(arguments: [
    ["--base-url", "ftp://x/v1", "--model", "m"], ["--base-url", "http://u:p@x/v1", "--model", "m"],
    ["--endpoint", "openai", "--model", "m"], ["--endpoint", "nowhere"], ["--base-url", "http://x"],
  ])
  func `what cannot be used is told`(flags: [String]) {
    #expect(throws: Failure.self) { try Self.resolve(flags, [:], "{}") }
  }
}
