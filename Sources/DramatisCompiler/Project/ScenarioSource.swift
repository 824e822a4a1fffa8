import Dramatis

/// A file of scenarios together with the profile that it is for.
struct ScenarioSource: Sendable {
  /// What the names of scenarios and of their profiles end in.
  static let endings = [(".scenarios.yaml", ".yaml"), (".scenarios.yml", ".yml")]

  let path: String
  let reading: ScenarioReading
  /// The compiled profile; nil where it cannot be used, which a diagnostic says.
  let program: Program?
  /// Where the profile was looked for.
  let profilePath: String?

  var name: String { reading.file.name }

  /// Reads scenarios and compiles their profile.
  init(path: String, bytes: [UInt8], reader: SourceReader) {
    self.path = path
    let file = ScenarioFile(of: bytes, name: path.nameInMessages)
    profilePath = Self.profilePath(file.profile, of: path)
    let profile = Self.profile(at: profilePath, for: file, reader: reader)
    program = profile.program
    reading = file.reading(for: program).adding([profile.problem].compactMap(\.self))
  }

  /// What is wrong with the file itself.
  var findings: [FileFinding] { reading.diagnostics.map { FileFinding($0, in: reading.file) } }

  /// The path that the file gives, seen from its folder, or that of the profile beside it.
  private static func profilePath(_ given: String?, of path: String) -> String? {
    if let given, !given.isEmpty {
      guard !given.hasPrefix("/"), let end = path.lastIndex(of: "/") else { return given }
      return path[...end] + given
    }
    for (long, short) in endings where path.hasSuffix(long) { return path.dropLast(long.count) + short }
    return nil
  }

  /// The program, or why there is none.
  private static func profile(
    at path: String?, for file: ScenarioFile, reader: SourceReader
  ) -> (program: Program?, problem: Diagnostic?) {
    guard !file.hidesProfile else { return (nil, nil) }
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
    do throws(ProjectError) {
      let compiled = CompiledFile(of: try reader.bytes(at: path), at: path)
      if case .program(let program) = compiled { return (program, nil) }
      if case .profile(let compilation) = compiled, let program = compilation.program {
        return (program, nil)
      }
      return (nil, problem(of: compiled, at: path, for: file))
    } catch {
      return (nil, file.unusableProfile(error.description))
    }
  }

  private static func problem(
    of compiled: CompiledFile, at path: String, for file: ScenarioFile
  ) -> Diagnostic? {
    switch compiled {
    case .program: nil
    case .story:
      file.unusableProfile("\(path.quoted) is a story", help: ["scenarios test one character"])
    case .damagedProgram(let error): file.unusableProfile("\(path.quoted): \(error)")
    case .profile(let compilation):
      file.unusableProfile(
        "\(path.quoted) has \(compilation.errors.count == 1 ? "1 error" : "\(compilation.errors.count) errors")",
        help: ["dramatis validate \(path)"])
    }
  }
}
