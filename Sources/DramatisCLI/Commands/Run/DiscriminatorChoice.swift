import ArgumentParser

/// The discriminators that a command can be told to use.
enum DiscriminatorChoice: String, ExpressibleByArgument, CaseIterable {
  case cues
  case scripted
  case hash
  /// The cues, and the model for what is still unknown.
  case llm
}
