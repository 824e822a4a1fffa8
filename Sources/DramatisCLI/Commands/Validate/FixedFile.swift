import Dramatis
import DramatisCompiler

/// A profile or a story in which the safe changes have been made.
struct FixedFile {
  /// What is left to say.
  let check: FileCheck

  /// Changes the file, or writes what came from standard input to standard output; nil for a file of another kind.
  ///
  /// Of what cannot be used nothing is written, as nothing of it can be changed. The profiles of a story's cast are left alone.
  init?(_ file: FileFinder.File, _ settings: LintSettings) throws(Failure) {
    let isStandardInput = file.path == InputStream.standardInput
    let output = OutputFile(path: file.path)
    guard isStandardInput || output.exists && !output.isSpecial else { return nil }
    let bytes = try Failure.mapping(
      try InputStream(path: file.path).readAll(limit: ReadLimits.standard.fileBytes))
    let kind = file.kind(of: bytes)
    guard kind == .profile || kind == .story else {
      guard isStandardInput else { return nil }
      throw Failure("standard input holds neither a profile nor a story; --fix changes nothing else", .usage)
    }
    var fixer = kind == .story ? Self.storyFixer(bytes, file) : Self.profileFixer(bytes, file, settings)
    fixer.run()
    // Before anything is written, for the settings of a project may be unreadable.
    check =
      kind == .story
      ? try FileCheck(StorySource(path: file.path).compilation(of: fixer.bytes))
      : FileCheck(fixer.compilation, .profile)
    if isStandardInput {
      if fixer.isUsable { Console.output.write(try Self.printable(fixer.bytes)) }
    } else if fixer.count > 0 {
      try Failure.mapping(try output.write(fixer.bytes))
      Console.error.write("\(file.path.oneLine): \(fixer.count.of("change")) made\n")
    }
  }

  private static func profileFixer(
    _ bytes: [UInt8], _ file: FileFinder.File, _ settings: LintSettings
  ) -> Fixer {
    Fixer(bytes, name: ProfileSource(path: file.path).name, settings)
  }

  /// Where settings cannot be read, no rule says anything, and nothing is changed.
  private static func storyFixer(_ bytes: [UInt8], _ file: FileFinder.File) -> Fixer {
    let source = StorySource(path: file.path)
    return Fixer(bytes) { bytes in
      let story = source.compilation(of: bytes)
      return (((try? story.lintedForProjects()) ?? story).document, story.story != nil)
    }
  }

  /// The text as it is; escaping or leaving out controls would change what the profile says.
  private static func printable(_ bytes: [UInt8]) throws(Failure) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let plain = (text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
      .replacing("\r\n", with: "\n")
    guard !plain.hasControls else {
      throw Failure("the text holds control characters, so it is changed in a file only", .input)
    }
    return text
  }
}
