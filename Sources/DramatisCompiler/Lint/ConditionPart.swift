import Dramatis

/// A part of a condition as written: an operand of `and`, `or` or `not`, however deep.
struct ConditionPart {
  let formula: Formula
  /// Which operand it is, from the whole condition inwards.
  let path: [Int]
}

extension Formula {
  /// The outermost parts of which something is true; `true` and `false` as written are nobody's mistake.
  ///
  /// Conditions do not nest deeply, so that the recursion is bounded.
  func badParts(below path: [Int] = [], _ isBad: (Formula) -> Bool) -> [ConditionPart] {
    var found: [ConditionPart] = []
    for (index, operand) in operands.enumerated() where !operand.isConstant {
      if isBad(operand) {
        found.append(ConditionPart(formula: operand, path: path + [index]))
      } else if !operand.operands.isEmpty {
        found += operand.badParts(below: path + [index], isBad)
      }
    }
    return found
  }

  private var operands: [Formula] {
    switch self {
    case .joined(_, let formulas): formulas
    case .not(let formula): [formula]
    case .constant, .leaf: []
    }
  }
}

extension ConditionPlace {
  /// Where a part stands in the file; the whole condition where the text does not tell.
  func span(of part: ConditionPart, in file: SourceFile) -> SourceSpan {
    guard let scalar = node.scalar, var syntax = try? ConditionParser.parse(scalar.text) else {
      return node.span
    }
    for index in part.path {
      let operands = syntax.operands
      guard operands.indices.contains(index) else { return node.span }
      syntax = operands[index]
    }
    return file.span(of: syntax.range, in: scalar)
  }
}

extension ConditionSyntax {
  /// The conditions that `and`, `or` or `not` join.
  var operands: [ConditionSyntax] {
    switch kind {
    case .joined(_, let operands): operands
    case .not(let operand): [operand]
    default: []
    }
  }
}

extension ConditionPlace {
  /// The edit that takes an operand out of `and` or `or`; nil where it stands in parentheses or under `not`.
  func edit(removing part: ConditionPart, from connective: Connective, in file: SourceFile) -> TextEdit? {
    guard let scalar = node.scalar, [.plain, .singleQuoted, .doubleQuoted].contains(scalar.style),
      var parent = try? ConditionParser.parse(scalar.text), let index = part.path.last
    else { return nil }
    for step in part.path.dropLast() {
      guard parent.operands.indices.contains(step) else { return nil }
      parent = parent.operands[step]
    }
    guard parent.connective == connective, let range = parent.range(removing: index, from: scalar.text) else {
      return nil
    }
    let span = file.span(of: range, in: scalar)
    return TextEdit(removing: span.start.offset..<span.end.offset)
  }
}

extension ConditionSyntax {
  fileprivate var connective: Connective? {
    if case .joined(let connective, _) = kind { connective } else { nil }
  }

  /// The bytes of an operand with the word that joins it to its neighbour.
  fileprivate func range(removing index: Int, from text: String) -> Range<Int>? {
    guard let connective, operands.count > 1, operands.indices.contains(index) else { return nil }
    let own = operands[index].range
    let neighbour = operands[index > 0 ? index - 1 : index + 1].range
    let between = index > 0 ? neighbour.upperBound..<own.lowerBound : own.upperBound..<neighbour.lowerBound
    let bytes = Array(text.utf8)
    guard between.upperBound <= bytes.count,
      String(decoding: bytes[between].filter { $0 > 0x20 }, as: UTF8.self) == connective.word
    else { return nil }
    return index > 0 ? neighbour.upperBound..<own.upperBound : own.lowerBound..<neighbour.lowerBound
  }
}
