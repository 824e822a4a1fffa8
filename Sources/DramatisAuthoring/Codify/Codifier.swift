import Dramatis
import DramatisCompiler
import DramatisLLM

/// What codifying came to.
public struct Codified: Sendable {
  /// The profile in YAML, with the source of every part; it compiles, and no rule complains of it.
  public let profile: String
  /// What became of the source.
  public let report: CodifyReport
  /// How many parts the source gave; 0 where nothing could be grounded.
  public let parts: Int
  private let trials: [Trial]

  init(profile: String, report: CodifyReport, parts: Int, trials: [Trial]) {
    (self.profile, self.report, self.parts, self.trials) = (profile, report, parts, trials)
  }

  /// The trials as a file of scenarios; nil where there are none.
  ///
  /// - Parameter name: The profile, seen from the folder of the file.
  public func scenarios(of name: String) -> String? {
    trials.isEmpty ? nil : TrialRunner.file(trials, profile: name)
  }
}

/// Makes a profile of a text or a card with a language model, stage by stage, each judged by our own tools.
///
/// The model fills data; the program prints the profile. What names no fact, and what the compiler or the linter complains of
/// after one repair, is left out and listed.
///
/// ```swift
/// let codifier = Codifier(CodifySource(prose: text, title: "mara.txt"), with: model)
/// let codified = try await codifier.codify { print($0.text) }
/// print(codified.profile, codified.report.markdown)
/// ```
public struct Codifier: Sendable {
  /// What the work takes, before it is done.
  public struct Estimate: Hashable, Sendable {
    /// Requests: as many as are likely, and at the most.
    public let requests: ClosedRange<Int>
    /// Tokens of prompts and replies, likely and at the most, as far as bytes tell.
    public let tokens: ClosedRange<Int>
  }

  /// That a stage is done.
  public struct Progress: Hashable, Sendable {
    /// The stage.
    public let stage: CodifyStage
    /// What came of it, in a few words.
    public let result: String
    /// What it took.
    public let taken: CodifyReport.Taken
  }

  private let source: CodifySource
  private let model: any LanguageModel

  /// Prepares the codifying of a source.
  public init(_ source: CodifySource, with model: any LanguageModel) {
    self.source = source
    self.model = model
  }

  /// What codifying takes, guessed from the length of the source.
  public func estimate() -> Estimate {
    let windows = max(source.windows.count, 1)
    let text = TokenCounter().tokens(bytes: min(source.text.utf8.count, 9_000))
    let few = windows + 8
    let many = windows * 2 + 36
    return Estimate(requests: few...many, tokens: few * (text + 1_200)...many * (text + 3_500))
  }

  /// Codifies the source.
  ///
  /// - Parameter onProgress: Is told when a stage is done.
  /// - Throws: Whatever the model throws, except that it answered what cannot be used, which is reported.
  public func codify(onProgress: (Progress) -> Void = { _ in }) async throws(ModelError) -> Codified {
    var run = CodifyRun(source, model: model)
    for stage in CodifyStage.allCases {
      try await run.take(stage)
      onProgress(run.progress(of: stage))
    }
    return run.codified()
  }

  /// Takes the replies of a stage out of those that were kept, so that it is asked for anew.
  ///
  /// - Parameter replies: The bytes of a file of kept replies.
  public static func removing(_ stage: CodifyStage, from replies: [UInt8]) -> [UInt8] {
    let marker = Array("\\n\(stage.marker)\\n".utf8)
    return replies.split(separator: 0x0A).filter { !$0.contains(marker) }.flatMap { $0 + [0x0A] }
  }
}
