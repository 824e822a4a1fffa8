import Foundation
import TestSupport
import Testing

/// The examples in other languages, against the library that the package builds.
@Suite struct EmbeddingTests {
  private static let library = Tool.products.appending(path: "libdramatis-c.so")
  private static let guardProfile = Repository.file("Examples/Guard/guard.yaml").path

  private static func find(_ name: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { URL(filePath: "\($0)/\(name)") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
    if found == nil { print("SKIPPED: there is no \(name)") }
    return found
  }

  private static let isLibraryThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: library.path)
    if !isThere { print("SKIPPED: there is no \(library.path); swift build --product dramatis-c makes it") }
    return isThere
  }()

  @Test(arguments: ["gcc -std=c99", "clang -std=c99", "g++ -x c++", "clang++ -x c++"])
  func `the header compiles without a warning`(_ command: String) async throws {
    let words = command.split(separator: " ").map(String.init)
    guard let compiler = Self.find(words[0]) else { return }
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "header.c", "#include \"dramatis.h\"\nint main(void) { return DRAMATIS_OK; }\n")
    let include = Repository.file("Sources/CDramatis").path
    let result = try await Tool(executable: compiler).run(
      words.dropFirst() + [
        "-Wall", "-Wextra", "-pedantic", "-Werror", "-I\(include)", "-fsyntax-only", path,
      ],
      input: Data())
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test(.enabled(if: isLibraryThere, "needs libdramatis-c.so"))
  func `guards in C`() async throws {
    guard let compiler = Self.find("gcc") else { return }
    let folder = try TemporaryFolder()
    let include = Repository.file("Sources/CDramatis").path
    let built = try await Tool(executable: compiler).run(
      ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-I\(include)", "Examples/C/guards.c"]
        + [Self.library.path, "-o", folder.path("guards")], input: Data())
    #expect(built.status == 0, "\(built.errors)")
    let result = try await Tool(executable: URL(filePath: folder.path("guards"))).run(
      [Self.guardProfile], input: Data())
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.first == "200 of 200 guards are wary after nightfall")
    #expect(result.lines.contains("Guard 17: Halt, says the model."))
    #expect(result.lines.last == "freed twice: bad-handle")
  }

  @Test(.enabled(if: isLibraryThere, "needs libdramatis-c.so"))
  func `guards in Python, by ctypes`() async throws {
    guard let python = Self.find("python3") else { return }
    let result = try await Tool(executable: python).run(
      ["Examples/Python/guards.py", Self.guardProfile], input: Data(),
      environment: [
        "DRAMATIS_LIBRARY": Self.library.path, "PYTHONPATH": Repository.file("Examples/Python").path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.contains("restored, and both say the same"))
    #expect(result.lines.contains { $0.hasPrefix("bad-profile: ann.yaml:2: ") })
    #expect(result.lines.last == "after freeing it: bad-handle")
  }

  @Test func `guards in Python, by JSON-RPC`() async throws {
    guard let python = Self.find("python3") else { return }
    let result = try await Tool(executable: python)(
      "Examples/JSONRPC/client.py", Tool.dramatis.path, Self.guardProfile)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.contains("200 guards are wary"))
    #expect(result.lines.contains("Guard 17 nods."))
    #expect(result.lines.contains("-32002 bad-profile"))
    #expect(result.errors.contains("µs at the median"))
  }

  @Test(arguments: [
    "C/guards.c", "Cpp/guards.cpp", "CSharp/Guards.cs", "Lua/guards.lua", "JSONRPC/client.py",
  ])
  func `an example is no longer than a page or two`(_ path: String) throws {
    let lines = try Repository.text("Examples/\(path)").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 150)
  }
}
