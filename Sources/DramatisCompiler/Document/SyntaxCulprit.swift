/// Looks around the place where libyaml gave up for what it gave up about.
///
/// libyaml reads on for as long as it can, so that it notices a mistake later than it was made: a quote that is not closed
/// at the next quote, an element without its blank at the next element.
struct SyntaxCulprit {
  private let problem: SyntaxProblem
  private let file: SourceFile
  /// Where libyaml gave up.
  private let noticed: Int
  /// The line in which it did.
  private let line: SourceLine
  private let scan: SourceScan

  init(of problem: SyntaxProblem, noticedAt noticed: Int, in file: SourceFile) {
    self.problem = problem
    self.file = file
    self.noticed = noticed
    line = SourceLine(file.position(at: noticed).line, of: file)
    scan = SourceScan(file, upTo: noticed)
  }

  /// The mistake where it was made; nil where nothing tells.
  var diagnostic: Diagnostic? {
    guard problem.character == nil else { return nil }
    return oddBlank ?? unclosedQuote ?? swallowingComment ?? unclosedBracket ?? unopenedBracket ?? tightDash
      ?? tightColon ?? missingColon ?? missingDash ?? indentation
  }

  private func syntax(
    _ message: String, at range: Range<Int>, label: String? = nil, help: [String] = [],
    marks: [Diagnostic.Mark] = []
  ) -> Diagnostic {
    Diagnostic(.yamlSyntax, message: message, at: file.span(range), label: label, help: help, marks: marks)
  }
}

extension SyntaxCulprit {
  /// How many lines are looked at for a blank that is none.
  private static let reach = 3

  /// A blank of another script before, or behind, what YAML wants an ordinary one for.
  private var oddBlank: Diagnostic? {
    for number in stride(from: line.number, through: max(1, line.number - Self.reach), by: -1) {
      let text = file.line(number)
      let start = file.lineRange(number).lowerBound
      var offset = 0
      for scalar in text.unicodeScalars {
        if let name = scalar.invisibleName {
          return syntax(
            "the indentation holds \(name)", at: start + offset..<start + offset + UTF8.width(scalar),
            help: ["indent with spaces"])
        }
        guard scalar == " " || scalar == "\t" else { break }
        offset += 1
      }
      if let found = oddBlank(behindIndicatorOf: SourceLine(number, of: file)), line.number - number < 2 {
        return found
      }
    }
    return nil
  }

  private func oddBlank(behindIndicatorOf line: SourceLine) -> Diagnostic? {
    let end = (line.tightDash ?? line.tightColon).map { $0 + 1 }
    guard let end,
      let scalar = String(decoding: file.bytes[end..<line.range.upperBound], as: UTF8.self).unicodeScalars
        .first,
      let name = scalar.invisibleName
    else { return nil }
    let indicator = String(decoding: file.bytes[end - 1..<end], as: UTF8.self)
    return syntax(
      "\(name) stands behind this '\(indicator)'", at: end..<end + UTF8.width(scalar), help: ["write a space"]
    )
  }

  private var unclosedQuote: Diagnostic? {
    guard let quote = scan.unclosedQuote(in: file) else { return nil }
    let kind = file.bytes[quote] == UInt8(ascii: "'") ? "'" : "\""
    let last = scan.quotes.last { $0.lowerBound == quote }?.upperBound ?? file.bytes.count
    let end = last < file.bytes.count ? last - 1..<last : nil
    // An apostrophe begins a text in quotes only where a text begins.
    let advice =
      kind == "'" ? "close it, or put a text that begins with ' in double quotes" : "close it with \""
    return syntax(
      "this quote is not closed", at: quote..<quote + 1,
      label: end == nil ? "the text would go on to the end of the file" : nil, help: [advice],
      marks: end.map { [Diagnostic.Mark(file.span($0), "the text would end here")] } ?? [])
  }

  private var swallowingComment: Diagnostic? {
    guard let comment = scan.swallowingComment, let bracket = scan.open.last else { return nil }
    return syntax(
      "a '#' behind a blank makes a comment of the rest of the line", at: comment,
      label: "the bracket is not closed before it",
      help: ["put quotes around text or a condition that contains ' #'"],
      marks: file.position(at: bracket).line == file.position(at: comment.lowerBound).line
        ? [] : [Diagnostic.Mark(file.span(bracket..<bracket + 1), "this one")])
  }

  /// A bracket that is open where a line begins that cannot belong to it.
  private var unclosedBracket: Diagnostic? {
    guard let bracket = scan.open.last, problem.context?.contains("flow") == true else { return nil }
    let opening = SourceLine(file.position(at: bracket).line, of: file)
    guard opening.number < line.number, line.indent <= opening.indent, line.isStructure else { return nil }
    let close = file.bytes[bracket] == UInt8(ascii: "[") ? "]" : "}"
    return syntax(
      "this bracket is not closed", at: bracket..<bracket + 1,
      label: "expected ',' or '\(close)' before the next line",
      help: ["close it with '\(close)'"])
  }

