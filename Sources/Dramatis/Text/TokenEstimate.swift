extension String {
  /// How many tokens of a language model the text takes, about: its UTF-8 bytes divided by four, rounded up.
  ///
  /// An estimate that needs no model's vocabulary and is the same everywhere.
  package var estimatedTokens: Int { (utf8.count + 3) / 4 }
}
