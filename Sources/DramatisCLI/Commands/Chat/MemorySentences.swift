import Dramatis

extension [KeptAnswer] {
  /// What is remembered, an answer a line, each with the turns and words that it rests on.
  ///
  /// - Parameters:
  ///   - number: A turn whose own words are marked as new; nil for none.
  ///   - owner: Who remembers it, where more than one could; nil where that is plain.
  func sentences(in number: Int? = nil, of owner: String? = nil) -> [String] {
    compactMap { answer in
      let quotes = answer.quotes.map { quote in
        let who = quote.actor.map { " \($0):" } ?? ""
        return "turn \(quote.turn)\(quote.turn == number ? ", new" : ""),\(who) “\(quote.text)”"
      }
      let summary = answer.summary.flatMap { $0.text.isEmpty ? nil : "\($0.text) (turn \($0.turn))" }
      let parts = [summary].compactMap(\.self) + quotes
      guard !parts.isEmpty else { return nil }
      return
        "\(owner.map { "\($0) remembers" } ?? "remembered"), \(answer.question): \(parts.joined(separator: "; "))"
        .oneLine
    }
  }
}
