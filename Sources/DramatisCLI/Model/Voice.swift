import ArgumentParser
import Dramatis
import DramatisLLM

/// Who answers the questions of a session and who writes its lines.
struct Voice: Sendable {
  /// The model that speaks; nil for authored lines.
  let model: ConfiguredModel?
  let choice: DiscriminatorChoice
  /// Where a line is shown while it comes.
  let stream: StreamedLine?
  /// Whether the user wants authored lines whatever is configured.
  var isForced = false

  /// In few words.
  var name: String { model?.endpoint.model ?? "written lines" }

  /// Says how a cast speaks, as a sentence.
  func introduction(of cast: [Program]) -> String {
    let who = "\(cast.map(\.character).listed) \(cast.count == 1 ? "speaks" : "speak")"
    return model.map { "\(who) through \($0.title)." }
      ?? "No language model is \(isForced ? "used" : "configured"): \(who) from written lines."
  }

  func performer(user: String) -> any Performer {
    guard let model else { return AuthoredPerformer(user: user) }
    let performer = model.performer(user: user)
    return stream.map { AnnouncedPerformer(base: performer, stream: $0) } ?? performer
  }

  /// Who sums up what the cast is to remember; nobody where no model answers questions.
  var rememberer: (any Rememberer)? { choice == .llm ? model?.rememberer : nil }

  func discriminator(for cast: [Program]) -> any Discriminator {
    switch choice {
    case .cues: CueDiscriminator(for: cast)
    case .scripted: ScriptedDiscriminator()
    case .hash: HashDiscriminator()
    case .llm: model?.discriminator(for: cast) ?? CueDiscriminator(for: cast)
    }
  }
}

/// Says who is about to speak before they do.
private struct AnnouncedPerformer: Performer {
  let base: any Performer
  let stream: StreamedLine

  var choosesAuthoredLines: Bool { base.choosesAuthoredLines }

  func line(for request: LineRequest) async throws -> SpokenLine? {
    stream.announce(request.program.character)
    let word = Task { [stream] in
      try? await Task.sleep(for: Self.patience)
      guard !Task.isCancelled, !stream.hasBegun, Console.error.isTerminal else { return }
      Console.error.write("waiting for the first word; --timeout says for how long, Ctrl-C stops\n")
    }
    defer { word.cancel() }
    return try await base.line(for: request)
  }

  /// After which somebody who waits is told so.
  private static let patience = Duration.seconds(10)
}

/// The discriminators that a command can be told to use.
enum DiscriminatorChoice: String, ExpressibleByArgument, CaseIterable {
  case cues
  case scripted
  case hash
  /// The cues, and the model for what is still unknown.
  case llm
}
