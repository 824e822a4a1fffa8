import Dramatis

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The three words with which a question is answered.
enum AnswerWord: String, CaseIterable {
  case yes, no, unknown

  /// Reads a word, or the beginning of one as a token holds it, whatever its case and what surrounds it.
  ///
  /// The three begin with different letters, so every beginning is that of one word only.
  init?(_ text: String) {
    let letters = text.lowercased().unicodeScalars.drop { !$0.properties.isAlphabetic }
    let word = String(letters.prefix { $0.properties.isAlphabetic })
    guard !word.isEmpty, let found = Self.allCases.first(where: { $0.rawValue.hasPrefix(word) }) else {
      return nil
    }
    self = found
  }

  var truth: Truth {
    switch self {
    case .yes: .yes
    case .no: .no
    case .unknown: .unknown
    }
  }
}

extension Answer {
  /// The answer that the first token's alternatives amount to; nil where none of them is an answer.
  ///
  /// The probabilities of all spellings of a word are added up; p = P(yes) + P(unknown)/2, normalised over the three.
  init?(_ alternatives: [TokenAlternative]) {
    var mass: [AnswerWord: Double] = [:]
    for alternative in alternatives where !alternative.logProbability.isNaN {
      guard let word = AnswerWord(alternative.text) else { continue }
      mass[word, default: 0] += exp(min(alternative.logProbability, 0))
    }
    let (yes, no, unknown) = (mass[.yes] ?? 0, mass[.no] ?? 0, mass[.unknown] ?? 0)
    let total = yes + no + unknown
    guard total > 0 else { return nil }
    self.init(probability: min((yes + unknown / 2) / total, 1))
  }
}
