/// The lines of a file that are not empty, taken one by one: what a file is mostly stands in the first.
package struct ByteLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next line, without its break.
  package mutating func next() -> ArraySlice<UInt8>? {
    rest = rest.drop(while: Self.isBreak)
    guard !rest.isEmpty else { return nil }
    let line = rest.prefix { !Self.isBreak($0) }
    rest = rest[line.endIndex...]
    return line
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
