import Dramatis

extension ProfileReader {
  /// Declares the commitments, so that any condition can name them.
  mutating func declareCommitments(_ entry: Entry?) -> [(name: String, fields: Fields)] {
    guard let entry else { return [] }
    report(
      .commitmentsNotRun, "commitments are checked but not run by this version", at: entry.key.span,
      help: ["every commitment stays 'planned'"])
    var declared: [(name: String, fields: Fields)] = []
    for entry in entries(entry.value, "commitments", limit: limits.declarations) {
      guard let fields = fields(entry.value, "a commitment", ProfileKeys.commitment, span: entry.key.span)
      else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, .commitment(resolver.names.commitments.count)) else { continue }
      resolver.names.commitments.append(entry.key.text)
      declared.append((entry.key.text, fields))
    }
    return declared
  }

  mutating func commitment(_ name: String, _ fields: Fields) -> Commitment {
    return Commitment(
      name: name, foreshadow: requiredText(fields, "foreshadow") ?? "",
      trigger: trigger(fields) ?? .constant(false),
      payoff: requiredText(fields, "payoff") ?? "",
      plant: fields["plant"].flatMap { condition($0) },
      notBefore: integer(fields["not-before"], in: 0...limits.integers.upperBound) ?? 0,
      dueWithin: integer(fields["due-within"], in: 0...limits.integers.upperBound),
      after: texts(fields["after"]).compactMap { commitmentIndex($0) },
      priority: integer(fields["priority"], in: limits.integers) ?? 0,
      owner: fields["owner"].flatMap { text($0, "the name of a character") },
      abandonWhen: fields["abandon-when"].flatMap { condition($0) })
  }

  private mutating func trigger(_ fields: Fields) -> Condition? {
    if fields["trigger"] == nil { missing("trigger", fields) }
    return fields["trigger"].flatMap { condition($0) }
  }

  private mutating func commitmentIndex(_ node: Node) -> Int? {
    if resolver.names.refused.contains(node.text) { return nil }
    if case .commitment(let index) = resolver.names.meanings[node.text] { return index }
    report(
      .unknownName, "unknown commitment '\(node.text)'", at: node.span,
      help: resolver.suggestion(node.text, resolver.names.commitments))
    return nil
  }
}
