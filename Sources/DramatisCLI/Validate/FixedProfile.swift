import Dramatis
import DramatisCompiler

/// A profile in which the safe changes have been made.
struct FixedProfile {
  /// What is left to say.
  let compilation: Compilation

  /// Changes the file, or writes what came from standard input to standard output; nil for anything but a profile.
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
      Console.output.write(String(decoding: fixer.bytes, as: UTF8.self))
    } else if fixer.count > 0 {
      try output.write(fixer.bytes)
      Console.error.write("\(file.path.oneLine): \(fixer.count.of("change")) made\n")
    }
  }
}
