import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// What has changed, and what depends on it.
@Suite struct ChangedFilesTests {
  private static let story = "story: 1\ntitle: T\ncast: [cast/ann.yaml, cast/ben.yaml]\n"
  private static let scenarios = "scenarios: 1\nprofile: ../cast/ann.yaml\ntests: {}\n"
  private static let beside = "scenarios: 1\ntests: {}\n"
  private static let profile = "dramatis: 1\ncharacter: Cid\nsummary: Not ann.yaml.\n"

  @Test(arguments: [
    ("cast/ann.yaml", "cast/ann.yaml", profile, true), ("./cast//ann.yaml", "cast/ann.yaml", profile, true),
    ("cast/ann.yaml", "story.yaml", story, true), ("cast/cid.yaml", "story.yaml", story, false),
    ("cast/ann.yaml", "tests/more.yaml", scenarios, true),
    ("cast/ben.yaml", "tests/more.yaml", scenarios, false),
    ("cast/ann.yaml", "cast/ann.scenarios.yaml", beside, true),
    ("cast/ann.yaml", "other/ann.scenarios.yaml", beside, false),
    ("cast/ann.scenarios.yaml", "cast/ann.yaml", profile, false),
    ("cast/ann.yaml", "cast/cid.yaml", profile, false),
    ("cast/.dramatis.yaml", "cast/deep/cid.yaml", profile, true),
    ("cast/.dramatis.yaml", "story.yaml", story, false), (".dramatis.yaml", "story.yaml", story, true),
    (".dramatis.yml", "story.yaml", story, true), ("cast/", "cast/deep/cid.yaml", profile, true),
    ("cast/", "castle/cid.yaml", profile, false),
  ])
  func `stories, scenarios and what settings are for depend on what has changed`(
    changed: String, path: String, text: String, isConcerned: Bool
  ) {
    #expect(ChangedFiles([changed]).concern(path, holding: Array(text.utf8)) == isConcerned)
  }

  @Test func `a path in the quotes of Git is the path`() throws {
    let folder = try TemporaryFolder()
    let list = #""\303\251 \"x\".yaml""# + "\nplain.yaml\n"
    let changed = try ChangedFiles(listedAt: try folder.file("list", list))
    #expect(changed.concern("é \"x\".yaml", holding: []))
    #expect(changed.concern("plain.yaml", holding: []))
  }

  @Test(arguments: ["a b.yaml\u{0}c\nd.yaml\u{0}", "a b.yaml\nc.yaml\n", "a b.yaml\r\nc.yaml"])
  func `a list has a path a line, or as Git writes it`(list: String) throws {
    let folder = try TemporaryFolder()
    let changed = try ChangedFiles(listedAt: try folder.file("list", list))
    #expect(changed.concern("a b.yaml", holding: []))
    #expect(changed.concern(list.contains("\u{0}") ? "c\nd.yaml" : "c.yaml", holding: []))
    #expect(!changed.concern("b.yaml", holding: []))
  }

  @Test(arguments: [
    "M\tcast/ann.yaml", "A\tcast/ann.yaml\n", "R100\tcast/old.yaml\tcast/ann.yaml", "?? cast/ann.yaml",
    " M cast/ann.yaml",
    "R  cast/old.yaml -> cast/ann.yaml", "a/cast/ann.yaml", "cast\\ann.yaml", "AM \"cast/ann.yaml\"",
  ])
  func `what Git writes besides a path is passed over`(line: String) throws {
    let folder = try TemporaryFolder()
    let changed = try ChangedFiles(listedAt: try folder.file("list", line + "\n"))
    #expect(changed.concern("cast/ann.yaml", holding: []))
    #expect(!changed.concern("cast/ben.yaml", holding: []))
  }

  @Test func `a path is looked for from the root of the repository as well`() throws {
    let folder = try TemporaryFolder()
    let changed = try ChangedFiles(listedAt: try folder.file("list", "deep/cast/ann.yaml\n"))
    var root = URL(filePath: FileManager.default.currentDirectoryPath)
    while !FileManager.default.fileExists(atPath: root.appending(path: ".git").path), root.path != "/" {
      root = root.deletingLastPathComponent()
    }
    #expect(changed.concern(root.appending(path: "deep/cast/ann.yaml").path, holding: []))
  }

  @Test func `a watch tells what was written, has come or is gone, once`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a/ann.yaml", Self.profile)
    let other = try folder.file("b.yaml", Self.profile)
    var watch = FileWatch(of: [folder.url.appending(path: "a").path])
    func changes(concern path: String) -> Bool {
      let changed = watch.changes()
      return changed?.concern(path, holding: []) ?? false
    }
    func nothingChanges() -> Bool { watch.changes() == nil }
    #expect(nothingChanges())
    _ = try folder.file("a/ann.yaml", Self.profile + "voice: Low.\n")
    #expect(changes(concern: path))
    #expect(nothingChanges())
    _ = try folder.file("b.yaml", Self.profile + "voice: Low.\n")
    #expect(nothingChanges())
    watch.add([other])
    _ = try folder.file("b.yaml", Self.profile)
    #expect(changes(concern: other))
    let settings = try folder.file("a/.dramatis.yaml", "rules: {}\n")
    #expect(changes(concern: settings))
    try FileManager.default.removeItem(atPath: path)
    #expect(changes(concern: path))
  }
}
