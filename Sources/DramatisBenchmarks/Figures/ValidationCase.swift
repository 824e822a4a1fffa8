import DramatisCompiler
import FoundationEssentials

/// A folder of generated profiles, each about as large as one that somebody wrote.
struct ValidationCase: ~Copyable {
  static let count = 1_000

  let folder: URL
  let paths: [String]
  let bytes: Int
  /// The path of the schema of profiles, for peers.
  let schema: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "dramatis-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var random = SplitMix64(state: 7)
    var (paths, bytes) = ([String](), 0)
    for number in 0..<Self.count {
      let text = Self.profile(number, &random)
      let path = folder.appending(path: "profile-\(number).yaml").path
      try Data(text.utf8).write(to: URL(filePath: path))
      paths.append(path)
      bytes += text.utf8.count
    }
    let schema = folder.appending(path: "schema.json").path
    try Data(try JSONSchema.profile.text.utf8).write(to: URL(filePath: schema))
    (self.folder, self.paths, self.bytes, self.schema) = (folder, paths, bytes, schema)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Six machines in a ring, a tree whose gates read them, and lines for their states.
  private static func profile(_ number: Int, _ random: inout SplitMix64) -> String {
    var lines = [
      "dramatis: 1", "character: Somebody \(number)", "summary: Number \(number) of a thousand.",
      "variables:",
      "  trust: { initial: 0, min: -4, max: 6 }", "questions:",
    ]
    lines += (0..<16).map {
      "  asked_\($0): { ask: \"Does someone ask about matter \($0)?\", cues: [matter\($0)*, \"case \(Int.random(in: 0..<999, using: &random))\"] }"
    }
    lines.append("machines:")
    for machine in 0..<3 {
      lines += ["  mood_\(machine):", "    states:"]
      lines += (0..<4).map { "      state_\($0): Somebody is in state \($0) of machine \(machine)." }
      lines.append("    transitions:")
      lines += (0..<8).map { place in
        let question = Int.random(in: 0..<16, using: &random)
        return
          "      - { from: state_\(place % 4), to: state_\((place + 1) % 4), when: asked_\(question) and trust >= \(place % 3 - 2), set: { trust: trust + 1 } }"
      }
      lines += ["      - { from: any, to: state_0, when: asked_\(machine) }"]
    }
    lines += ["behavior:", "  personality:", "    - Somebody is number \(number)."]
    for gate in 0..<16 {
      lines += [
        "    - when: asked_\(gate) and mood_\(gate % 3) == state_\(gate % 4)",
        "      then:", "        - Somebody answers matter \(gate) of profile \(number).",
        "        - { when: trust > 2, then: [Somebody answers matter \(gate) kindly.] }",
      ]
    }
    lines.append("lines:")
    lines += (0..<4).map {
      "  - { when: mood_0 == state_\($0), say: [\"This is state \($0).\", \"Well, {user}?\"] }"
    }
    lines.append("  - say: [Is that so?]")
    return lines.joined(separator: "\n") + "\n"
  }
}
