/// Lines that stand deeper or less deep than what they belong to.
extension SyntaxCulprit {
  private static let ofIndentation = [
    "did not find expected key", "did not find expected '-' indicator", "mapping values are not allowed",
    "block sequence entries are not allowed", "did not find expected <document start>",
  ]

  /// A line, or some above it, that stand deeper or less deep than their neighbours.
  var indentation: Diagnostic? {
    guard Self.ofIndentation.contains(where: problem.problem.hasPrefix), scan.open.isEmpty,
      let above = line.previous
    else { return nil }
    // What libyaml did not expect begins the line, or is the ':' behind the key that does.
    let start = line.range.lowerBound + line.indent
    guard [start, line.content, line.colon].contains(noticed) else { return nil }
    return shallow(below: above) ?? deep(below: above) ?? besideList(below: above)
  }

  /// Where another line begins, as far as this one is compared with it: dashes are compared with dashes.
  private func width(of other: SourceLine) -> Int {
    line.hasDash && other.hasDash ? other.indent : other.width
  }

  /// A line that is deeper than the one above it, to which it cannot belong.
  private func deep(below above: SourceLine) -> Diagnostic? {
    guard line.indent > width(of: above), !above.isBareKey, line.colon != nil || line.hasDash else {
      return nil
    }
    return told(line, "the line above has \(blanks(width(of: above)))", marking: above, at: width(of: above))
  }

  /// A key as deep as the dashes of a list above it.
  private func besideList(below above: SourceLine) -> Diagnostic? {
    guard problem.problem == "did not find expected '-' indicator", !line.hasDash, line.colon != nil else {
      return nil
    }
    if above.hasDash, line.indent == above.width,
      let close = file.bytes[above.range].last(where: { $0 != 0x20 }),
      [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(close)
    {
      let key = line.text(from: line.content, to: line.colon)
      let end = file.bytes[above.range].lastIndex(of: close) ?? above.range.lowerBound
      return syntax(
        "'\(key)' stands outside of the braces of its element",
        at: line.content..<(line.colon ?? line.content + 1),
        help: ["write it inside them, or write all keys of the element without braces"],
        marks: [Diagnostic.Mark(file.span(end..<end + 1), "they end here")])
    }
    return told(line, "the items of a list are as deep, and no key can be", marking: above, at: above.indent)
  }

  /// A line that is less deep than the one above it, and fits none further up.
  private func shallow(below above: SourceLine) -> Diagnostic? {
    guard line.indent < width(of: above) else { return nil }
    let levels = levels(above: line)
    guard !levels.contains(line.indent), let outer = levels.first(where: { $0 < line.indent }) else {
      return nil
    }
    if let opener = opener(outer: outer) {
      return told(opener, "\(line.indent) would fit the lines below", marking: line, at: line.indent)
    }
    let inner = levels.last { $0 > line.indent } ?? above.indent
    // The fewer lines are those that were touched.
    let block = block(above: line, deeperThan: outer, at: inner)
    if block.count < count(from: line, at: line.indent), let first = block.first {
      return told(first, "the lines below have \(blanks(line.indent))", marking: line, at: line.indent)
    }
    return told(line, "\(inner) or \(outer) would fit", marking: block.first ?? above, at: inner)
  }

  /// The line that the lines above belong to, where it is the one that stands wrong: it is as deep as a key above it that
  /// would be left with nothing, or not a step deeper as this line is.
  private func opener(outer: Int) -> SourceLine? {
    var next = line.previous
    while let above = next, above.indent > outer { next = above.previous }
    guard let opener = next, opener.isBareKey, let parent = opener.previous, parent.isBareKey else {
      return nil
    }
    if parent.indent == opener.indent { return opener }
    let step = usualStep
    let isOdd = opener.indent - parent.indent != step
    return parent.indent < opener.indent && isOdd && line.indent - parent.indent == step ? opener : nil
  }

  /// How much deeper the first line is that is deeper than the first.
  private var usualStep: Int {
    for number in 1...min(file.lineCount, 200) {
      let line = SourceLine(number, of: file)
      if !line.isEmpty, line.indent > 0 { return line.indent }
    }
    return 2
  }

  /// The indentations of the lines that this one may belong to, from the deepest on.
  private func levels(above line: SourceLine) -> [Int] {
    var levels: [Int] = []
    var next = line.previous
    while let above = next, levels.last != 0, levels.count < 100 {
      for width in [width(of: above), above.indent] where levels.last.map({ width < $0 }) ?? true {
        levels.append(width)
      }
      next = above.previous
    }
    return levels
  }

  /// The lines right above of one indentation, but for those that are deeper.
  private func block(above line: SourceLine, deeperThan outer: Int, at inner: Int) -> [SourceLine] {
    var block: [SourceLine] = []
    var next = line.previous
    while let above = next, above.indent > outer, block.count < 100 {
      if above.indent == inner { block.append(above) }
      next = above.previous
    }
    return block.reversed()
  }

  /// How many lines of an indentation follow before one that is less deep.
  private func count(from line: SourceLine, at indent: Int) -> Int {
    var count = 0
    var next: SourceLine? = line
    while let line = next, line.indent >= indent, count < 100 {
      if line.indent == indent { count += 1 }
      next = line.next
    }
    return count
  }

  private func told(
    _ culprit: SourceLine, _ rest: String, marking other: SourceLine, at width: Int
  ) -> Diagnostic {
    let content = culprit.range.lowerBound + culprit.indent
    let place = min(other.range.lowerBound + width, other.range.upperBound)
    let span = file.span(place..<min(place + 1, other.range.upperBound))
    return syntax(
      "the indentation is \(blanks(culprit.indent)); \(rest)",
      at: content..<min(content + 1, culprit.range.upperBound),
      help: ["indent the lines that belong together alike"],
      marks: other.number == culprit.number ? [] : [Diagnostic.Mark(span, "\(blanks(width)) here")])
  }

  private func blanks(_ count: Int) -> String { count == 1 ? "1 blank" : "\(count) blanks" }
}
