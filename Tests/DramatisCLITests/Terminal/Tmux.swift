import Foundation
import TestSupport

/// A terminal of tmux's, on a socket of its own, in which a script runs.
struct Tmux: ~Copyable {
  static let isThere: Bool = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/tmux") }
    if !isThere { print("SKIPPED: tmux is not installed; the terminal is not tested") }
    return isThere
  }()

  /// Longer than any machine takes; what is waited for comes within milliseconds.
  private static let patience = Duration.seconds(180)

  /// Where the script can write.
  let path: String
  private let socket = "dramatis-\(UUID().uuidString)"
  private let tmux = Tool(executable: URL(filePath: "/usr/bin/env"))

  /// Foundation takes a process for running as long as anybody has what it inherited, and the server stays.
  private static let closing = """
    for file in /proc/self/fd/*; do
      file=${file##*/}
      if [ "$file" -gt 2 ]; then eval "exec $file>&-"; fi
    done
    exec tmux "$@"
    """

  /// Runs a script, which finds the tool as `$DRAMATIS`, and a folder to write to as `$FOLDER`.
  init(columns: Int = 80, rows: Int = 24, environment: [String: String] = [:], script: String) async throws {
    path = FileManager.default.temporaryDirectory.appending(path: socket).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let variables = [
      "DRAMATIS": Tool.dramatis.path, "FOLDER": path, "XDG_STATE_HOME": path + "/state",
      "TERM": "screen-256color",
      "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }.map { "\($0)='\($1)'" }.sorted()
    // The last command keeps the screen, and ends with the terminal.
    let command =
      "cd '\(Repository.root.path)'; export \(variables.joined(separator: " ")); \(script)\nexec cat"
    let session = [
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sh", "-c", command,
    ]
    let bash = Tool(executable: URL(filePath: "/bin/bash"))
    _ = try await bash.run(["-c", Self.closing, "tmux", "-u", "-L", socket] + session, input: Data())
  }

  /// The server ends with its only session.
  deinit {
    let words = ["/usr/bin/env", "tmux", "-L", socket, "kill-session"]
    let process = try? ChildProcess(
      words, environment: ProcessInfo.processInfo.environment, files: (nil, nil, nil))
    _ = process?.wait()
    try? FileManager.default.removeItem(atPath: path)
  }

  @discardableResult
  func run(_ arguments: String...) async throws -> String {
    try await tmux.run(["tmux", "-u", "-L", socket] + arguments, input: Data()).output
  }

  /// Presses keys by their names, as `C-c` and `Left`.
  func press(_ keys: String...) async throws {
    for key in keys { try await run("send-keys", key) }
  }

  func type(_ text: String) async throws {
    try await run("send-keys", "-l", "--", text)
  }

  /// Pastes as a terminal does that was asked to mark pastes.
  func paste(_ text: String) async throws {
    try await run("set-buffer", "--", text)
    try await run("paste-buffer", "-p")
  }

  /// The rows of the screen, without those that are empty at its end.
  func screen() async throws -> [String] {
    let rows = try await run("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
    return Array(rows[..<((rows.lastIndex { !$0.isEmpty } ?? -1) + 1)]).map(String.init)
  }

  /// The screen as soon as it fulfils a condition, or as it is when patience is at its end.
  func screen(until isAsExpected: ([String]) -> Bool) async throws -> [String] {
    try await Self.value(until: isAsExpected) { try await screen() }
  }

  /// Waits for the cursor to stand in a column.
  func cursor(inColumn column: Int) async throws -> Bool {
    try await Self.value(until: { $0 == column }) {
      let text = try await run("display-message", "-p", "#{cursor_x}")
      return Int(text.filter(\.isNumber))
    } == column
  }

  private static func value<Value>(
    until isAsExpected: (Value) -> Bool, _ look: () async throws -> Value
  ) async throws -> Value {
    let end = ContinuousClock.now + patience
    while true {
      let value = try await look()
      if isAsExpected(value) || ContinuousClock.now > end { return value }
      try await Task.sleep(for: .milliseconds(30))
    }
  }

  /// Waits for a row at the end of the screen.
  @discardableResult
  func last(_ row: String) async throws -> Bool {
    try await screen { $0.last == row }.last == row
  }

  func file(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}
