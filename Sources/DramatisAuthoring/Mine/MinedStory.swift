import Dramatis
import DramatisCompiler
import DramatisLLM

/// A foreshadow, its trigger and its payoff as found in a text (CFPG, arXiv 2601.07033).
public struct MinedTriple: Hashable, Sendable {
  /// The number of the sentence that sets something up.
  public let foreshadowSentence: Int
  /// The number of the sentence that settles it.
  public let payoffSentence: Int
  /// What is set up.
  public let foreshadow: String
  /// What makes it due, as a question that is answered with yes or no.
  public let trigger: String
  /// What settles it.
  public let payoff: String

  /// Nil for one whose sentences are not there or not apart.
  init?(_ value: JSONValue, within range: ClosedRange<Int>) {
    guard let from = value["foreshadow_sentence"]?.int, let to = value["payoff_sentence"]?.int,
      range.contains(from), range.contains(to), to > from,
      let foreshadow = value["foreshadow"]?.text, let trigger = value["trigger"]?.text,
      let payoff = value["payoff"]?.text,
      [foreshadow, trigger, payoff].allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } })
    else { return nil }
    foreshadowSentence = from
    payoffSentence = to
    self.foreshadow = foreshadow
    self.trigger = trigger
    self.payoff = payoff
  }
}

/// What was mined, as a story with its commitments.
public struct MinedStory: Hashable, Sendable {
  /// The most commitments of a story; more go into further ones.
  public static let limit = ProfileLimits.standard.declarations

  /// What the story is called.
  public let title: String
  /// What its commitments are made of, in order.
  public let triples: [MinedTriple]
  /// The number of the first commitment.
  public let first: Int
  /// The profiles of the cast, relative to the story; the first owns everything.
  public let cast: [String]

  /// Makes a story.
  public init(title: String, triples: [MinedTriple], first: Int = 1, cast: [String]) {
    self.title = title
    self.triples = triples
    self.first = first
    self.cast = cast
  }

  /// Stories of all triples, one at least, none with more commitments than it may have.
  ///
  /// - Parameters:
  ///   - title: What the first one is called; the others are its parts.
  ///   - cast: The profiles of the cast, relative to the stories.
  public static func stories(titled title: String, of triples: [MinedTriple], cast: [String]) -> [MinedStory]
  {
    stride(from: 0, to: max(triples.count, 1), by: limit).map { start in
      MinedStory(
        title: start == 0 ? title : "\(title), part \(start / limit + 1)",
        triples: Array(triples[start...].prefix(limit)), first: start + 1, cast: cast)
    }
  }

  /// The profile that stands for whoever tells the story, where no other is given.
  public static let narrator = """
    dramatis: 1
    character: Narrator
    summary: Tells the story.
    relevant: "true"
    lines: [The story goes on.]

    """

  /// The story as the text of a file, with the sentences that each commitment comes from.
  public var yaml: String {
    let commitments = triples.enumerated().map { index, triple in
      (key: YAMLValue.plain("debt_\(first + index)"), value: commitment(of: triple))
    }
    return YAMLWriter.text(of: [
      ("story", "1"), ("title", quoted(title)), ("cast", .flowList(cast.map(quoted))),
      ("commitments", .mapping(commitments)),
    ])
  }

  private func commitment(of triple: MinedTriple) -> YAMLValue {
    let source = "sentences \(triple.foreshadowSentence) and \(triple.payoffSentence)"
    let entries: [YAMLValue.KeyValue] = [
      ("source", .plain(source)), ("foreshadow", quoted(triple.foreshadow)),
      ("trigger", quoted("ask(\(triple.trigger.oneLine.conditionQuoted))")),
      ("payoff", quoted(triple.payoff)),
    ]
    return .mapping(entries)
  }

  /// A text on one line, without the noncharacters that YAML does not hold, whatever a model says.
  private func quoted(_ text: String) -> YAMLValue {
    let kept = text.oneLine.unicodeScalars.map { $0.properties.isNoncharacterCodePoint ? "\u{FFFD}" : $0 }
    return .quoted(String(String.UnicodeScalarView(kept)))
  }
}
