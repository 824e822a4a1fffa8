import Dramatis

/// What became of a source: facts, what was left out and why, trials, and what all of it took.
public struct CodifyReport: Hashable, Sendable, Encodable {
  /// A fact, and what was made of it.
  public struct Fact: Hashable, Sendable, Encodable {
    /// What parts call it.
    public let id: String
    /// What it is about.
    public let kind: String
    /// The words of the source.
    public let quote: String
    /// The line in which they begin.
    public let line: Int
    /// What was understood.
    public let text: String
    /// The parts of the profile that rest on it; empty for one that nothing came of.
    public internal(set) var became: [String]
  }

  /// Something that is not in the profile.
  public struct LeftOut: Hashable, Sendable, Encodable {
    /// In which stage it was found.
    public let stage: String
    /// What it is, and why it was left out.
    public let why: String
  }

  /// A trial and how it went.
  public struct TrialResult: Hashable, Sendable, Encodable {
    /// What it is called.
    public let name: String
    /// Nil where it passed.
    public let failure: String?
  }

  /// What some requests took.
  public struct Taken: Hashable, Sendable, Encodable {
    /// Requests, repairs and failed ones included.
    public internal(set) var requests = 0
    /// Tokens of prompts; estimated where the service does not count.
    public internal(set) var promptTokens = 0
    /// Tokens of replies; estimated where the service does not count.
    public internal(set) var replyTokens = 0
    /// How long they took, one after another.
    public internal(set) var seconds = 0.0
  }

  /// A stage and how it went.
  public struct Stage: Hashable, Sendable, Encodable {
    /// Its name.
    public let stage: String
    /// What it took.
    public let taken: Taken
    /// How many replies were asked for again.
    public let repaired: Int
    /// How many requests came to nothing.
    public let unanswered: Int
  }

  /// Whose profile it is.
  public internal(set) var character = ""
  /// What the source is called.
  public internal(set) var source = ""
  /// The facts, in their order.
  public internal(set) var facts: [Fact] = []
  /// What is not in the profile.
  public internal(set) var leftOut: [LeftOut] = []
  /// Questions that hear fewer than two of three utterances that mean yes.
  public internal(set) var weakQuestions: [String] = []
  /// How the trials went.
  public internal(set) var trials: [TrialResult] = []
  /// The stages, in their order.
  public internal(set) var stages: [Stage] = []

  /// What everything took.
  public var taken: Taken {
    stages.reduce(into: Taken()) { sum, stage in
      sum.requests += stage.taken.requests
      sum.promptTokens += stage.taken.promptTokens
      sum.replyTokens += stage.taken.replyTokens
      sum.seconds += stage.taken.seconds
    }
  }

  /// The report as a page of Markdown.
  public var markdown: String {
    var lines = ["# \(character.oneLine)", "", "Codified from \(source.oneLine).", ""]
    lines += ["## Facts", "", "| fact | kind | line | what was understood | words of the source | became |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for fact in facts {
      let became = fact.became.isEmpty ? "nothing" : fact.became.joined(separator: ", ")
      lines.append(
        "| \(fact.id) | \(fact.kind) | \(fact.line) | \(fact.text.cell) | \(fact.quote.cell) | \(became.cell) |"
      )
    }
    if !leftOut.isEmpty {
      lines += ["", "## Left out", ""] + leftOut.map { "- \($0.stage): \($0.why.cell)" }
    }
    if !weakQuestions.isEmpty {
      lines += [
        "", "## Questions that hear little", "",
        "Fewer than two of three things that mean yes are heard without a model: "
          + weakQuestions.joined(separator: ", ") + ".",
      ]
    }
    if !trials.isEmpty {
      lines += ["", "## Trials", ""]
      lines += trials.map { "- \($0.name.cell): \($0.failure.map { "fails: \($0.cell)" } ?? "passes")" }
    }
    lines += [
      "", "## What it took", "",
      "| stage | requests | repaired | unanswered | tokens in | tokens out | seconds |",
    ]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for stage in stages { lines.append(Self.row(stage)) }
    let whole = Stage(
      stage: "all", taken: taken, repaired: stages.reduce(0) { $0 + $1.repaired },
      unanswered: stages.reduce(0) { $0 + $1.unanswered })
    lines.append(Self.row(whole))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ stage: Stage) -> String {
    let taken = stage.taken
    let seconds = (taken.seconds * 10).rounded() / 10
    return
      "| \(stage.stage) | \(taken.requests) | \(stage.repaired) | \(stage.unanswered) | \(taken.promptTokens) "
      + "| \(taken.replyTokens) | \(seconds) |"
  }
}

extension String {
  /// In a cell of a table of Markdown.
  fileprivate var cell: String { oneLine.replacing("|", with: "\\|") }
}
