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
