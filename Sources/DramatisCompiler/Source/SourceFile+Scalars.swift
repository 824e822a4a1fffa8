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
