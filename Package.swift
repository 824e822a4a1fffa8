// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 mode comes with the tools version; in our targets a warning is an error.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "dramatis",
  products: [
    .library(name: "Dramatis", targets: ["Dramatis"]),
    .library(name: "DramatisCompiler", targets: ["DramatisCompiler"]),
    .library(name: "DramatisLLM", targets: ["DramatisLLM"]),
    .library(name: "DramatisAuthoring", targets: ["DramatisAuthoring"]),
    .library(name: "DramatisServer", targets: ["DramatisServer"]),
    // For other languages; .ci/libdramatis makes libdramatis.so of it.
    .library(name: "dramatis-c", type: .dynamic, targets: ["DramatisC"]),
    .executable(name: "dramatis", targets: ["DramatisCLI"]),
    .executable(name: "dramatis-benchmarks", targets: ["DramatisBenchmarks"]),
  ],
  dependencies: [
    // The command line: parsing, help and shell completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "Dramatis", swiftSettings: strict),
    .target(
      name: "DramatisCompiler", dependencies: ["Dramatis", "CYAML", "CZlib"],
      swiftSettings: strict, plugins: ["Embedding"]),
    .target(
      name: "BundledProfiles", path: "Profiles",
      exclude: ["kaethe", "mara", "plimsoll"].map { "\($0).scenarios.yaml" } + ["Cues"],
      swiftSettings: strict,
      plugins: ["Embedding"]),
    // Profiles, pages and the list of the linter's rules come from what lies in the folders.
    .plugin(name: "Embedding", capability: .buildTool(), path: "Sources/Embedding"),
    .target(name: "DramatisLLM", dependencies: ["Dramatis", "CCurl"], swiftSettings: strict),
    .target(
      name: "DramatisAuthoring", dependencies: ["Dramatis", "DramatisCompiler", "DramatisLLM"],
      swiftSettings: strict),
    .target(
      name: "DramatisServer", dependencies: ["Dramatis", "DramatisCompiler", "DramatisLLM"],
      swiftSettings: strict),
    // The header that is written by hand; the compiler holds DramatisC to it.
    .systemLibrary(name: "CDramatis"),
    .target(
      name: "DramatisC", dependencies: ["CDramatis", "Dramatis", "DramatisCompiler"], swiftSettings: strict),
    .executableTarget(
      name: "DramatisCLI",
      dependencies: [
        "Dramatis", "DramatisAuthoring", "DramatisCompiler", "DramatisLLM", "DramatisServer",
        "BundledProfiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // What the benchmarks compare with, and a counter of allocations; links into nothing else.
    .target(name: "BenchmarkPeers", dependencies: ["CCurl", "CYAML"]),
    .executableTarget(
      name: "DramatisBenchmarks",
      dependencies: [
        "BenchmarkPeers", "BundledProfiles", "Dramatis", "DramatisCompiler", "DramatisLLM",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "TwoCharacters", dependencies: ["Dramatis", "DramatisCompiler"],
      path: "Examples/TwoCharacters", swiftSettings: strict),
    .executableTarget(
      name: "Town", dependencies: ["Dramatis", "DramatisCompiler"], path: "Examples/Town",
      exclude: ["watchman.yaml", "merchant.yaml", "beggar.yaml"], swiftSettings: strict),
    .executableTarget(
      name: "CheckingAFolder", dependencies: ["Dramatis", "DramatisCompiler"],
      path: "Examples/CheckingAFolder", swiftSettings: strict),
    // What several test targets use: profiles, sessions, the tool, and services that do as they are told.
    .target(
      name: "TestSupport", dependencies: ["Dramatis", "DramatisCompiler", "DramatisLLM"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "DramatisTests", dependencies: ["Dramatis", "DramatisCompiler", "TestSupport"],
      exclude: ["Session/Conversations", "Transcript/Recorded"], swiftSettings: strict),
    .testTarget(
      name: "DramatisCompilerTests", dependencies: ["Dramatis", "DramatisCompiler", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DramatisLLMTests",
      dependencies: ["Dramatis", "DramatisCompiler", "DramatisLLM", "TestSupport"],
      exclude: ["Acting/Prompts"], swiftSettings: strict),
    .testTarget(
      name: "DramatisAuthoringTests",
      dependencies: ["Dramatis", "DramatisAuthoring", "DramatisCompiler", "DramatisLLM", "TestSupport"],
      exclude: ["Codify/Replies"], swiftSettings: strict),
    .testTarget(
      name: "DramatisServerTests", dependencies: ["Dramatis", "DramatisServer", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "DramatisCTests", dependencies: ["CDramatis", "DramatisC"], swiftSettings: strict),
    .testTarget(
      name: "DramatisCLITests", dependencies: ["DramatisCLI", "TestSupport"], swiftSettings: strict),
    // What the repository holds besides the libraries and the command, run as a reader would.
    .testTarget(
      name: "RepositoryTests",
      dependencies: [
        "CheckingAFolder", "DramatisBenchmarks", "DramatisCLI", "TestSupport", "Town", "TwoCharacters",
      ],
      exclude: ["Utterances"], swiftSettings: strict),
  ]
)

// Built by .ci/fuzz alone: it has no main, libFuzzer brings one.
if Context.environment["DRAMATIS_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "DramatisFuzzer", dependencies: ["Dramatis", "DramatisCompiler"], path: "Tests/Fuzzing",
      exclude: ["dictionary.txt", "interface.c"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
