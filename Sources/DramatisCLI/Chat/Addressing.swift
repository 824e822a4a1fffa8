import Dramatis

/// Who is meant by what somebody says: `Mara, …`, `Mara: …` or `@Mara …`.
struct Addressing {
  let cast: [Program]

  /// The character who is addressed at the start of a text; nil where nobody is.
  func addressee(of text: String) -> Program? {
    if text.hasPrefix("@") {
      let rest = text.dropFirst()
      return longest { name in rest.lowercased().hasPrefix(name.lowercased()) }
    }
    guard let end = text.firstIndex(where: { ",:".contains($0) }) else { return nil }
    let name = String(text[..<end])
    return cast.first { $0.isCalled(name) }
  }

  /// The character with the longest name that fits, so that `Ann` does not take what `Anna` is told.
  private func longest(_ fits: (String) -> Bool) -> Program? {
    let names = cast.flatMap { program in ([program.character] + program.aliases).map { ($0, program) } }
    return names.filter { fits($0.0) }.max { $0.0.count < $1.0.count }?.1
  }

  /// Who speaks when nobody is addressed: the next in the cast after who spoke last.
  func next(after last: String?) -> Session.Speaker {
    guard cast.count > 1, let last, let index = cast.firstIndex(where: { $0.isCalled(last) }) else {
      return .addressed
    }
    return .member(cast[(index + 1) % cast.count].character)
  }
}
