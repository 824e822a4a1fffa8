/// The candidate that was probably meant: "did you mean 'tavern'?".
///
/// About a third of the characters may differ, four at most; names of more than 64 scalars are ignored, and so is what
/// comes after the first thousand candidates.
package func nearest(_ name: String, among candidates: [String]) -> String? {
  let wanted = MistypedName(name)
  guard let wanted else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates.prefix(1000) {
    let limit = (best?.distance).map { $0 - 1 } ?? wanted.tolerance
    guard let distance = wanted.distance(to: candidate, atMost: limit) else { continue }
    best = (candidate, distance)
  }
  return best?.name ?? candidates.prefix(1000).first { name.count >= 3 && $0.hasPrefix(name) }
}

private struct MistypedName {
  private var letters: [Unicode.Scalar]

  init?(_ name: String) {
    letters = Array(name.unicodeScalars.prefix(65)).lowercased
    if letters.isEmpty || letters.count > 64 { return nil }
  }

  /// A third of the letters, four at most: beyond that a suggestion is a guess, and takes long to make.
  var tolerance: Int { min(max(1, letters.count / 3), 4) }

  /// Swaps of neighbours count as one change; letters that all differ are no match.
  func distance(to name: String, atMost limit: Int) -> Int? {
    guard let other = MistypedName(name), abs(other.letters.count - letters.count) <= limit else {
      return nil
    }
    guard let distance = distance(toDiffering: other, atMost: limit),
      distance < max(letters.count, other.letters.count)
    else { return nil }
    return distance
  }

  private func distance(toDiffering other: MistypedName, atMost limit: Int) -> Int? {
    let (own, rest) = differing(from: other)
    return own.distance(to: rest, atMost: limit)
  }

  /// What is left of both without the beginning and the end that they share, which changes no distance.
  private func differing(from other: MistypedName) -> (own: MistypedName, other: [Unicode.Scalar]) {
    let start = zip(letters, other.letters).prefix { $0 == $1 }.count
    let rest = (letters.dropFirst(start), other.letters.dropFirst(start))
    let end = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    var own = self
    own.letters = Array(rest.0.dropLast(end))
    return (own, Array(rest.1.dropLast(end)))
  }

  private func distance(to other: [Unicode.Scalar], atMost limit: Int) -> Int? {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in letters.indices {
      let next = nextRow(row, comparedWith: other, last: last, beforeLast: beforeLast)
      // A swap reaches back two rows, so both must be beyond the limit.
      if !(next + last).contains(where: { $0 <= limit }) { return nil }
      (beforeLast, last) = (last, next)
    }
    return last[other.count] <= limit ? last[other.count] : nil
  }

  private func nextRow(
    _ row: Int, comparedWith other: [Unicode.Scalar], last: [Int], beforeLast: [Int]
  ) -> [Int] {
    var next = [row + 1]
    for column in other.indices {
      let replaced = last[column] + (letters[row] == other[column] ? 0 : 1)
      var cost = min(replaced, last[column + 1] + 1, next[column] + 1)
      if row > 0, column > 0, letters[row] == other[column - 1], letters[row - 1] == other[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      next.append(cost)
    }
    return next
  }
}

extension [Unicode.Scalar] {
  fileprivate var lowercased: [Unicode.Scalar] {
    Array(String(String.UnicodeScalarView(self)).lowercased().unicodeScalars)
  }
}

extension String {
  /// A sentence that names something endless is cut, so that a report stays readable.
  package var withinReason: String {
    unicodeScalars.count <= 300 ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(299))) + "…"
  }
}

extension StringProtocol {
  /// In single quotes for a message, and cut if it is long.
  package var quoted: String {
    let scalars = unicodeScalars
    guard scalars.count > 60 else { return "'\(self)'" }
    return "'\(String(String.UnicodeScalarView(scalars.prefix(59))))…'"
  }
}
