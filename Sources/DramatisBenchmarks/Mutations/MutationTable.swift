/// Counts what became of mutations, by kind and by profile.
struct MutationTable {
  private let tests: [(test: MutationTest, verdicts: [MutationTest.Verdict])]

  init(_ tests: [(test: MutationTest, verdicts: [MutationTest.Verdict])]) {
    self.tests = tests
  }

  /// How many of all mutations that change anything were noticed, in percent.
  var score: Double { Self.percent(all.filter { $0 != .survived }.count, all.count) }

  /// The mutations that nobody noticed, each as a line.
  var survivors: [String] {
    tests.flatMap { test, verdicts in
      zip(test.mutations, verdicts).filter { $0.1 == .survived }.map { mutation, _ in
        "\(test.path):\(mutation.line): \(mutation.kind.rawValue): \(mutation.change)"
      }
    }
  }

  /// A table in Markdown; for each profile, how many were noticed of how many.
  var lines: [String] {
    let names = tests.map(\.test.name)
    let head = ["mutation"] + names + ["refused", "complained about", "failed", "survived", "score"]
    let rows = Mutation.Kind.allCases.compactMap { kind in row(kind.rawValue) { $0 == kind } }
    let rule = "| --- |" + String(repeating: " ---: |", count: head.count - 1)
    return [Self.line(head), rule] + rows + [row("all") { _ in true }].compactMap(\.self)
  }

  private var all: [MutationTest.Verdict] { tests.flatMap { verdicts(on: $0) { _ in true } } }

  private func verdicts(
    on test: (test: MutationTest, verdicts: [MutationTest.Verdict]), _ isMeant: (Mutation.Kind) -> Bool
  ) -> [MutationTest.Verdict] {
    zip(test.test.mutations, test.verdicts).filter { isMeant($0.0.kind) && $0.1 != .equivalent }.map(\.1)
  }

  private func row(_ name: String, _ isMeant: (Mutation.Kind) -> Bool) -> String? {
    let each = tests.map { verdicts(on: $0, isMeant) }
    let all = each.flatMap(\.self)
    guard !all.isEmpty else { return nil }
    let noticed = each.map { verdicts in
      verdicts.isEmpty ? "–" : "\(verdicts.count { $0 != .survived }) of \(verdicts.count)"
    }
    let counts = [.refused, .complainedAbout, .failed, .survived].map { verdict in
      String(all.count { $0 == verdict })
    }
    return Self.line(
      [name] + noticed + counts + ["\(rounded(Self.percent(all.count { $0 != .survived }, all.count))) %"])
  }

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  private static func percent(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 100 : 100 * Double(part) / Double(whole)
  }
}
