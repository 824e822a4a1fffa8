import ArgumentParser
import Dramatis

/// The discriminators that a command can be told to use.
enum DiscriminatorChoice: String, ExpressibleByArgument, CaseIterable {
  case cues
  case scripted
  case hash

  func discriminator(for program: Program) -> any Discriminator {
    switch self {
    case .cues: CueDiscriminator(for: [program])
    case .scripted: ScriptedDiscriminator()
    case .hash: HashDiscriminator()
    }
  }
}
