import Testing

@testable import DramatisCompiler

/// What follows from a mistake is not reported, so the mistake itself must be.
@Suite struct FollowUpTests {
  @Test(arguments: Golden.all)
  func `a name is passed over only where an error was reported`(golden: Golden) {
    for bytes in [golden.bytes] + Self.withoutOneLine(golden.bytes) + Self.withoutOneValue(golden.bytes) {
      let document = DocumentReader(limits: golden.limits.reading).read(name: golden.name, bytes: bytes)
      guard let root = document.root else { continue }
      var reader = ProfileReader(file: document.file, limits: golden.limits)
      _ = reader.read(root)
      let hasError = (document.diagnostics + reader.diagnostics).contains { $0.severity == .error }
      #expect(reader.resolver.names.refused.isEmpty || hasError, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private static func withoutOneLine(_ bytes: [UInt8]) -> [[UInt8]] {
    let lines = lines(bytes)
    return lines.indices.map { left in
      Array(lines.indices.filter { $0 != left }.map { lines[$0] }.joined(separator: [UInt8(ascii: "\n")]))
    }
  }

  /// Every line in turn cut behind its first colon.
  private static func withoutOneValue(_ bytes: [UInt8]) -> [[UInt8]] {
    let lines = lines(bytes)
    return lines.indices.compactMap { cut in
      guard let colon = lines[cut].firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let changed = lines.indices.map { $0 == cut ? lines[$0][...colon] : lines[$0] }
      return Array(changed.joined(separator: [UInt8(ascii: "\n")]))
    }
  }
}
