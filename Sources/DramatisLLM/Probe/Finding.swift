/// What was found out about one ability of a service.
public struct Finding: Hashable, Sendable {
  /// What a service is probed for, in order.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    /// Whether it answers at all.
    case reachable
    /// Whether it takes the key, or needs none.
    case key
    /// Whether it has the model.
    case model
    /// Whether a reply comes in pieces.
    case streaming
    /// Whether it sees to the shape of a reply.
    case schema
    /// Whether it gives the probabilities of tokens.
    case probabilities = "log-probabilities"
    /// How long prompt and reply may be.
    case context
    /// Which order of roles it takes.
    case roles
    /// Whether it thinks before it speaks.
    case reasoning
    /// Whether it ends where it is told to.
    case stop
    /// How many requests it serves at the same time.
    case parallel
    /// Whether it answers questions about a scene rightly.
    case questions
    /// In which form of prompts its lines are the character's own.
    case promptForm = "prompt-form"
    /// What it refuses and is asked otherwise.
    case parameters
  }

  /// What a finding comes to.
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// It is there.
    case fine
    /// It is not there, and something else is used instead.
    case fallback
    /// It is not there, and nothing can be used instead.
    case failed
    /// It could not be found out.
    case unknown
  }

  /// What it is about.
  public let subject: Subject
  /// What it comes to.
  public let verdict: Verdict
  /// The finding in plain words, and what is done where something is missing.
  public let text: String

  init(_ subject: Subject, _ verdict: Verdict, _ text: String) {
    self.subject = subject
    self.verdict = verdict
    self.text = text
  }
}
