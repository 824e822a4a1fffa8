import Dramatis
import Synchronization

/// With what the next prompts for lines will begin, as the last ones let expect it.
///
/// A performer notes it, and a discriminator that shares it says so with its questions, so that a service with few places for
/// prompts keeps that of the line.
public final class AwaitedLines: Sendable {
  /// By character, without what follows the newest line.
  private let beginnings = Mutex<[String: ModelRequest.Beginning]>([:])

  /// Makes one that expects nothing yet.
  public init() {}

  /// Notes what a line was asked behind, and the line.
  func note(_ messages: [ModelRequest.Message], then line: String, by character: String) {
    let beginning = ModelRequest.Beginning(of: character, messages + [.init(.assistant, line)])
    beginnings.withLock { $0[character] = beginning }
  }

  /// With what the next line of one of some characters begins, in the order in which they are given.
  ///
  /// - Parameter scene: Its newest event, unless the character acts in it, stands at the end.
  func beginning(of characters: [Program], in scene: Scene) -> ModelRequest.Beginning? {
    let known = beginnings.withLock { $0 }
    guard let program = characters.first(where: { known[$0.character] != nil }),
      var beginning = known[program.character]
    else { return nil }
    if let speaker = scene.speaker, !scene.newest.isEmpty, !program.isCalled(speaker) {
      beginning.messages.append(.init(.user, "\(speaker): \(scene.newest)"))
    }
    return beginning
  }
}
