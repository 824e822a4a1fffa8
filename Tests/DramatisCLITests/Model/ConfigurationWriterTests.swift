import TestSupport
import Testing

@testable import DramatisCLI

/// What is found of an endpoint goes into the file of endpoints, and nothing else there changes.
@Suite struct ConfigurationWriterTests {
  typealias Setting = ConfigurationWriter.Setting

  private static let settings = [Setting("parallel", "2"), Setting("prompt-form", "compact")]
  private static let place = [
    Setting("base-url", text: "http://127.0.0.1:8080/v1"), Setting("model", text: "tiny:1b"),
  ]

  private static func change(
    _ text: String, name: String = "home"
  ) throws -> ConfigurationWriter.Change {
    try ConfigurationWriter(Array(text.utf8), name: "config.yaml").adding(settings, to: name, at: place)
  }

  @Test(arguments: [
    (
      "endpoints:\n  home:\n    base-url: http://x # mine\n    model: m\n",
      "endpoints:\n  home:\n    base-url: http://x # mine\n    model: m\n    parallel: 2\n    prompt-form: compact\n"
    ),
    (
      "endpoints:\n  home:\n    base-url: http://x\n    extra-body:\n      safe: [a,\n        b]\n  # next\n  work: { base-url: http://y }",
      "endpoints:\n  home:\n    base-url: http://x\n    extra-body:\n      safe: [a,\n        b]\n    parallel: 2\n    prompt-form: compact\n  # next\n  work: { base-url: http://y }"
    ),
    (
      "default: home\r\nendpoints:\r\n    home:\r\n        base-url: http://x",
      "default: home\r\nendpoints:\r\n    home:\r\n        base-url: http://x\r\n        parallel: 2\r\n        prompt-form: compact\r\n"
    ),
    (
      "endpoints:\n  home:\n    base-url: http://x\n    stop: >\n      END\n\ndefault: home\n",
      "endpoints:\n  home:\n    base-url: http://x\n    stop: >\n      END\n\n    parallel: 2\n    prompt-form: compact\ndefault: home\n"
    ),
  ])
  func `keys go behind those of the endpoint, in its own indentation`(before: String, after: String) throws {
    let change = try Self.change(before)
    #expect(change.text == after)
    #expect(change.added.map { $0.drop { $0 == " " } } == ["parallel: 2", "prompt-form: compact"])
    #expect(change.kept.isEmpty)
  }

  @Test func `what a person wrote stays`() throws {
    let text = "endpoints:\n  home:\n    base-url: http://x\n    prompt-form: cached\n"
    let change = try Self.change(text)
    #expect(change.text == text + "    parallel: 2\n")
    #expect(change.kept == ["prompt-form"])
    let again = try Self.change(change.text)
    #expect(again.text == change.text && again.added.isEmpty && again.kept == ["parallel", "prompt-form"])
  }

  @Test(arguments: [
    ("", "endpoints:\n  home:\n"), ("# nothing yet", "# nothing yet\nendpoints:\n  home:\n"),
    (
      "endpoints:\n    work:\n        base-url: http://y\n",
      "endpoints:\n    work:\n        base-url: http://y\n    home:\n"
    ),
    ("default: ollama\n", "default: ollama\nendpoints:\n  home:\n"),
  ])
  func `an endpoint that is not there is made`(before: String, start: String) throws {
    let change = try Self.change(before)
    #expect(change.text.hasPrefix(start), "\(change.text)")
    let entry = try ModelConfiguration(Array(change.text.utf8), name: "x").endpoint("home")
    #expect(entry.address == "http://127.0.0.1:8080/v1" && entry.model == "tiny:1b")
    #expect(entry.promptForm == .compact && entry.atOnce == 2)
  }

  @Test(arguments: [
    "endpoints: { home: { base-url: http://x } }\n", "endpoints: {}\n",
    "endpoints:\n  home: { base-url: http://x,\n    model: m }\n",
  ])
  func `a file that leaves no place for lines is left alone, and the lines are said`(text: String) throws {
    let failure = try #require(throws: Failure.self) { try Self.change(text) }
    #expect(failure.message.contains("prompt-form: compact"), "\(failure.message)")
  }

  @Test(arguments: ["two words", "a: b", "#x", "true", "ünder", "'"])
  func `a name is written so that it is read again`(name: String) throws {
    let change = try Self.change("", name: name)
    let configuration = try ModelConfiguration(Array(change.text.utf8), name: "x")
    #expect(configuration.endpoints.keys.map { $0 } == [name])
  }

  @Test func `a file with a mistake is not written into`() {
    #expect(throws: Failure.self) { try Self.change("endpoints:\n  home:\n    bas-url: x\n") }
  }
}
