import DramatisCompiler
import TestSupport
import Testing

@testable import Dramatis

/// Stories that written lines alone bring to an end.
@Suite struct StoryWritingTests {
  private static func ferry() throws -> Story {
    let story = StoryCompilation(
      of: try Repository.bytes("Examples/Ferry/story.yaml"), name: "story.yaml"
    ) { path in
      (try? Repository.bytes("Examples/Ferry/\(path)")).map { .bytes($0, name: path) } ?? .unreadable("?")
    }
    return try #require(story.story, "\(story.report())")
  }

  @Test(arguments: 0..<12)
  func `the lines of a cast hold each other's cues, so that every debt is paid within twelve turns`(seed: Int)
    async throws
  {
    let story = try Self.ferry()
    let session = try Session(cast: story.cast, seed: UInt64(seed))
    try await session.narrate(opening: story.opening)
    var writer = await StoryWriter(session)
    for _ in 0..<12 where try await !writer.isOver() { _ = try await writer.next() }
    #expect(try await writer.openDebts().isEmpty)
    for program in await session.cast {
      #expect(try await session.snapshot(of: program.character).commitments.allSatisfy { $0.early == nil })
    }
  }

  @Test func `what was paid while somebody was away is not settled for them`() async throws {
    let performer = FixedPerformer("Under the lid lies a map.")
    let session = try Session(cast: try Self.ferry().cast, performer: performer)
    let company = ["Orla", "Bram", "Rowan"]
    for text in ["What time is it, Bram?", "Well?", "What time is it?"] {
      _ = try await session.respond(
        to: Event(actor: "Rowan", text: text, present: company), speaker: .member("Bram"))
    }
    #expect(try await session.snapshot(of: "Wen").commitments[0].status == .paid)
    for name in ["Orla", "Bram", "Wen"] {
      _ = try await session.respond(to: Event(actor: "Rowan", text: "Hm."), speaker: .member(name))
    }
    let settled = await performer.requests.suffix(3).map { $0.situation.settled }
    #expect(settled == [[0], [0], []])
  }
}
