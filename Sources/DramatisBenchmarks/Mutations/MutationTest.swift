import Dramatis
import DramatisCompiler
import FoundationEssentials

/// A profile with its scenarios, and what they and the validator notice of its mutations.
struct MutationTest: Sendable {
  /// What became of a mutation.
  enum Verdict: CaseIterable {
    /// It changes nothing: the compiled program is the same.
    case equivalent
    /// The compiler refuses it.
    case refused
    /// A rule complains about it.
    case complainedAbout
    /// A scenario fails.
    case failed
    /// Nobody noticed.
    case survived
  }

  let path: String
  /// Such as `mara`.
  let name: String
  let mutations: [Mutation]
  private let program: Program
  private let scenarios: ScenarioFile?

  /// - Parameter limit: How many mutations of one kind are looked at, taken by chance.
  init(path: String, seed: UInt64, limit: Int) throws {
    guard let bytes = Self.bytes(of: path) else { throw MissingInput(description: "there is no \(path)") }
    let (stem, name) = Self.names(of: path)
    self.path = path
    self.name = name
    let document = DocumentReader().read(name: path, bytes: bytes)
    let compilation = Compilation(of: bytes, name: path)
    guard let root = document.root, let program = compilation.program else {
      throw WrongResult(description: "\(path) does not compile:\n\(compilation.report(compilation.errors))")
    }
    self.program = program
    scenarios = Self.bytes(of: stem + ".scenarios.yaml").map { ScenarioFile(of: $0, name: stem) }
    let all = Mutator.mutations(of: root, seed: seed)
    mutations = Self.sample(all, limit, seed: seed)
    let whole = Mutation(kind: .topicDropped, line: 1, change: "", document: root)
    guard Self.compilation(of: whole).program == program else {
      throw WrongResult(description: "\(path) is not the same when it is written out")
    }
  }

  private static func bytes(of path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path))).map { Array($0) }
  }

  private static func names(of path: String) -> (stem: String, name: String) {
    let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
    return (stem, stem.split(separator: "/").last.map(String.init) ?? stem)
  }

  private static func sample(_ all: [Mutation], _ limit: Int, seed: UInt64) -> [Mutation] {
    var random = SplitMix64(state: seed)
    return Mutation.Kind.allCases.flatMap { kind in
      let own = all.enumerated().filter { $0.element.kind == kind }
      return own.shuffled(using: &random).prefix(limit).sorted { $0.offset < $1.offset }.map(\.element)
    }
  }

  private static func compilation(of mutation: Mutation) -> Compilation {
    Compilation(of: Array(mutation.document.flowText.utf8), name: "mutation.yaml")
  }

  /// The verdicts on all mutations, in their order.
  func verdicts() async throws -> [Verdict] {
    try await withThrowingTaskGroup(of: (Int, Verdict).self) { group in
      for (index, mutation) in mutations.enumerated() {
        group.addTask { (index, try await verdict(on: mutation)) }
      }
      var verdicts = mutations.map { _ in Verdict.survived }
      for try await (index, verdict) in group { verdicts[index] = verdict }
      return verdicts
    }
  }

  private func verdict(on mutation: Mutation) async throws -> Verdict {
    let compilation = Self.compilation(of: mutation)
    guard let mutant = compilation.program else { return .refused }
    if mutant == program { return .equivalent }
    if !compilation.linted().diagnostics.isEmpty { return .complainedAbout }
    guard let reading = scenarios?.reading(for: mutant) else { return .survived }
    guard reading.isSound else { return .failed }
    let runner = ScenarioRunner(mutant)
    for scenario in reading.scenarios where try await !runner.run(scenario).failures.isEmpty {
      return .failed
    }
    return .survived
  }
}
