import Dramatis

/// Looking for 1,000 keys in 4 KB, against a loop that looks for each by itself as SillyTavern does.
struct LoreFigure {
  let rounds: Int
  private let scans = 20

  func run() throws {
    var random = SplitMix64(state: 18)
    let words = (0..<1000).map { _ in Self.word(&random) }
    let spoken =
      (0..<560).map { _ in Self.word(&random) } + stride(from: 0, to: 1000, by: 31).map { words[$0] }
    let text = spoken.joined(separator: " ")
    let entries = words.enumerated().map { number, word in
      var entry = LoreEntry(id: number)
      (entry.keys, entry.content, entry.ignoresBudget) = ([word], "x", true)
      return entry
    }
    var settings = LoreSettings()
    settings.dialect = .dramatis
    settings.includesNames = false
    let keys = LoreKeys(of: entries)
    Report.title("lore: \(words.count) keys in \(text.utf8.count) bytes")
    var (own, plain): (Int, Int) = (0, 0)
    let medians = try Race(
      rounds: rounds,
      contestants: [
        {
          nanoseconds(per: scans) {
            for _ in 0..<scans {
              var scan = LoreScan(
                entries, messages: [LoreScan.Message(name: "", text: text)], character: LoreScan.Character(),
                settings: settings, keys: keys
              ) { _ in 0 }
              own = scan.run().activated.count
            }
          }
        },
        {
          nanoseconds(per: 1) {
            plain = words.count { text.lowercased().contains($0.lowercased()) }
          }
        },
      ]
    ).medians()
    guard own == plain else { throw WrongResult(description: "ours finds \(own), the loop \(plain)") }
    Report.line("ours: \(rounded(medians[0] / 1000)) µs a scan, \(own) entries found")
    Report.line("a loop: \(rounded(medians[1] / 1000)) µs")
    Report.figure("the loop against ours", medians[1] / medians[0], " times", aim: .atLeast(100))
  }

  private static func word(_ random: inout SplitMix64) -> String {
    String((0..<6).map { _ in Character(Unicode.Scalar(UInt8(97 + random.next() % 26))) })
  }
}
