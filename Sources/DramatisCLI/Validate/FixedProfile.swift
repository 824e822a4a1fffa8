import Dramatis
import DramatisCompiler

/// A profile in which the safe changes have been made.
struct FixedProfile {
  /// What is left to say.
  let compilation: Compilation

  /// Changes the file, or writes what came from standard input to standard output; nil for anything but a profile.
  ///
  /// Of a profile that cannot be used nothing is written, as nothing of it can be changed.
  init?(_ file: ProfileFinder.File, _ settings: LintSettings) throws(Failure) {
    let isStandardInput = file.path == InputStream.standardInput
    let output = OutputFile(path: file.path)
    guard isStandardInput || output.exists && !output.isSpecial else { return nil }
    let bytes = try InputStream(path: file.path).readAll(limit: ReadLimits.standard.fileBytes)
    guard !Program.isProgram(bytes), case .profile = FileKind(of: bytes, isFound: file.isFound) else {
      guard isStandardInput else { return nil }
      throw Failure("only a profile can be changed", .usage)
    }
    var fixer = Fixer(bytes, name: ProfileSource(path: file.path).name, settings)
    fixer.run()
    compilation = fixer.compilation
    if isStandardInput {
      if fixer.compilation.program != nil { Console.output.write(try Self.printable(fixer.bytes)) }
    } else if fixer.count > 0 {
      try output.write(fixer.bytes)
      Console.error.write("\(file.path.oneLine): \(fixer.count.of("change")) made\n")
    }
  }

  /// The text as it is; escaping or leaving out controls would change what the profile says.
  private static func printable(_ bytes: [UInt8]) throws(Failure) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let plain = (text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
      .replacing("\r\n", with: "\n")
    guard !plain.hasControls else {
      throw Failure("the profile holds control characters, so it is changed in a file only", .input)
    }
    return text
  }
}
