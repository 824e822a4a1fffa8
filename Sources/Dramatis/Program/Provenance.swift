/// Where a part of a profile comes from: the sentence, the field of a card or the pairs that it was made of.
///
/// Nothing that a character does depends on it. It is found by what it is about, as conditions are printed, so that an edit by
/// hand leaves it behind rather than wrong.
public struct Provenance: Hashable, Sendable, Codable {
  /// What it is about.
  public enum Item: String, Hashable, Sendable, Codable, CaseIterable {
    case variable, question, state, transition, gate, statement, commitment, line
  }

  /// What it is about.
  public let item: Item
  /// Which one: see ``Program/sources(of:named:)``.
  public let name: String
  /// What was understood of the source, in a sentence; nil where that is the quote.
  public let fact: String?
  /// The words of the source, byte for byte.
  public let quotes: [String]
  /// Where in the source they stand; nil where nobody said.
  public let place: String?
  /// How strong the evidence is, in words and figures; nil where nobody said.
  public let evidence: String?

  package init(
    _ item: Item, named name: String, fact: String? = nil, quotes: [String] = [], place: String? = nil,
    evidence: String? = nil
  ) {
    self.item = item
    self.name = name
    self.fact = fact
    self.quotes = quotes
    self.place = place
    self.evidence = evidence
  }
}

extension Program {
  /// Where a part of the profile comes from, in the order written; nothing where nobody said.
  ///
  /// - Parameter name: `mood.wary` for a state, ``name(of:in:)`` for a transition, the condition of a gate as it is
  ///   printed, the text of a statement, the first text of a line, and the name of anything else.
  /// - Complexity: Linear in ``provenance``.
  public func sources(of item: Provenance.Item, named name: String) -> [Provenance] {
    provenance.filter { $0.item == item && $0.name.isSameBytes(as: name) }
  }

  /// What provenance calls a transition: `mood.wary when accused and trust < 2`.
  ///
  /// - Parameter machine: The index of its machine.
  public func name(of transition: Transition, in machine: Int) -> String {
    let machine = machines[machine]
    return "\(machine.name).\(machine.states[transition.to].name) when \(text(of: transition.guardCondition))"
  }
}

extension Provenance {
  /// The source on one line: `“She never looked at a face.” (line 3)`.
  public var summary: String {
    let quoted = quotes.map { "“\($0.oneLine)”" }
    let words = quoted.isEmpty ? [fact?.oneLine].compactMap(\.self) : quoted
    let more = [place, evidence].compactMap { $0?.oneLine }.joined(separator: "; ")
    guard !words.isEmpty else { return more }
    return words.joined(separator: " … ") + (more.isEmpty ? "" : " (\(more))")
  }
}
