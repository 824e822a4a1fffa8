import Dramatis
import DramatisCompiler

/// A profile of a test that was meant to compile and did not.
package struct BrokenProfile: Error, CustomStringConvertible {
  package let description: String
}

/// Compiles a profile that has no mistakes.
package func compile(_ yaml: String) throws -> Program {
  try Compilation(of: Array(yaml.utf8), name: "test.yaml").requiredProgram
}

/// Compiles what follows the head that every profile needs.
package func compileMara(_ body: String) throws -> Program {
  try compile("dramatis: 1\ncharacter: Mara\n" + body)
}

extension Compilation {
  /// A profile that ships, by its name without an extension.
  package init(shipped name: String) throws {
    self.init(of: try Repository.bytes("Profiles/\(name).yaml"), name: "\(name).yaml")
  }

  /// What was compiled; throws the report where that has mistakes.
  package var requiredProgram: Program {
    get throws {
      guard let program else { throw BrokenProfile(description: report(errors)) }
      return program
    }
  }
}

extension StoryCompilation {
  /// A story among profiles that are given by their paths.
  package init(_ story: String, profiles: [String: String]) {
    self.init(of: Array(story.utf8), name: "story.yaml") { path in
      profiles[path].map { .bytes(Array($0.utf8), name: path) } ?? .unreadable("there is no such file")
    }
  }
}

/// A text as a double-quoted YAML scalar, with everything escaped that is not printable ASCII.
package func yamlQuoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case " "..."~": String(scalar)
    default: "\\U" + String(repeating: "0", count: 8 - hex(scalar).count) + hex(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}

private func hex(_ scalar: Unicode.Scalar) -> String {
  String(scalar.value, radix: 16)
}
