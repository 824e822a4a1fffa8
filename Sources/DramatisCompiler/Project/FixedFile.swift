import Dramatis

/// A profile or a story in which the safe changes have been made.
public struct FixedFile: Sendable {
  /// The file, or `-` for standard input.
  public let path: String
  /// How many things were put right.
  public let changes: Int
  /// The text as it has become, where it came from standard input and compiles; a file is written by itself.
  public let text: String?
  /// What would be changed, or was, as `diff -u` writes it; empty where nothing is.
  public let difference: String
  /// What is left to say.
  let check: FileCheck

  /// Changes a file; nil for one of another kind.
  ///
  /// Of what cannot be used nothing is written, as nothing of it can be changed. The profiles of a story's cast are left
  /// alone.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - settings: What its project asks.
  ///   - selection: What is put right.
  ///   - writes: Whether the file is changed, rather than only told what would be.
  init?(
    fixing file: FileFinder.File, settings: LintSettings, selection: CodeSelection, writes: Bool
  ) throws(ProjectError) {
    let isStandardInput = file.path == InputStream.standardInput
    let output = OutputFile(path: file.path)
    guard isStandardInput || output.exists && !output.isSpecial else { return nil }
    let bytes = try ProjectError.mapping(
      try InputStream(path: file.path).readAll(limit: ReadLimits.standard.fileBytes))
    let kind = file.kind(of: bytes)
    guard kind == .profile || kind == .story else {
      guard isStandardInput else { return nil }
      throw .notFixable
    }
    var fixer =
      kind == .story
      ? Self.storyFixer(of: bytes, at: file.path, selection)
      : Fixer(bytes, name: file.path.nameInMessages, settings: settings)
    fixer.run()
    // Before anything is written, for the settings of a project may be unreadable.
    let left: FileCheck =
      kind == .story
      ? try FileCheck(StoryCompilation(of: fixer.bytes, at: file.path))
      : .checked(CheckedItem(fixer.compilation, kind: .profile))
    check = left.adding(file.oddity(of: fixer.bytes))
    path = file.path
    changes = fixer.count
    difference = LineDifference(
      from: String(decoding: bytes, as: UTF8.self), to: String(decoding: fixer.bytes, as: UTF8.self)
    ).text(of: path.nameInMessages).strippedOfControls()
    text = isStandardInput && writes && fixer.isUsable ? try Self.printable(fixer.bytes) : nil
    if !isStandardInput, writes, fixer.count > 0 { try ProjectError.mapping(try output.write(fixer.bytes)) }
  }

  /// Where settings cannot be read, no rule says anything, and nothing is changed.
  private static func storyFixer(of bytes: [UInt8], at path: String, _ selection: CodeSelection) -> Fixer {
    Fixer(bytes) { bytes in
      let story = StoryCompilation(of: bytes, at: path)
      let document = ((try? story.lintedForProjects()) ?? story).document
      return (document.with(document.diagnostics.filter { selection.holds($0.code) }), story.story != nil)
    }
  }

  /// The text as it is; escaping or leaving out controls would change what the profile says.
  private static func printable(_ bytes: [UInt8]) throws(ProjectError) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let plain = (text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
      .replacing("\r\n", with: "\n")
    guard !plain.hasControls else { throw .holdsControls }
    return text
  }
}
