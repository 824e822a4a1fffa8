import Dramatis
import DramatisCompiler

/// Finds the files of scenarios that paths stand for.
struct ScenarioFinder {
  /// Whether a profile that has no scenarios yet is taken with none, so that some can be suggested.
  private let startsEmpty: Bool
  /// What could not be read.
  private(set) var failures: [Failure] = []
  /// The profiles that lie in folders.
  private(set) var profiles: [String] = []

  init(startsEmpty: Bool) { self.startsEmpty = startsEmpty }

  /// Every file once, in the order of the paths.
  mutating func sources(at paths: [String]) -> [ScenarioSource] {
    var finder = FileFinder()
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
    failures += finder.errors.map { Failure($0) }
    return sources
  }

  /// A file of scenarios, or the one beside a profile that was named.
  private mutating func source(_ file: FileFinder.File) throws(Failure) -> ScenarioSource? {
    let bytes = try ProfileSource(path: file.path).bytes()
    let kind = file.kind(of: bytes)
    if kind == .scenarios { return ScenarioSource(path: file.path, bytes: bytes) }
    if file.isFound {
      if kind == .profile { profiles.append(file.path) }
      return nil
    }
    for (long, short) in ScenarioSource.endings where file.path.hasSuffix(short) {
      let isProfile = !(file.path.hasSuffix(long) && bytes.isBlank)
      let stem = file.path.dropLast(isProfile ? short.count : long.count)
      return try scenarios(at: stem + long, of: stem + short)
    }
    throw Failure("\(file.path.oneLine) is neither a profile nor a file of scenarios", .input)
  }

  private func scenarios(at path: String, of profile: String) throws(Failure) -> ScenarioSource {
    guard !OutputFile(path: path).isSpecial else {
      throw Failure("cannot read \(path.oneLine): it is no plain file", .environment)
    }
    let bytes = OutputFile(path: path).exists ? try ProfileSource(path: path).bytes() : nil
    if let bytes, !bytes.isBlank { return ScenarioSource(path: path, bytes: bytes) }
    guard startsEmpty else {
      let why =
        bytes == nil
        ? "\(profile.oneLine) has no scenarios: there is no \(path.oneLine)"
        : "\(path.oneLine) is empty: a file of scenarios begins with 'scenarios: 1'"
      throw Failure("\(why); 'dramatis test \(profile.oneLine) --suggest' makes a start", .input)
    }
    return ScenarioSource(path: path, bytes: Array("scenarios: 1\ntests: {}\n".utf8))
  }
}

extension [UInt8] {
  fileprivate var isBlank: Bool { allSatisfy { [0x09, 0x0A, 0x0D, 0x20].contains($0) } }
}
