import Dramatis

/// What the file of a profile, a story or a compiled program came to.
///
/// ```swift
/// if case .profile(let compilation) = try CompiledFile(at: "mara.yaml") { print(compilation.report(compilation.errors)) }
/// ```
public enum CompiledFile: Sendable {
  /// A profile, with its mistakes.
  case profile(Compilation)
  /// A compiled program.
  case program(Program)
  /// A compiled program that cannot be read.
  case damagedProgram(ProgramError)
  /// A story with its cast, and the mistakes of all.
  case story(StoryCompilation)
  /// A book of lore, with its mistakes.
  case lore(LoreCompilation)

  /// Reads and compiles a file.
  ///
  /// - Parameter path: The file, or `-` for standard input.
  public init(at path: String) throws(ProjectError) {
    self.init(of: try SourceReader().bytes(at: path), at: path)
  }

  /// Compiles what a file holds.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - path: Where it is, for messages and for the cast of a story.
  ///   - prunes: Whether gates that lead to no statement are left out of a profile.
  ///   - shares: Whether a profile's `ask("…")` of the same text twice is one question.
  package init(of bytes: [UInt8], at path: String, prunes: Bool = true, shares: Bool = true) {
    switch FileKind.recognize(bytes).kindWhenNamed {
    case .story: self = .story(StoryCompilation(of: bytes, at: path))
    case .lore: self = .lore(LoreCompilation(of: bytes, name: path.nameInMessages, for: []))
    case .program:
      do throws(ProgramError) {
        self = .program(try Program(file: bytes))
      } catch {
        self = .damagedProgram(error)
      }
    default:
      self = .profile(
        Compilation(of: bytes, name: path.nameInMessages, prunes: prunes, shares: shares))
    }
  }
}

extension CompiledFile {
  /// What there is to say about it, file after file, of each no more than can be read.
  ///
  /// - Parameter path: Where it is, for a compiled program, which does not know.
  public func findings(at path: String) -> [FileFinding] {
    switch self {
    case .program: []
    case .profile(let compilation): CheckedItem(compilation, kind: .profile).findings
    case .damagedProgram(let error): [FileFinding(error, in: path)]
    case .lore(let compilation): CheckedItem(compilation.document, kind: .lore).findings
    case .story(let compilation):
      CheckedItem(compilation.document, kind: .story).findings
        + compilation.profiles.flatMap { CheckedItem($0, kind: .profile).findings }
    }
  }
}

extension StoryCompilation {
  /// Compiles a story whose cast lies in its folder or below.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - path: Where it is.
  public init(of bytes: [UInt8], at path: String) {
    let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    self.init(of: bytes, name: path.nameInMessages) {
      Self.file($0, in: folder.isEmpty ? "/" : folder)
    }
  }

  /// A path that leads outside by a link is refused as one that leads there by its words.
  private static func file(_ relative: String, in folder: String) -> CastFile {
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
      guard FileKind.recognize(bytes) == .unknown, Lorebook.isLikelyForeign(bytes) else {
        return .bytes(bytes, name: path)
      }
      return Self.book(bytes, at: path)
    } catch {
      return .unreadable(error.description)
    }
  }

  private static func book(_ bytes: [UInt8], at path: String) -> CastFile {
    do throws(CardRefusal) {
      return .book(try Lorebook(file: bytes, at: path), name: path)
    } catch {
      return .unreadable(error.description)
    }
  }
}

