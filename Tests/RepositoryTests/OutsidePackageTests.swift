import Foundation
import TestSupport
import Testing

/// The package as one sees it that depends on it by its path: what is public, and nothing else.
@Suite struct OutsidePackageTests {
  private static let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "outside",
      dependencies: [.package(path: "\(Repository.root.path)")],
      targets: [
        .executableTarget(
          name: "Outside",
          dependencies: ["Dramatis", "DramatisCompiler"].map {
            .product(name: $0, package: "\(Repository.root.lastPathComponent)")
          })
      ])
    """

  /// What the checkout has fetched, so that nobody asks the network.
  private static func mirrors(in checkouts: URL) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: checkouts.path).sorted()
    let mirrors = names.map { name in
      [
        "original": "https://github.com/apple/\(name)",
        "mirror": checkouts.appending(path: name).absoluteString,
      ]
    }
    let data = try JSONSerialization.data(withJSONObject: ["object": mirrors, "version": 1] as [String: Any])
    return String(decoding: data, as: UTF8.self)
  }

  /// Builds beside what was built for the tests, so that the next run has less to do.
  @Test func `a package outside checks, tests and draws with what is public`() async throws {
    let build = Tool.products.deletingLastPathComponent().deletingLastPathComponent()
    let folder = try TemporaryFolder()
    _ = try folder.file("Package.swift", Self.manifest)
    _ = try folder.file(
      ".swiftpm/configuration/mirrors.json", Self.mirrors(in: build.appending(path: "checkouts")))
    let example = try Repository.text("Examples/CheckingAFolder/CheckingAFolder.swift")
    _ = try folder.file("Sources/Outside/Outside.swift", example)
    let scratch = build.appending(path: "outside").path
    let swift = Tool(executable: URL(filePath: "/usr/bin/env"))
    let built = try await swift(
      "swift", "build", "--product", "Outside", "--scratch-path", scratch, folder: folder.url)
    try #require(built.status == 0, "\(built.output)\n\(built.errors)")
    let result = try await Tool(executable: URL(filePath: scratch).appending(path: "debug/Outside"))(
      "Profiles")
    #expect(result.status == 0)
    #expect(result.lines.contains("6 files checked, 0 findings"))
    #expect(result.lines.contains("flowchart LR"))
  }
}
