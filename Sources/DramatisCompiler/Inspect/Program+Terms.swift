import Dramatis

extension Program {
  /// What an author says of a commitment besides its texts.
  ///
  /// - Returns: By the key that says it, in the order of its life; what goes without saying is left out, and the
  ///   conditions of one that somebody else pays, who alone reads them.
  package func terms(of commitment: Commitment) -> [(key: String, value: String)] {
    let isOwned = owns(commitment)
    let hold = commitment.hold.map { "\($0.count) of \($0.window)" }
    let after = commitment.after.map { commitments[$0].name }.joined(separator: ", ")
    let terms: [(key: String, value: String?)] = [
      ("owner", commitment.owner),
      ("plant", isOwned ? commitment.plant.map { text(of: $0) } : nil),
      ("after", after.isEmpty ? nil : after),
      ("not-before", commitment.notBefore == 0 ? nil : String(commitment.notBefore)),
      ("trigger", isOwned ? text(of: commitment.trigger) : nil),
      ("hold", hold), ("certainty", commitment.certainty.map { String($0) }),
      ("due-within", commitment.dueWithin.map { String($0) }),
      ("priority", commitment.priority == 0 ? nil : String(commitment.priority)),
      ("abandon-when", isOwned ? commitment.abandonWhen.map { text(of: $0) } : nil),
    ]
    return terms.compactMap { key, value in value.map { (key, $0) } }
  }
}
