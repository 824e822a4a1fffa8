import Dramatis

/// A file of scenarios together with the profile or the story that it is for.
struct ScenarioSource: Sendable {
  /// What the names of scenarios and of their profiles end in.
  static let endings = [(".scenarios.yaml", ".yaml"), (".scenarios.yml", ".yml")]

  let path: String
  let reading: ScenarioReading
  /// What the scenarios are for.
  enum Subject: Sendable {
    case program(Program)
    case story(Story)

    var cast: [Program] {
      switch self {
      case .program(let program): [program]
      case .story(let story): story.cast
      }
    }

    var runner: ScenarioRunner? {
      switch self {
      case .program(let program): ScenarioRunner(program)
      case .story(let story): ScenarioRunner(story)
      }
    }
  }

  /// The compiled profile or story; nil where it cannot be used, which a diagnostic says.
  let subject: Subject?
  /// What the project asks; everything as by default where its settings cannot be read.
  private let settings: LintSettings
  /// Where the profile was looked for.
  let profilePath: String?

  var name: String { reading.file.name }

  /// The profiles of the cast of a story, with paths as that of the story is; nothing for a profile.
  var profilesOfCast: [CastProfile] {
    guard case .story(let story) = subject, let path = profilePath else { return [] }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return story.profiles.map { CastProfile(path: folder + $0.path, program: $0.program) }
  }

  /// Reads scenarios and compiles their profile.
  init(path: String, bytes: [UInt8], reader: SourceReader) {
    self.path = path
    settings = (try? LintSettings.found(for: path)) ?? LintSettings()
    let file = ScenarioFile(of: bytes, name: path.nameInMessages)
    profilePath = Self.profilePath(file.profile, of: path)
    let (subject, problem) = Self.subject(at: profilePath, for: file, reader: reader)
    self.subject = subject
    reading = file.reading(for: subject?.cast ?? []).adding(
      [problem].compactMap(\.self) + Self.textMistakes(in: file))
  }

  /// Texts that YAML cuts or joins, of which the rules of profiles tell.
  private static func textMistakes(in file: ScenarioFile) -> [Diagnostic] {
    guard let root = file.root else { return [] }
    return CutText.check(root, of: file.file) + SwallowedLine.check(root, of: file.file)
  }

  /// Whether the file or its profile has changed.
  func isConcerned(by changed: ChangedFiles) -> Bool {
    changed.concern(path, holding: reading.file.bytes)
      || (profilePath.map { changed.concern($0, holding: []) } ?? false)
  }

  /// What is wrong with the file itself, as its project asks.
  var findings: [FileFinding] {
    reading.diagnostics.compactMap { settings.applied(to: $0) }.map {
      FileFinding($0, in: reading.file, below: reading.root)
    }
  }

  /// The path that the file gives, seen from its folder, or that of the profile beside it.
  private static func profilePath(_ given: String?, of path: String) -> String? {
    if let given, !given.isEmpty {
      guard !given.hasPrefix("/"), let end = path.lastIndex(of: "/") else { return given }
      return path[...end] + given
    }
    return profileBeside(path)
  }

  /// The profile that a file of scenarios is for where it names none; nil for a file of another name.
  static func profileBeside(_ path: String) -> String? {
    for (long, short) in endings where path.hasSuffix(long) { return path.dropLast(long.count) + short }
    return nil
  }

  /// The program or the story, or why there is none.
  private static func subject(
    at path: String?, for file: ScenarioFile, reader: SourceReader
  ) -> (subject: Subject?, problem: Diagnostic?) {
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
      switch CompiledFile(of: try reader.bytes(at: path), at: path) {
      case .program(let program): return (.program(program), nil)
      case .damagedProgram(let error): return (nil, file.unusableProfile("\(path.quoted): \(error)"))
      case .profile(let compilation):
        return (
          compilation.program.map { .program($0) },
          compilation.program == nil ? problem(compilation.errors.count, at: path, for: file) : nil
        )
      case .lore: return (nil, file.unusableProfile("\(path.quoted) is a book of lore and no profile"))
      case .story(let compilation):
        let errors = ([compilation.document] + compilation.profiles).reduce(0) { $0 + $1.errors.count }
        return (
          compilation.story.map { .story($0) },
          compilation.story == nil ? problem(errors, at: path, for: file) : nil
        )
      }
    } catch {
      return (nil, file.unusableProfile(error.description))
    }
  }

  private static func problem(_ errors: Int, at path: String, for file: ScenarioFile) -> Diagnostic {
    file.unusableProfile(
      "\(path.quoted) has \(errors == 1 ? "1 error" : "\(errors) errors")",
      help: ["dramatis validate \(path)"])
  }
}
