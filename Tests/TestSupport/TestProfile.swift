import Dramatis
import DramatisCompiler

/// A profile of a test that was meant to compile and did not.
package struct BrokenProfile: Error, CustomStringConvertible {
  package let description: String
}

/// Compiles a profile that has no mistakes.
package func compile(_ yaml: String) throws -> Program {
  let compilation = Compilation(of: Array(yaml.utf8), name: "test.yaml")
  guard let program = compilation.program else {
    throw BrokenProfile(description: compilation.report(compilation.errors) + "\n" + yaml)
  }
  return program
}

/// Compiles what follows the head that every profile needs.
package func compileMara(_ body: String) throws -> Program {
  try compile("dramatis: 1\ncharacter: Mara\n" + body)
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

/// Random numbers that are the same on every run.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
  }

  package mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var bits = state
    bits = (bits ^ bits >> 32) &* 0xd6e8_feb8_6659_fd93
    return bits ^ bits >> 32
  }

  /// A whole number within bounds.
  package mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True once in so many times.
  package mutating func once(in count: Int) -> Bool { int(1...count) == 1 }

  /// One of several.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[int(0...elements.count - 1)]
  }
}
