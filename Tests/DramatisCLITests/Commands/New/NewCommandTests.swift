import Foundation
import TestSupport
import Testing

@Suite struct NewCommandTests {
  @Test(arguments: [
    ("Tom", "tom.yaml"), ("Old Tom", "old-tom.yaml"), ("../../etc/Eve", "etc-eve.yaml"),
    ("Jörg \"Seebär\" O'Neil\\", "jörg-seebär-o-neil.yaml"), ("yes", "yes.yaml"), ("{x}: #7 ", "x-7.yaml"),
    ("未来", "未来.yaml"),
  ])
  func `the profile for any name validates strictly, chats and is named for the character`(
    _ name: String, _ file: String
  ) async throws {
    let folder = try TemporaryFolder()
    let made = try await Tool.dramatis("new", name, folder: folder.url)
    #expect(made.status == 0)
    #expect(try folder.files == [file])
    #expect(try await Tool.dramatis("validate", "--strict", file, folder: folder.url).status == 0)
    let chat = try await Tool.dramatis(
      "chat", file, input: "hello\nyou idiot\nhello\nwhy?\n", folder: folder.url)
    #expect(chat.status == 0)
    #expect(chat.output.contains("mood: unactivated → friendly because greeted"))
    #expect(chat.output.contains("mood: friendly → hurt because insulted"))
    #expect(chat.lines.count { $0.hasPrefix(name + ": ") } == 5)
  }

  @Test func `an existing file is left as it was`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("tom.yaml", "mine")
    let result = try await Tool.dramatis("new", "Tom", folder: folder.url)
    #expect(result.status == 3)
    #expect(result.errors.contains("exists already"))
    #expect(try folder.text("tom.yaml") == "mine")
  }

  @Test func `--output writes elsewhere, or to standard output as -`() async throws {
    let folder = try TemporaryFolder()
    #expect(try await Tool.dramatis("new", "Tom", "-o", "x.yaml", folder: folder.url).status == 0)
    let shown = try await Tool.dramatis("new", "Tom", "--output", "-", folder: folder.url)
    #expect(try folder.files == ["x.yaml"])
    #expect(shown.output == (try folder.text("x.yaml")))
  }

  @Test(arguments: ["", " ", "..", "/", "a\u{1B}[31m", String(repeating: "x", count: 101)])
  func `a name that is none is refused`(_ name: String) async throws {
    let folder = try TemporaryFolder()
    #expect(try await Tool.dramatis("new", name, folder: folder.url).status == 2)
    #expect(try folder.files.isEmpty)
  }
}
