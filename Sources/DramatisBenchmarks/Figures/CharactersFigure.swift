import BenchmarkPeers
import Dramatis
import FoundationEssentials

/// A hundred thousand characters of one program in one process.
struct CharactersFigure {
  private let count = 100_000
  private let rounds = 20

  func run() throws {
    Report.title("\(count) characters of one program in one process")
    let sentry = try Sentry()
    let kinds = Sentry.randomKinds(count)
    let resident = Self.residentBytes
    let allocated = peer_allocated_bytes()
    var characters = (0..<count).map { sentry.program.position(seed: UInt64($0)) }
    let kept = Self.residentBytes - resident
    Report.line("resident memory: \(kept / count) bytes a character")
    Report.line(
      "asked of the allocator while making them: \(Int(peer_allocated_bytes() - allocated) / count) bytes a character"
    )
    var stepper = Stepper(for: sentry.program)
    let time = try nanoseconds(per: rounds * count) {
      for round in 0..<rounds {
        for index in characters.indices {
          try stepper.step(
            &characters[index], on: sentry.events[Int(kinds[(index + round) % count])], given: sentry.answers)
        }
      }
    }
    Report.line("\(rounded(1000 / time)) million steps per second of one core, \(rounded(time)) ns each")
  }

  /// From `/proc`; 0 where there is none.
  static var residentBytes: Int {
    guard let data = try? Data(contentsOf: URL(filePath: "/proc/self/statm")) else { return 0 }
    let words = String(decoding: data, as: UTF8.self).split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * 4096 : 0
  }
}
