import Dramatis
import DramatisCompiler
import FoundationEssentials

/// A file of scenarios together with the profile that it is for.
struct ScenarioSource: Sendable {
  /// What the names of profiles and of their scenarios end in.
  static let endings = [(".scenarios.yaml", ".yaml"), (".scenarios.yml", ".yml")]

  let path: String
  let reading: ScenarioReading
  /// The compiled profile; nil where it cannot be used, which a diagnostic says.
  let program: Program?
  /// Where the profile was looked for.
  let profilePath: String?

  var name: String { reading.file.name }

  /// Reads scenarios and compiles their profile.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    let file = ScenarioFile(of: bytes, name: path == InputStream.standardInput ? "<stdin>" : path)
    profilePath = Self.profilePath(file.profile, of: path)
    let (program, problem) = Self.program(profilePath, file)
    self.program = program
    reading = file.reading(for: program).adding([problem].compactMap(\.self))
  }

  /// The path that the file gives, seen from its folder, or that of the profile beside it.
  private static func profilePath(_ given: String?, of path: String) -> String? {
    if let given, !given.isEmpty {
      guard !given.hasPrefix("/"), let end = path.lastIndex(of: "/") else { return given }
      return path[...end] + given
    }
    for (long, short) in endings where path.hasSuffix(long) { return path.dropLast(long.count) + short }
    return nil
  }

  private static func program(_ path: String?, _ file: ScenarioFile) -> (Program?, Diagnostic?) {
    guard let path else {
      return (
        nil,
        file.unusableProfile(
          "the file does not say which profile it is for",
          help: ["add 'profile: NAME.yaml' below the first line"])
      )
    }
    guard !OutputFile(path: path).isSpecial else {
      return (nil, file.unusableProfile("\(path.quoted) is no file"))
    }
    do throws(Failure) {
      switch try ProfileSource(path: path).read() {
      case .program(let program): return (program, nil)
      case .story:
        return (
          nil, file.unusableProfile("\(path.quoted) is a story", help: ["scenarios test one character"])
        )
      case .damagedProgram(let error): return (nil, file.unusableProfile("\(path.quoted): \(error)"))
      case .profile(let compilation):
        guard let program = compilation.program else {
          let count = compilation.errors.count.of("error")
          return (
            nil, file.unusableProfile("\(path.quoted) has \(count)", help: ["dramatis validate \(path)"])
          )
        }
        return (program, nil)
      }
    } catch {
      return (nil, file.unusableProfile(error.message))
    }
  }

  /// What is wrong with the file itself.
  var findings: [FileFinding] { reading.diagnostics.map { FileFinding($0, in: reading.file) } }
}
