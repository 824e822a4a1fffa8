/// What a line of a stream of server-sent events says, with the place of its value in it.
enum SSELine {
  case blank
  case data(Range<Int>)
  case event(Range<Int>)
  /// A comment, or a field that nobody needs.
  case other

  /// Reads a line without its end; a byte order mark may stand before the first one.
  init(_ line: Span<UInt8>, isFirst: Bool) {
    let start = isFirst && line.holds("\u{FEFF}", at: 0) ? 3 : 0
    if line.count == start {
      self = .blank
    } else if let value = line.value(of: "data", at: start) {
      self = .data(value)
    } else if let value = line.value(of: "event", at: start) {
      self = .event(value)
    } else {
      self = .other
    }
  }
}

extension Span<UInt8> {
  /// The value of a field, behind one space at most; nil where another field begins there.
  @inline(__always)
  fileprivate func value(of field: StaticString, at start: Int) -> Range<Int>? {
    guard holds(field, at: start) else { return nil }
    let colon = start + field.utf8CodeUnitCount
    guard colon < count else { return count..<count }
    guard self[colon] == UInt8(ascii: ":") else { return nil }
    let hasSpace = colon + 1 < count && self[colon + 1] == UInt8(ascii: " ")
    return (hasSpace ? colon + 2 : colon + 1)..<count
  }
}
