import Dramatis

/// Which pairs of a character a tree is made from, and on which it is judged.
public enum PairSplit: String, Hashable, Sendable, CaseIterable {
  /// The first half trains and the second half tests, in the order of the story.
  case half
  /// The same, but no chapter is cut: it belongs where its first pair does.
  case chapter
  /// All of them train and test, for what is not to be judged.
  case all

  /// The two parts of a character's pairs.
  public func parts(of pairs: [ScenePair]) -> (training: [ScenePair], test: [ScenePair]) {
    switch self {
    case .all: return (pairs, pairs)
    case .half: return (Array(pairs.prefix(pairs.count / 2)), Array(pairs.dropFirst(pairs.count / 2)))
    case .chapter:
      var cut = pairs.count / 2
      while pairs.indices.contains(cut), cut > 0, Self.isSameChapter(pairs[cut - 1], as: pairs[cut]) {
        cut += 1
      }
      // One chapter alone would leave nothing to judge on.
      if cut == pairs.count { cut = pairs.count / 2 }
      return (Array(pairs.prefix(cut)), Array(pairs.dropFirst(cut)))
    }
  }

  private static func isSameChapter(_ one: ScenePair, as other: ScenePair) -> Bool {
    one.work == other.work && one.chapter == other.chapter
  }
}

/// How many pairs there are, by character and by who acted before.
public struct PairReport: Hashable, Sendable, Encodable {
  /// What there is of one character.
  public struct Entry: Hashable, Sendable, Encodable {
    /// Who.
    public let character: String
    /// Pairs in all, those that train, and those that test.
    public let pairs, training, test: Int
    /// How many training pairs answer whom, those with a tree of their own first.
    public let partners: [Partner]
  }

  /// How often somebody acted just before.
  public struct Partner: Hashable, Sendable, Encodable {
    /// Who acted before.
    public let name: String
    /// In how many training pairs.
    public let pairs: Int
    /// Whether these are enough for a tree.
    public let hasTree: Bool
  }

  /// Those with most pairs first.
  public let characters: [Entry]

  /// Counts pairs.
  ///
  /// - Complexity: Linear in the pairs for each character.
  public init(_ pairs: [ScenePair], split: PairSplit) {
    let acting = Set(pairs.map(\.character))
    let byCharacter = Dictionary(grouping: pairs, by: \.character)
    characters = pairs.characters.map { name, count in
      let (training, test) = split.parts(of: byCharacter[name] ?? [])
      let partners = InductionTopic.partners(of: name, in: training).filter { acting.contains($0.name) }
      return Entry(
        character: name, pairs: count, training: training.count, test: test.count,
        partners: partners.map {
          Partner(name: $0.name, pairs: $0.count, hasTree: $0.count >= InductionTopic.leastPartnerPairs)
        })
    }
  }
}

/// A side of a character that gets a tree.
public struct InductionTopic: Hashable, Sendable {
  /// What it is called in the profile, and to whoever proposes.
  public let name: String
  /// Whose acting just before makes it count; nil for always.
  public let partner: String?

  /// Makes a topic.
  public init(_ name: String, partner: String? = nil) {
    self.name = name
    self.partner = partner
  }

  /// The published four.
  public static let standard = ["identity", "personality", "ability", "relationship"].map {
    InductionTopic($0)
  }
  /// How many pairs a tree about a partner takes.
  public static let leastPartnerPairs = 16

  /// Who acted before a character did, and how often.
  static func partners(of character: String, in pairs: [ScenePair]) -> [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for pair in pairs {
      for name in Set(pair.previous) where name != character && name != StoryActions.environment {
        counts[name, default: 0] += 1
      }
    }
    return counts.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// The topics of a character: some that always count, and one for each partner with pairs enough.
  ///
  /// - Parameters:
  ///   - cast: Who can be a partner: whoever acts in the work.
  ///   - hasPartners: Whether there are trees about partners at all.
  public static func all(
    of character: String, in pairs: [ScenePair], cast: Set<String>, always: [InductionTopic] = standard,
    partners hasPartners: Bool = true
  ) -> [InductionTopic] {
    guard hasPartners else { return always }
    return always
      + partners(of: character, in: pairs).filter { $0.count >= leastPartnerPairs && cast.contains($0.name) }
      .map { InductionTopic("\(character)'s interaction with \($0.name)", partner: $0.name) }
  }

  /// The pairs that the tree is made from.
  public func pairs(of all: [ScenePair]) -> [ScenePair] {
    partner.map { partner in all.filter { $0.previous.contains(partner) } } ?? all
  }
}
