import BundledProfiles
import Dramatis
import DramatisCompiler

/// A profile, a program or a story as a user names it: a path, `-` for standard input, or a character that ships.
struct ProfileSource {
  let path: String
  /// Whether gates that lead to no statement are left out of a profile.
  var prunes = true
  /// Whether a profile's `ask("…")` of the same text twice is one question.
  var shares = true

  /// What is there, mistakes included.
  private func read() throws(Failure) -> CompiledFile {
    do throws(ProjectError) {
      let bytes = try SourceReader.withBundledProfiles.bytes(at: path)
      return CompiledFile(of: bytes, at: path, prunes: prunes, shares: shares)
    } catch {
      throw Failure(error)
    }
  }

  private var name: String { path.nameInMessages }

  /// Whom a path stands for, and how it opens: a character and nothing, or the cast and the opening of a story.
  func company() throws(Failure) -> (cast: [Program], opening: String) {
    switch try work() {
    case .story(let story): (story.cast, story.opening)
    case .program(let program): ([program], "")
    }
  }

  /// The story, or a failure after the mistakes have been shown.
  func story() throws(Failure) -> Story {
    guard case .story(let compilation) = try read() else {
      throw Failure("\(name.oneLine) is no story; a story starts with the line 'story: 1'", .input)
    }
    return try story(compilation)
  }

  private func story(_ compilation: StoryCompilation) throws(Failure) -> Story {
    guard let story = compilation.story else {
      Console.error.write(compilation.report() + "\n")
      throw Failure("", .input)
    }
    noteWarnings(compilation.warnings)
    return story
  }

  /// A story, or the program of one character.
  enum Work {
    case story(Story)
    case program(Program)

    /// Who is in it.
    var cast: [Program] {
      switch self {
      case .story(let story): story.cast
      case .program(let program): [program]
      }
    }
  }

  /// What is there, or a failure after the mistakes have been shown; warnings are only counted.
  func work() throws(Failure) -> Work {
    let content = try read()
    if case .story(let compilation) = content { return .story(try story(compilation)) }
    return .program(try program(content))
  }

  /// The program, or a failure after the mistakes have been shown; warnings are only counted.
  func program() throws(Failure) -> Program { try program(try read()) }

  private func program(_ content: CompiledFile) throws(Failure) -> Program {
    switch content {
    case .program(let program): return program
    case .story:
      throw Failure("\(name.oneLine) is a story; this command takes the profile of one character", .input)
    case .lore:
      throw Failure(
        "\(name.oneLine) is a book of lore and no character; give it with --lore beside a profile", .input)
    case .damagedProgram(let error): throw Failure("\(name.oneLine): \("\(error)".oneLine)", .input)
    case .profile(let compilation):
      guard let program = compilation.program else {
        Console.error.write(compilation.report(compilation.diagnostics) + "\n")
        throw Failure("", .input)
      }
      noteWarnings(compilation.warnings.count)
      return program
    }
  }

  private func noteWarnings(_ count: Int) {
    guard count > 0 else { return }
    let noun = count == 1 ? "warning" : "warnings"
    Console.error.write("\(count) \(noun): dramatis validate \(path.oneLine)\n")
  }
}

extension SourceReader {
  /// Knows the characters that ship by their names, where no file is called so.
  static let withBundledProfiles = SourceReader { path throws(ProjectError) in
    guard !OutputFile(path: path).exists else { return nil }
    if let bytes = BundledProfiles.profile(path) { return bytes }
    let isName = path != InputStream.standardInput && !path.contains("/") && !path.contains(".")
    guard isName else { return nil }
    let near = nearest(path, among: BundledProfiles.names).map { "; did you mean \($0)?" } ?? ""
    throw .unknownName(
      "no such file and no character of this name: \(path.oneLine)\(near) "
        + "(\(BundledProfiles.names.joined(separator: ", ")) ship with Dramatis)")
  }
}

extension Failure {
  /// What went wrong with a file of a project, and which option helps.
  init(_ error: ProjectError) {
    let status: ExitStatus = error.fault == .input ? .input : .environment
    switch error {
    case .file(let error): self.init(error)
    case .notFixable: self.init("\(error); --fix changes nothing else", .usage)
    case .notBaseline: self.init("\(error); --update-baseline writes one", status)
    case .noScenarios(_, let profile), .emptyScenarios(_, let profile):
      self.init("\(error); 'dramatis test \(profile.oneLine) --suggest' makes a start", status)
    default: self.init(error.description, status)
    }
  }
}
