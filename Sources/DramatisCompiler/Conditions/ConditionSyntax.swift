/// A condition or an expression as it was written, before names are resolved.
struct ConditionSyntax: Hashable {
  indirect enum Kind: Hashable {
    case name(String)
    case integer(Int)
    case number(Double)
    case text(String)
    /// `event.kind`, `event.data.x`: the parts between the dots.
    case path([String])
    /// `ask("…")`, `chance(0.3)`.
    case call(String, [ConditionSyntax])
    case list([ConditionSyntax])
    case not(ConditionSyntax)
    case all([ConditionSyntax])
    case any([ConditionSyntax])
    case comparison(ConditionSyntax, String, ConditionSyntax)
    case membership(ConditionSyntax, ConditionSyntax)
    case negation(ConditionSyntax)
    case arithmetic(ConditionSyntax, String, ConditionSyntax)
  }

  let kind: Kind
  /// Bytes of UTF-8 from the start of the condition.
  let range: Range<Int>
  /// How many operators of a calculation nest in it, to either side.
  var height = 0
}