/// Reads the files of a project from the disk, and what a program besides knows by a name.
package struct SourceReader: Sendable {
  private let named: @Sendable (String) throws(ProjectError) -> [UInt8]?

  /// - Parameter named: Gives the profile of a name that is no file's; nil for what may be a path.
  package init(named: @escaping @Sendable (String) throws(ProjectError) -> [UInt8]? = { _ in nil }) {
    self.named = named
  }

  /// All of a file, and a little more of one that is too large; of a character card, the profile that it makes.
  package func bytes(at path: String) throws(ProjectError) -> [UInt8] {
    if let bytes = try named(path) { return bytes }
    let stream = try ProjectError.mapping(try InputStream(path: path))
    var bytes = try ProjectError.mapping(try stream.readAll(limit: ReadLimits.standard.fileBytes))
    if CharacterCard.isLikely(bytes) {
      bytes += try ProjectError.mapping(try stream.readAll(limit: CharacterCard.maximumBytes - bytes.count))
      return try profile(ofCard: bytes, at: path)
    }
    guard FileKind.recognize(bytes) == .certain(.program) else { return bytes }
    bytes += try ProjectError.mapping(
      try stream.readAll(limit: Program.maximumFileBytes - bytes.count))
    guard bytes.count <= Program.maximumFileBytes else {
      throw .programTooLarge(path: path.nameInMessages, limit: Program.maximumFileBytes)
    }
    return bytes
  }
}

extension SourceReader {
  private func profile(ofCard bytes: [UInt8], at path: String) throws(ProjectError) -> [UInt8] {
    let reason: String
    do throws(CardRefusal) {
      let ending = path.split(separator: ".").last.map(String.init) ?? ""
      if let profile = CardProfile(try CharacterCard(bytes, ending: ending)) {
        return Array(profile.text.utf8)
      }
      reason = "this is a lorebook, and there is no character in it"
    } catch {
      reason = error.description
    }
    throw .refusedCard(path: path.nameInMessages, reason: reason)
  }
}

extension FileFinder.File {
  /// What it is checked as; nil for a file that lies in a folder and is none of ours.
  func kind(of bytes: [UInt8]) -> FileKind? {
    guard isFound else { return FileKind.recognize(bytes).kindWhenNamed ?? .profile }
    let recognized = FileKind.recognize(bytes, at: path)
    let isYAML = [.profile, .story, .scenarios, .lore].contains(recognized.kindWhenFound)
    return isYAML ? recognized.kindWhenFound : nil
  }

  /// What is odd about a file of ours in a folder, though it can be read; nil where nothing is.
  func oddity(of bytes: [UInt8]) -> FileFinding? {
    guard isFound else { return nil }
    let ending = String(path[(path.lastIndex(of: ".") ?? path.startIndex)...])
    if ending != ending.lowercased() {
      return FileFinding(
        Diagnostic(
          .unsupportedFile, message: "the ending '\(ending)' is written in capitals",
          help: ["rename it to end in '\(ending.lowercased())', as all programs know it"]),
        in: SourceFile(name: path, text: ""), below: nil)
    }
    let file = SourceFile(name: path, text: String(decoding: bytes, as: UTF8.self).withoutByteOrderMark)
    guard let line = (1...file.lineCount).first(where: { file.line($0).isContent }) else { return nil }
    let indent = file.line(line).prefix { $0.isWhitespace }.utf8.count
    let isWhole = (line...file.lineCount).allSatisfy { number in
      !file.line(number).isContent || file.line(number).first?.isWhitespace == true
    }
    guard indent > 0, isWhole else { return nil }
    let start = file.lineRange(line).lowerBound
    return FileFinding(
      Diagnostic(
        .unsupportedFile, message: "the whole file is indented", at: file.span(start..<start + indent),
        label: "its first key stands behind \(indent) blanks",
        help: ["begin its keys at the start of the line"]),
      in: file, below: nil)
  }
}

extension StringProtocol {
  /// Whether a line is neither blank nor a comment, a directive or the mark of a document.
  fileprivate var isContent: Bool {
    guard let first = first(where: { !$0.isWhitespace }) else { return false }
    return first != "#" && first != "%" && !hasPrefix("---")
  }
}

extension String {
  fileprivate var withoutByteOrderMark: String {
    unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
  }

  /// What a path is called in messages.
  package var nameInMessages: String { self == InputStream.standardInput ? "<stdin>" : self }
}
