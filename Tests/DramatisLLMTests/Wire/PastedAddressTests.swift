import TestSupport
import Testing

@testable import DramatisLLM

/// Addresses and keys as people paste them.
@Suite struct PastedAddressTests {
  @Test(arguments: [
    ("http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1"),
    ("localhost:8080", "http://localhost:8080/v1"),
    ("  \"http://127.0.0.1:1234/v1/\" ", "http://127.0.0.1:1234/v1"),
    ("192.168.1.7:5000/v1", "http://192.168.1.7:5000/v1"),
    ("api.example.com/v1/models", "https://api.example.com/v1"),
    ("<https://host.example/api/v1/embeddings/>", "https://host.example/api/v1"),
    ("http://localhost:8080/#/chat", "http://localhost:8080/v1"),
    ("https://host.example/v1/completions?", "https://host.example/v1"),
    ("nas.local:8000", "http://nas.local:8000/v1"), ("[::1]:8080", "http://[::1]:8080/v1"),
  ])
  func `what is pasted comes to the address that is meant`(pasted: String, address: String) throws {
    #expect(try Endpoint.Dialect.openAI.address(pasted).text == address)
  }

  @Test(arguments: [
    ("http://localhost:11434/api/chat", Endpoint.Dialect.ollama, "http://localhost:11434"),
    ("http://localhost:11434/api/generate", .ollama, "http://localhost:11434"),
    ("https://proxy.example/v1/messages", .anthropic, "https://proxy.example/v1"),
    ("https://api.anthropic.com", .anthropic, "https://api.anthropic.com/v1"),
    ("https://host.example/v1/chat/completions", .openAI, "https://host.example/v1"),
  ])
  func `a path tells the dialect`(pasted: String, dialect: Endpoint.Dialect, address: String) throws {
    #expect(try Endpoint.Dialect.usual(at: pasted) == dialect)
    #expect(try dialect.address(pasted).text == address)
  }

  @Test(arguments: [
    "", "  ", "ftp://host/v1", "mailto:ann", "http://", "https://user:word@host/v1", "http://a b/",
  ])
  func `what is no address is refused`(pasted: String) {
    #expect(throws: ModelError.self) { try Endpoint.Dialect.openAI.address(pasted) }
  }

  @Test(arguments: [
    "sk-one-2", "\u{FEFF}sk-one-2\r\n", "'sk-one-2'", "Bearer sk-one-2",
    "export OPENAI_API_KEY=\"sk-one-2\"\n",
    "OPENAI_API_KEY=sk-one-2", "Authorization: Bearer sk-one-2", "\u{200B}sk-one-2\u{200B}", "“sk-one-2”",
  ])
  func `a key is taken out of what surrounds it`(text: String) throws {
    #expect(try APIKey(text).secret == "sk-one-2")
  }

  @Test(arguments: ["", "\u{FEFF}\n", "two words", "sk-ö"])
  func `what is no key is refused`(text: String) { #expect(throws: ModelError.self) { try APIKey(text) } }

  @Test(arguments: ["abc=def", "gsk_a=", "a:b"])
  func `a sign within a key is part of it`(text: String) throws { #expect(try APIKey(text).secret == text) }
}
