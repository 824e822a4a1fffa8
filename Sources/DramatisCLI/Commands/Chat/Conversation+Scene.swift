import Dramatis
import DramatisCompiler

/// The cast among itself: the scene goes on without anything being said to it.
extension Conversation {
  /// The most turns that are taken at one command.
  private static let mostTurns = 100

  /// Lets a member say the next line.
  mutating func speak(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .speak) }
    try await letSceneGoOn(with: try member(argument).character)
  }

  /// Lets a member say nothing unasked, or speak again; without a name it says who is muted.
  mutating func mute(_ argument: String) async throws {
    guard !argument.isEmpty else {
      let muted = await session.muted.sorted()
      return screen.note(
        muted.isEmpty ? "Nobody is muted." : "\(muted.listed) \(muted.count == 1 ? "is" : "are") muted.")
    }
    let program = try member(argument)
    let isMuted = await !session.muted.contains(program.character)
    try await session.mute(program.character, isMuted)
    await keep()
    screen.note(
      isMuted
        ? "\(program.character) says nothing unasked; /speak asks for a line, /mute again ends it."
        : "\(program.character) speaks again.")
  }

  private func member(_ argument: String) throws(ChatProblem) -> Program {
    let name = cast.contains { $0.isCalled(argument) } ? argument : argument.firstNameAndRest.name
    guard let program = cast.first(where: { $0.isCalled(name) }) else {
      throw ChatProblem("Nobody here is called \(name.oneLine): \(names).")
    }
    return program
  }

  /// Lets the cast talk among itself for some turns, until it is stopped or nobody has anything more to say.
  mutating func goOnAlone(_ argument: String) async throws {
    guard let count = Int(argument), (1...Self.mostTurns).contains(count) else {
      throw ChatProblem("Use it as /auto N, with a number of turns from 1 to \(Self.mostTurns).")
    }
    guard cast.count > 1 else { throw ChatProblem("Nobody else is here for \(names) to talk with.") }
    var writer = await StoryWriter(
      session, isAuthored: voice.model == nil, director: await session.director)
    for number in 1...count {
      guard let turn = try await letSceneGoOn() else {
        if number < count { screen.note("The cast stops here; /auto lets it go on.") }
        return
      }
      writer.note(turn)
      if writer.isStill, number < count {
        screen.note("After \(number.of("turn")) nobody has anything new to say.")
        return
      }
    }
  }

  /// Takes a turn on the last line, or as a moment passes.
  ///
  /// - Parameter speaker: Who speaks; whoever comes next unless given.
  /// - Returns: The turn; nil where it was stopped or not taken.
  @discardableResult
  mutating func letSceneGoOn(with speaker: String? = nil) async throws -> Turn? {
    let (session, wish) = (session, wish)
    isGoingOn = true
    defer { isGoingOn = false }
    return try await runTurn { show in
      try await session.goOn(speaker: speaker, direction: wish, show: show)
    }
  }
}
