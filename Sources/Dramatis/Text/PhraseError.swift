/// Why a cue cannot be read, and where.
package struct PhraseError: Error, Hashable, Sendable {
  /// What is wrong with a cue.
  package enum Fault: String, Hashable, Sendable, CaseIterable {
    /// There is nothing in it.
    case empty
    /// A `*` stands elsewhere than directly after the last character.
    case misplacedStar
    /// It holds no letter, number, symbol or punctuation mark.
    case nothingToMatch
  }

  /// What is wrong.
  package let fault: Fault
  /// Where, in Unicode scalars from the start of the cue as written.
  package let offset: Int
}
