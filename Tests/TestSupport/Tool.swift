import Foundation

/// One of the package's executables, run as a user runs it.
package struct Tool {
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    /// The lines of standard output.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  package static let dramatis = Tool(name: "dramatis")

  private let executable: URL

  /// A product of the package.
  package init(name: String) {
    executable = Self.products.appending(path: name)
  }

  /// A program of the system.
  package init(executable: URL) {
    self.executable = executable
  }

  package var path: String { executable.path }

  /// Where sessions go that a test does not care about, so that none go to the user's own.
  package static let stateFolder = FileManager.default.temporaryDirectory
    .appending(path: "dramatis-state-\(ProcessInfo.processInfo.processIdentifier)").path

  /// The folder of the built products, which is that of the test itself.
  package static var products: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Runs to the end and collects everything; blocks no thread that tests need.
  package func callAsFunction(
    _ arguments: String..., input: String = "", folder: URL = Repository.root,
    environment: [String: String] = [:]
  ) async throws -> Result {
    try await run(arguments, input: Data(input.utf8), folder: folder, environment: environment)
  }

  package func run(
    _ arguments: [String], input: Data, folder: URL = Repository.root, environment: [String: String] = [:]
  ) async throws -> Result {
    let (stdout, stderr) = (Pipe(), Pipe())
    let process = try ChildProcess(
      [executable.path] + arguments, environment: Self.inherited.merging(environment) { $1 },
      folder: folder.path,
      files: (try Self.handle(reading: input), stdout.fileHandleForWriting, stderr.fileHandleForWriting))
    for pipe in [stdout, stderr] { try pipe.fileHandleForWriting.close() }
    async let output = Self.readAll(stdout.fileHandleForReading)
    async let errors = Self.readAll(stderr.fileHandleForReading)
    let texts = await (output, errors)
    let end = await Self.onThread { process.wait() }
    return Result(status: end.status, output: texts.0, errors: texts.1)
  }

  /// Without what says which language model the user has.
  private static let inherited = ProcessInfo.processInfo.environment
    .filter { !$0.key.hasPrefix("DRAMATIS_") && !$0.key.hasSuffix("_API_KEY") }
    .merging([
      "SWIFT_BACKTRACE": "enable=no", "XDG_STATE_HOME": stateFolder, "XDG_CONFIG_HOME": stateFolder,
    ]) { $1 }

  /// A file without a name, so that a tool which does not read its input breaks no pipe.
  private static func handle(reading input: Data) throws -> FileHandle {
    let file = FileManager.default.temporaryDirectory.appending(path: "dramatis-\(UUID().uuidString)")
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try FileHandle(forReadingFrom: file)
  }

  private static func readAll(_ handle: FileHandle) async -> String {
    await onThread { String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self) }
  }

  /// Does blocking work where no task waits for it.
  package static func onThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }
}
