import Foundation
import Testing

@testable import DramatisLLM

/// Addresses that may be called, and keys that are never shown.
@Suite struct AddressTests {
  @Test(arguments: [
    ("http://localhost:8080/v1", "localhost"), ("https://api.openai.com/v1/", "api.openai.com"),
    ("HTTP://127.0.0.1:1", "127.0.0.1"), ("http://[::1]:8080/v1", "[::1]"),
  ])
  func `an address of http or https is taken`(text: String, host: String) throws {
    let address = try ServiceAddress(text)
    #expect(address.host == host)
    #expect(!address.text.hasSuffix("/"))
    #expect(address.appending("models").hasSuffix("/models"))
  }

  @Test(arguments: [
    "", "localhost", "file:///etc/passwd", "ftp://x/", "javascript:1", "http://", "http:///", "http:////",
    "http:///v1", "http:/v1", "http:/", "http:", "http://user:secret@host/",
    "http://host/?a=1", "http://host/#x", "http://ho st/", "http://host/\r\nX: y", "http://host/\u{0}",
  ])
  func `any other address is refused, and its text is not repeated`(text: String) {
    let error = #expect(throws: ModelError.self) { try ServiceAddress(text) }
    #expect(error?.code == "bad-address")
    #expect(error?.description.contains("secret") == false)
  }

  @Test(arguments: ["", " \n", "a b", "a\r\nX-Evil: yes", "schlüssel", "a\u{0}b"])
  func `a key that cannot stand in a header is refused`(text: String) {
    #expect(throws: ModelError.self) { try APIKey(text) }
  }

  @Test func `a key shows itself to nobody`() throws {
    let key = try APIKey(" sk-very-secret\n")
    #expect(key.secret == "sk-very-secret")
    var dumped = ""
    dump(key, to: &dumped)
    dump([key: [key]], to: &dumped)
    for text in ["\(key)", String(reflecting: key), "\([key])", dumped] {
      #expect(!text.contains("secret"))
    }
  }

  @Test func `a key is read from a file that only its owner reads`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "dramatis-key-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("sk-test\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    #expect(throws: ModelError.badKey("others may read its file; use 'chmod 600' on it")) {
      try APIKey(file: file.path)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect(try APIKey(file: file.path).secret == "sk-test")
    try Data(repeating: 0x61, count: 5000).write(to: file)
    #expect(throws: ModelError.self) { try APIKey(file: file.path) }
    for path in ["/dev/zero", "/", "/nonexistent"] {
      #expect(throws: ModelError.self) { try APIKey(file: path) }
    }
  }

  @Test func `what a service says is quoted without the key, on one line and not at length`() throws {
    let key = try APIKey("sk-1234")
    let said = "wrong key sk-1234\n\u{1B}[31mred" + String(repeating: "x", count: 1000)
    let quoted = said.quotable(without: key)
    #expect(quoted.hasPrefix("wrong key [key] red"))
    #expect(quoted.count == 301)
  }

  @Test(arguments: [
    "sk-%22a%2Fb%26c%27d%2B9", "sk-&quot;a/b&amp;c&#39;d+9", "sk-\\\"a/b&c'd+9", "sk-\"a/b&c\\'d+9",
    "c2stImEvYiZjJ2QrOQ==", "sk-\"a/b&c...",
  ])
  func `a key is taken out however it is written`(written: String) throws {
    let key = try APIKey("sk-\"a/b&c'd+9")
    #expect("it is \(written)".quotable(without: key).hasPrefix("it is [key]"))
  }
}
