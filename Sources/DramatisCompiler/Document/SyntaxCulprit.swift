/// Looks around the place where libyaml gave up for what it gave up about.
///
/// libyaml reads on for as long as it can, so that it notices a mistake later than it was made: a quote that is not closed
/// at the next quote, an element without its blank at the next element.
struct SyntaxCulprit {
  let problem: SyntaxProblem
  let file: SourceFile
  /// Where libyaml gave up.
  let noticed: Int
  /// The line in which it did.
  let line: SourceLine
  let scan: SourceScan

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
    if let told = oddBreak ?? oddBlank ?? unclosedQuote ?? swallowingComment ?? unclosedBracket {
      return told
    }
    if let told = foreignComment { return told }
    if let told = unopenedBracket ?? tightDash ?? tightColon ?? missingColon ?? missingDash { return told }
    return textWithStar ?? indentation
  }

  func syntax(
    _ message: String, at range: Range<Int>, label: String? = nil, help: [String] = [],
    marks: [Diagnostic.Mark] = []
  ) -> Diagnostic {
    Diagnostic(.yamlSyntax, message: message, at: file.span(range), label: label, help: help, marks: marks)
  }
}

extension SyntaxCulprit {
  /// How many lines are looked at for a blank that is none.
  private static let reach = 3

  /// A character that ends a line although it looks like nothing or like a blank.
  private var oddBreak: Diagnostic? {
    for number in stride(from: line.number, through: max(2, line.number - Self.reach), by: -1) {
      let end = file.lineRange(number).lowerBound
      for (name, bytes) in Self.oddBreaks where end >= bytes.count {
        let start = end - bytes.count
        if Array(file.bytes[start..<end]) == bytes {
          return syntax("\(name) ends the line here", at: start..<end, help: ["remove it, or write a space"])
        }
      }
    }
    return nil
  }

  private static let oddBreaks: [(name: String, bytes: [UInt8])] = [
    ("a line separator (U+2028)", Array("\u{2028}".utf8)),
    ("a paragraph separator (U+2029)", Array("\u{2029}".utf8)),
    ("a next line (U+0085)", Array("\u{85}".utf8)),
  ]

  /// A sign that begins a comment in other languages.
  private var foreignComment: Diagnostic? {
    let context = SourceLine(file.position(at: file.offset(ofScalar: problem.contextStart)).line, of: file)
    // The next key may be where it is noticed that the line before it is none.
    let above = problem.problem.hasPrefix("mapping values") && line.colon == noticed ? line.previous : nil
    for line in [line, context] + [above].compactMap(\.self) {
      let start = line.range.lowerBound + line.indent
      for sign in ["//", "/*", "<!--", ";", "--"] where file.bytes[start...].starts(with: sign.utf8) {
        return syntax(
          "a comment begins with '#' and not with '\(sign)'", at: start..<start + sign.utf8.count,
          help: ["write '# '"])
      }
    }
    return nil
  }

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
      if let number = line.numberSign, line.isBesideDash {
        let sign = String(decoding: file.bytes[number], as: UTF8.self)
        return syntax(
          "a list item begins with '-' and not with '\(sign)'", at: number, help: ["write '- '"])
      }
      if file.bytes[start...].starts(with: "* ".utf8) {
        return syntax(
          "a list item begins with '-' and not with '*'", at: start..<start + 1, help: ["write '- '"])
      }
      guard line.isBesideDash else { continue }
      for sign in SourceLine.bullets where file.bytes[start...].starts(with: sign.utf8) {
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
      for sign in SourceLine.colons where sign != "：" {
        guard
          let colon = file.bytes[line.content..<line.range.upperBound].firstRange(of: String(sign).utf8)
        else { continue }
        return syntax(
          "'\(sign)' is no colon, although it looks like one", at: colon,
          help: ["write ': ', an ordinary colon and a blank"])
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
  /// A text that begins with a star, which YAML takes for the name of something to repeat.
  private var textWithStar: Diagnostic? {
    let context = SourceLine(file.position(at: file.offset(ofScalar: problem.contextStart)).line, of: file)
    for line in [line, context] {
      var before: UInt8 = UInt8(ascii: "-")
      for offset in line.content..<max(line.content, min(noticed + 1, line.range.upperBound)) {
        let byte = file.bytes[offset]
        if byte == UInt8(ascii: "*"), "-:,[{".utf8.contains(before) {
          return syntax(
            "a text cannot begin with '*'", at: offset..<offset + 1,
            label: "this repeats what is called so elsewhere",
            help: ["put the text in quotes"])
        }
        if byte != 0x20 { before = byte }
      }
    }
    return nil
  }
}

extension SyntaxCulprit {
  /// A line without a colon, which the next key made part of a text.
  private var missingColon: Diagnostic? {
    if let brace = line.braceBehindWord, brace < noticed, problem.problem.hasPrefix("mapping values") {
      let name = line.text(from: line.content, to: brace - 1)
      return syntax(
        "no ':' stands behind '\(name)'", at: line.content..<brace - 1,
        help: ["write '\(name): \(line.text(from: brace))'"])
    }
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
