import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisCLI

@Suite struct HistoryTests {
  private func file(_ folder: borrowing TemporaryFolder, _ character: String = "Mara") throws -> HistoryFile {
    let path = folder.path("state")
    return try #require(HistoryFile(character: character) { $0 == "XDG_STATE_HOME" ? path : "" })
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `what was said is there the next time, for nobody else to read`() throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    var first = History(file: file)
    for line in ["one", "one", " hidden", "", "two\nrows \\n", "日本 👩‍🚀"] { first.add(line) }
    let second = History(file: file)
    #expect(second.entries == ["one", "two\nrows \\n", "日本 👩‍🚀"])
    #expect(try mode(file.folder) == 0o700)
    #expect(try mode("\(file.folder)/\(file.name)") == 0o600)
  }

  @Test func `no name of a character leads out of the folder, and no two share a file`() {
    let names = [
      "..", ".", "", "a/b", "../../x", "Mara", "mara", "日本", String(repeating: "n", count: 5000), "a\0b",
    ]
    let files = names.map(HistoryFile.name)
    #expect(Set(files).count == names.count)
    for file in files {
      #expect(
        file.utf8.count <= 49 && file.allSatisfy { $0 == "-" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
  }

  @Test func `the folder is the one that the environment names, where it is a whole path`() {
    #expect(
      HistoryFile(character: "A") { $0 == "HOME" ? "/h" : "state" }?.folder
        == "/h/.local/state/dramatis/history")
    #expect(HistoryFile(character: "A") { $0 == "HOME" ? "/h" : "/s" }?.folder == "/s/dramatis/history")
    #expect(HistoryFile(character: "A") { _ in "" } == nil)
  }

  @Test func `two chats at once keep both of what was said, also while one shortens the file`() async throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    _ = try file.load()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask { for entry in 0..<50 { try file.append("\(writer) \(entry)") } }
      }
      group.addTask { for _ in 0..<20 { _ = try file.load() } }
      try await group.waitForAll()
    }
    #expect(Set(try file.load()) == Set((0..<4).flatMap { writer in (0..<50).map { "\(writer) \($0)" } }))
  }

  @Test func `a file that has grown long is shortened to the newest entries`() throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    _ = try file.load()
    let path = "\(file.folder)/\(file.name)"
    let rows = (0..<120_000).map { "line \($0)\n" }.joined()
    try rows.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try file.load().last == "line 119999")
    #expect(try file.load().count == HistoryFile.maximumEntries)
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 1_000)
    try file.append(String(repeating: "x", count: 20_000))
    #expect(try file.load().last == "line 119999")
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder) == [file.name])
  }

  @Test func `rows that are damaged, cut off or hostile harm no other`() throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    _ = try file.load()
    let path = "\(file.folder)/\(file.name)"
    try Data([0x61, 0x0A, 0xFF, 0x0A, 0x0A] + Array("b\u{1B}[2Jc\\\ncut".utf8)).write(to: URL(filePath: path))
    try file.append("next")
    #expect(try file.load() == ["a", "bc", "cut", "next"])
  }

  @Test func `a place that cannot be used costs the history, which is said once`() throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    _ = try folder.file("state/dramatis/history", "a file where the folder should be")
    var history = History(file: file)
    #expect(history.reportProblem()?.contains("is not kept for the next time: cannot open") == true)
    #expect(history.reportProblem() == nil)
    history.add("said")
    #expect(history.entries == ["said"])
  }

  @Test func `a link or a pipe in the place of the file is neither followed nor waited for`() throws {
    let folder = try TemporaryFolder()
    let file = try file(folder)
    _ = try file.load()
    let path = "\(file.folder)/\(file.name)"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null")
    #expect(throws: FileError.self) { try file.load() }
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.self) { try file.load() }
  }
}
