import Dramatis
import DramatisCompiler

/// Finds the files of scenarios that paths stand for.
struct ScenarioFinder {
  /// What could not be read.
  private(set) var failures: [Failure] = []

  /// Every file once, in the order of the paths.
  mutating func sources(at paths: [String]) -> [ScenarioSource] {
    var finder = ProfileFinder()
    var seen: Set<String> = []
    var sources: [ScenarioSource] = []
    for file in paths.flatMap({ finder.files(at: $0) }) {
      do throws(Failure) {
        guard let source = try source(file), seen.insert(source.path).inserted else { continue }
        sources.append(source)
      } catch {
        failures.append(error)
      }
    }
    failures += finder.failures
    return sources
  }

  /// A file of scenarios, or the one beside a profile that was named.
  private func source(_ file: ProfileFinder.File) throws(Failure) -> ScenarioSource? {
    let bytes = try ProfileSource(path: file.path).bytes()
    if file.isFound {
      return FileKind(guessedFrom: bytes) == .scenarios ? ScenarioSource(path: file.path, bytes: bytes) : nil
    }
    if FileKind(of: bytes) == .scenarios { return ScenarioSource(path: file.path, bytes: bytes) }
    for (long, short) in ScenarioSource.endings where file.path.hasSuffix(short) {
      let path = String(file.path.dropLast(short.count)) + long
      guard OutputFile(path: path).exists else {
        throw Failure("\(file.path.oneLine) has no scenarios: there is no \(path.oneLine)", .input)
      }
      guard !OutputFile(path: path).isSpecial else {
        throw Failure("cannot read \(path.oneLine): it is no plain file", .environment)
      }
      return ScenarioSource(path: path, bytes: try ProfileSource(path: path).bytes())
    }
    throw Failure("\(file.path.oneLine) is neither a profile nor a file of scenarios", .input)
  }
}
