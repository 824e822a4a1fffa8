import Dramatis

/// A part of a condition as written: an operand of `and`, `or` or `not`, however deep.
struct ConditionPart {
  let formula: Formula
  /// Which operand it is, from the whole condition inwards.
  let path: [Int]

  /// Whether another part lies in this one.
  func contains(_ other: ConditionPart) -> Bool { other.path.starts(with: path) }
}

extension Formula {
  /// The parts of a condition, each before those in it, without the condition itself.
  ///
  /// Conditions do not nest deeply, so that the recursion is bounded.
  func parts(below path: [Int] = []) -> [ConditionPart] {
    operands.enumerated().flatMap { index, operand in
      [ConditionPart(formula: operand, path: path + [index])] + operand.parts(below: path + [index])
    }
  }

  private var operands: [Formula] {
    switch self {
    case .all(let formulas), .any(let formulas): formulas
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
    case .all(let operands), .any(let operands): operands
    case .not(let operand): [operand]
    default: []
    }
  }
}
