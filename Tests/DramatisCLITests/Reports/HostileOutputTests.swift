import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Whatever a profile, an event or a session file says: nothing of it steers a terminal, by any command.
@Suite struct HostileOutputTests {
  /// Colours, a title, the clipboard, a device string, a lone C1 and marks that reorder text.
  private static let hostile = [
    "\u{1B}[31m", "\u{1B}]0;x\u{7}", "\u{1B}]52;c;cm0=\u{1B}\\", "\u{1B}P1;2q\u{1B}\\", "\u{9B}2J",
    "\u{8}\u{7F}",
    "\u{202E}", "\u{2066}",
  ]

  /// A profile with a sequence in every text that it can hold.
  private static func profile(_ sequence: String) -> String {
    let text = sequence.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
    return """
      dramatis: 1
      character: "Ann\(text)"
      aliases: ["Annie\(text)"]
      summary: "a\(text)"
      voice: "a\(text)"
      setting: "a\(text)"
      greeting: ["Hello {user}.\(text)"]
      variables: { way: { initial: "a\(text)", values: ["a\(text)", "b"] } }
      questions: { greeted: { ask: "Does someone greet?\(text)", cues: [hello] } }
      machines:
        mood:
          states: { glad: "Smiles.\(text)" }
          transitions: [{ from: any, to: glad, when: 'greeted or actor == "Ben"' }]
      behavior:
        "personality\(text)":
          - when: 'ask("Hm?\(text)") or not greeted or greeted'
            then: ["Hums.\(text)"]
        "toward\(text)": { with: "Ben\(text)", statements: ["Waves.\(text)"] }
      lines: ["Well.\(text)", "Oh.\(text)"]

      """
  }

  @Test(arguments: hostile)
  func `no command lets a sequence through`(sequence: String) async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("ann.yaml", Self.profile(sequence))
    let broken = try folder.file("broken.yaml", Self.profile(sequence) + "x\(sequence): [\n")
    let events = "{\"actor\":\"Ben\(sequence)\",\"text\":\"hello \(sequence)\"}".jsonEscaped + "\n"
    let said = SlashInputs.all(sequence).joined(separator: "\n") + "\n"
    let calls: [([String], String)] = [
      (["chat", profile, "--user", "Rowan"], said), (["chat", profile, "--resume", "kept"], "/why\n"),
      (["run", profile, "--speak"], events), (["run", profile], "{\(sequence)\n"),
      (["validate", profile, broken, "nowhere\(sequence)"], ""), (["diff", profile, "mara"], ""),
      (["sessions"], ""), (["sessions", "show", "kept"], ""), (["sessions", "show", "kept\(sequence)"], ""),
      (["sessions", "show", "kept", "--format", "json"], ""),
      (["sessions", "export", "kept", "--format", "transcript"], ""),
      (["sessions", "export", "kept", "--format", "markdown"], ""),
      (["sessions", "rename", "kept", "x\(sequence)"], ""), (["replay", "kept"], ""),
      (["replay", "kept", "--branch", sequence], ""), (["chat", "x\(sequence)"], ""), (["x\(sequence)"], ""),
    ]
    for (arguments, input) in calls {
      let result = try await Tool.dramatis.run(
        arguments, input: Data(input.utf8), environment: ["XDG_STATE_HOME": folder.url.path])
      for (stream, text) in [("output", result.output), ("errors", result.errors)] {
        #expect(
          text.strippedOfControls().utf8.elementsEqual(text.utf8), "\(arguments.first ?? "") \(stream)")
      }
      #expect([0, 1, 2, 3].contains(result.status), "\(arguments)")
    }
  }
}

/// Something for every command of a chat, with a sequence in it.
private enum SlashInputs {
  static func all(_ sequence: String) -> [String] {
    [
      "hello \(sequence)", "/why", "/state", "/retry", "/alternatives", "/edit hello \(sequence)",
      "/say-as Ben\(sequence) hello", "/event \(sequence) hello", "/set way=\(sequence)",
      "/set \(sequence)=1",
      "/branch \(sequence)", "/goto \(sequence)", "/load \(sequence)", "/save \(sequence)",
      "/export /nowhere/\(sequence)", "/state \(sequence)", "/\(sequence)", "/branches", "/save kept",
    ]
  }
}

extension String {
  /// Older controls are no part of JSON texts, so they are escaped there.
  fileprivate var jsonEscaped: String {
    unicodeScalars.map {
      $0.value < 0x20 ? "\\u00" + String($0.value + 0x100, radix: 16).dropFirst() : String($0)
    }
    .joined()
  }
}
