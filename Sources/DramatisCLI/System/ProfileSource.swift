import BundledProfiles
import Dramatis
import DramatisCompiler

/// A profile or a compiled program as a user names it: a path, `-` for standard input, or a character that ships.
struct ProfileSource {
  let path: String
  /// Whether gates that lead to no statement are left out of a profile.
  var prunes = true
  /// Whether a profile's `ask("…")` of the same text twice is one question.
  var shares = true

  /// What the bytes of a path turn out to be.
  enum Content {
    case profile(Compilation)
    case program(Program)
    case damagedProgram(ProgramError)
    case story(StoryCompilation)
  }

  func read() throws(Failure) -> Content { content(of: try bytes()) }

  /// All of the file, and a little more of one that is too large.
  func bytes() throws(Failure) -> [UInt8] {
    if let bytes = bundled { return bytes }
    if isMissingName { throw missing }
    let stream = try Failure.mapping(try InputStream(path: path))
    var bytes = try Failure.mapping(try stream.readAll(limit: ReadLimits.standard.fileBytes))
    guard FileKind.recognize(bytes) == .certain(.program) else { return bytes }
    bytes += try Failure.mapping(try stream.readAll(limit: Program.maximumFileBytes - bytes.count))
    guard bytes.count <= Program.maximumFileBytes else {
      throw Failure(
        "\(name.oneLine) is larger than the \(Program.maximumFileBytes) bytes of a program", .input)
    }
    return bytes
  }

  /// The profile of a character that ships, where the path is its name and no file is called so.
  private var bundled: [UInt8]? {
    OutputFile(path: path).exists ? nil : BundledProfiles.profile(path)
  }

  /// Whether nothing is there, and the path looks like the name of a character.
  private var isMissingName: Bool {
    path != InputStream.standardInput && !path.contains("/") && !path.contains(".")
      && !OutputFile(path: path).exists
  }

  private var missing: Failure {
    let near = nearest(path, among: BundledProfiles.names).map { "; did you mean \($0)?" } ?? ""
    return Failure(
      "no such file and no character of this name: \(path.oneLine)\(near) "
        + "(\(BundledProfiles.names.joined(separator: ", ")) ship with Dramatis)", .environment)
  }

  /// What such bytes are, under the name of this source.
  func content(of bytes: [UInt8]) -> Content {
    switch FileKind.recognize(bytes).kindWhenNamed {
    case .story: return .story(StorySource(path: path).compilation(of: bytes))
    case .program:
      do {
        return .program(try Program(file: bytes))
      } catch {
        return .damagedProgram(error)
      }
    default: return .profile(Compilation(of: bytes, name: name, prunes: prunes, shares: shares))
    }
  }

  var name: String { path == InputStream.standardInput ? "<stdin>" : path }

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
  }

  /// What is there, or a failure after the mistakes have been shown; warnings are only counted.
  func work() throws(Failure) -> Work {
    let content = try read()
    if case .story(let compilation) = content { return .story(try story(compilation)) }
    return .program(try program(content))
  }

  /// The program, or a failure after the mistakes have been shown; warnings are only counted.
  func program() throws(Failure) -> Program { try program(try read()) }

  private func program(_ content: Content) throws(Failure) -> Program {
    switch content {
    case .program(let program): return program
    case .story:
      throw Failure("\(name.oneLine) is a story; this command takes the profile of one character", .input)
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

/// A story on the disk, with the profiles of its cast in its folder or below.
struct StorySource {
  let path: String

  /// - Parameter bytes: What the file holds.
  func compilation(of bytes: [UInt8]) -> StoryCompilation {
    let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    let name = path == InputStream.standardInput ? "<stdin>" : path
    return StoryCompilation(of: bytes, name: name) { Self.file($0, in: folder.isEmpty ? "/" : folder) }
  }

  /// A path that leads outside by a link is refused as one that leads there by its words.
  private static func file(_ relative: String, in folder: String) -> StoryCompilation.CastFile {
    let path = folder == "." ? relative : folder + "/" + relative
    guard let home = folder.realPath, let real = path.realPath else {
      return .unreadable("there is no such file")
    }
    guard real == home || real.hasPrefix(home.hasSuffix("/") ? home : home + "/") else {
      return .unreadable("it leads outside the folder of the story")
    }
    // A pipe would be waited for.
    guard FileStatus(real)?.kind == .plain else { return .unreadable("it is no file") }
    do throws(FileError) {
      let bytes = try InputStream(path: path).readAll(limit: Program.maximumFileBytes)
      return .bytes(bytes, name: path)
    } catch {
      return .unreadable(error.description)
    }
  }
}