  private var unopenedBracket: Diagnostic? {
    guard scan.open.isEmpty, noticed < file.bytes.count,
      [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(file.bytes[noticed])
    else { return nil }
    return syntax("this bracket was not opened", at: noticed..<noticed + 1, help: ["remove it"])
  }

  private var tightDash: Diagnostic? {
    for line in [line, line.previous].compactMap(\.self) {
      guard let dash = line.tightDash else { continue }
      let neighbours = [line.previous, line.next].compactMap(\.self)
      guard neighbours.contains(where: { $0.hasDash && $0.indent == line.indent }) else { continue }
      return syntax(
        "a blank is missing behind this '-'", at: dash..<dash + 1,
        help: ["write '- \(line.text(from: dash + 1))'"])
    }
    return bullet
  }

  /// A sign that other programs begin the elements of a list with.
  private var bullet: Diagnostic? {
    let context = SourceLine(file.position(at: file.offset(ofScalar: problem.contextStart)).line, of: file)
    for line in [line, context] where !line.isEmpty {
      let start = line.range.lowerBound + line.indent
      let neighbours = [line.previous, line.next].compactMap(\.self)
      guard neighbours.contains(where: { $0.hasDash && $0.indent == line.indent }) else { continue }
      for sign in ["–", "—", "‐", "−", "•", "·"] where file.bytes[start...].starts(with: sign.utf8) {
        return syntax(
          "a list item begins with '-' and not with '\(sign)'", at: start..<start + sign.utf8.count,
          help: ["write '- '"])
      }
    }
    return nil
  }

  private var tightColon: Diagnostic? {
    guard
      ["mapping values", "could not find expected ':'", "did not find expected key"].contains(
        where: problem.problem.hasPrefix)
    else { return nil }
    let context = SourceLine(file.position(at: file.offset(ofScalar: problem.contextStart)).line, of: file)
    let isKey = problem.context == "while scanning a simple key"
    for line in (isKey ? [context] : []) + [line, line.previous].compactMap(\.self) {
      if let colon = line.tightColon, colon < noticed || isKey {
        let key = line.text(from: line.content, to: colon)
        return syntax(
          "a blank is missing behind this ':'", at: colon..<colon + 1,
          help: ["write '\(key): \(line.text(from: colon + 1))'"])
      }
      if let colon = file.bytes[line.content..<line.range.upperBound].firstRange(of: "：".utf8) {
        return syntax(
          "this is a full-width colon (U+FF1A)", at: colon,
          help: ["write ': ', an ordinary colon and a blank"])
      }
    }
    return nil
  }
}

extension SyntaxCulprit {
  private static let ofIndentation = [
    "did not find expected key", "did not find expected '-' indicator", "mapping values are not allowed",
    "block sequence entries are not allowed", "did not find expected <document start>",
  ]

  /// A line, or some above it, that stand deeper or less deep than their neighbours.
  private var indentation: Diagnostic? {
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
    let mark = Diagnostic.Mark(
      file.span(place..<min(place + 1, other.range.upperBound)), "\(blanks(width)) here")
    return syntax(
      "the indentation is \(blanks(culprit.indent)); \(rest)",
      at: content..<min(content + 1, culprit.range.upperBound),
      help: ["indent the lines that belong together alike"],
      marks: other.number == culprit.number ? [] : [mark])
  }

  private func blanks(_ count: Int) -> String { count == 1 ? "1 blank" : "\(count) blanks" }
}

extension SyntaxCulprit {
  /// A line without a colon, which the next key made part of a text.
  private var missingColon: Diagnostic? {
    guard problem.problem.hasPrefix("mapping values"), line.colon == noticed, let above = line.previous,
      above.indent == line.indent, above.colon == nil, !above.hasDash, !line.hasDash
    else { return nil }
    let bytes = file.bytes[above.content..<above.range.upperBound]
    let word = bytes.firstIndex(of: 0x20) ?? above.range.upperBound
    let rest = word < above.range.upperBound ? ": " + above.text(from: word + 1) : ":"
    return syntax(
      "no ':' stands in this line", at: above.content..<word,
      help: ["write '\(above.text(from: above.content, to: word))\(rest)'"])
  }

  /// A line between the elements of a list that is none.
  private var missingDash: Diagnostic? {
    let isKey = problem.context == "while scanning a simple key"
    let start = file.position(at: isKey ? file.offset(ofScalar: problem.contextStart) : noticed).line
    let line = SourceLine(start, of: file)
    guard !line.isEmpty, !line.hasDash, let above = line.previous, let below = line.next,
      [above, below].allSatisfy({ $0.hasDash && $0.indent == line.indent })
    else { return nil }
    return syntax(
      "a '-' is missing at the start of this line",
      at: line.content..<min(line.content + 1, line.range.upperBound),
      help: ["write '- \(line.text(from: line.content))'"])
  }
}
