/// The name of a member of an object, as it is compared with names that are known.
///
/// Of use only until the closure returns that was given the name: the bytes are those that are being read.
struct JSONName {
  /// As it is written, without quotation marks.
  let bytes: UnsafeBufferPointer<UInt8>
  let isEscaped: Bool

  var text: String { isEscaped ? JSONScanner.unescaped(bytes) : bytes.span.text }

  @inline(__always)
  static func ~= (known: StaticString, name: JSONName) -> Bool {
    if name.isEscaped { return name.text.utf8Span.span.elementsEqual(known) }
    return name.bytes.span.elementsEqual(known)
  }
}
