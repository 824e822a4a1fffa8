import ArgumentParser
import Dramatis
import DramatisAuthoring

/// By which rules trees are induced, as far as flags say it.
struct InductionOptions: ParsableArguments {
  @Option(
    defaultAsFlag: .code, parsing: .next,
    help: ArgumentHelp(
      "Everything as published, with the defaults of the code (unless given) or of the article: code or article.",
      valueName: "which"))
  var paper: InductionSettings.Paper?

  @Option(help: "The least precision of a statement that is kept (0.8).")
  var accept: Double?

  @Option(help: "The precision up to which a gated statement is dropped (0.5).")
  var reject: Double?

  @Option(help: "The largest share of the scenes on which a gate may open (0.7).")
  var filter: Double?

  @Option(help: "How deep trees may be (3).")
  var depth: Int?

  @Option(help: "How many pairs must say yes or no to a statement that is kept (8).")
  var support: Int?

  @Option(help: "How often a node is asked for candidates, later times with what was refused and why (2).")
  var rounds: Int?

  @Option(help: "More candidates of a node are merged by the model (24).")
  var candidates: Int?

  @Option(help: "Decides where clusters begin (42).")
  var seed: UInt64?

  @Option(help: "Which pairs train: half (the first), chapter (the first half in whole chapters) or all.")
  var split = PairSplit.half

  @Option(
    name: .customLong("topic"),
    help: "A topic besides partners; may be repeated; the published four unless given.")
  var names: [String] = []

  @Flag(inversion: .prefixedNo, help: "Trees about those with whom there are pairs enough.")
  var partners = true

  @Flag(
    help:
      "Ask about nodes that changed thresholds have opened, and seek candidates anew where pairs were added.")
  var explore = false

  @Option(
    help: ArgumentHelp(
      "An endpoint of the configuration whose embeddings pairs are clustered by; by their words unless given.",
      valueName: "endpoint"))
  var embeddings: String?

  func validate() throws {
    for (name, value) in [("--accept", accept), ("--reject", reject), ("--filter", filter)] {
      if let value, !(0...1).contains(value) { throw ValidationError("\(name) takes a number from 0 to 1") }
    }
    let bounds: [(name: String, value: Int?, range: ClosedRange<Int>)] = [
      ("--depth", depth, 1...12), ("--support", support, 0...1_000_000), ("--rounds", rounds, 1...10),
      ("--candidates", candidates, 1...100),
    ]
    for (name, value, range) in bounds {
      if let value, !range.contains(value) {
        throw ValidationError("\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
      }
    }
    guard names.allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } }) else {
      throw ValidationError("--topic takes the name of a topic")
    }
    guard settings.reject <= settings.accept else {
      throw ValidationError("--reject is larger than --accept")
    }
    guard paper == nil || (support == nil && rounds == nil) else {
      throw ValidationError("--support and --rounds are none of the published rules; leave out --paper")
    }
  }

  /// The settings that they come to.
  var settings: InductionSettings {
    var settings = paper.map { InductionSettings.paper($0) } ?? .standard
    if let accept { settings.accept = accept }
    if let reject { settings.reject = reject }
    if let filter { settings.filter = filter }
    if let depth { settings.depth = depth }
    if let support { settings.support = support }
    if let rounds { settings.rounds = rounds }
    if let candidates { settings.candidates = candidates }
    if let seed { settings.seed = seed }
    return settings
  }

  /// The topics that are no partners.
  var topics: [InductionTopic] {
    names.isEmpty ? InductionTopic.standard : names.map { InductionTopic($0.oneLine) }
  }
}

extension InductionSettings.Paper: ExpressibleByArgument {}
