/// The value of a scalar with the source bytes behind each of its bytes.
struct ScalarMap {
  private(set) var value: [UInt8] = []
  private var starts: [Int] = []
  private var ends: [Int] = []
  private let origin: Int
  private let isBlock: Bool

  /// An empty map; `origin` is where the first byte would stand.
  init(origin: Int, isBlock: Bool = false) {
    self.origin = origin
    self.isBlock = isBlock
  }

  mutating func append(_ bytes: some Sequence<UInt8>, from source: Range<Int>) {
    for byte in bytes {
      value.append(byte)
      starts.append(source.lowerBound)
      ends.append(source.upperBound)
    }
  }

  mutating func append(_ lineBreak: LineBreak?) {
    guard let lineBreak else { return }
    append(lineBreak.value, from: lineBreak.range)
  }

  /// Copies one character and returns the offset behind it.
  mutating func copyCharacter(at offset: Int, before limit: Int, of bytes: [UInt8]) -> Int {
    var end = offset + 1
    while end < limit, !bytes[end].startsScalar { end += 1 }
    append(bytes[offset..<end], from: offset..<end)
    return end
  }

  /// The source bytes of a part of the value.
  func source(of range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<value.count)
    guard let last = range.last else { return point(at: range.lowerBound) }
    return starts[range.lowerBound]..<max(ends[last], starts[range.lowerBound])
  }

  /// The end of a block scalar is the end of its last line, not the start of the next.
  private func point(at offset: Int) -> Range<Int> {
    if offset < value.count { return starts[offset]..<starts[offset] }
    guard let start = starts.last, let end = ends.last else { return origin..<origin }
    return isBlock && value.last == 0x0A ? start..<start : end..<end
  }
}

extension SourceFile {
  /// The exact place of a part of a scalar's value, given in UTF-8 bytes of the value.
  package func span(of range: Range<Int>, in scalar: Scalar) -> SourceSpan {
    guard let map = map(of: scalar) else { return scalar.span }
    return span(map.source(of: range))
  }

  /// Nil if the source does not read as the scalar's text.
  func map(of scalar: Scalar) -> ScalarMap? {
    let range = scalar.span.start.offset..<scalar.span.end.offset
    guard range.upperBound <= bytes.count else { return nil }
    let map = rescan(scalar, in: range)
    return map.value.elementsEqual(scalar.text.utf8) ? map : nil
  }

  private func rescan(_ scalar: Scalar, in range: Range<Int>) -> ScalarMap {
    switch scalar.style {
    case .plain, .singleQuoted, .doubleQuoted:
      var scanner = FlowScalarScanner(bytes, in: range, style: scalar.style)
      return scanner.scan()
    case .literal, .folded:
      var scanner = BlockScalarScanner(bytes, in: range, style: scalar.style)
      return scanner.scan(value: Array(scalar.text.utf8))
    }
  }
}
