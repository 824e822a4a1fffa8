import Foundation
import Testing

@testable import DramatisCLI

/// The terminal is left as it was found, whatever happens.
@Suite(.serialized) struct TerminalRestorationTests {
  /// The settings before and after, around a chat whose process is known.
  private static let script = """
    stty -a > $FOLDER/before
    sh -c 'echo $$ > $FOLDER/process; exec "$DRAMATIS" chat Profiles/mara.yaml --user me'
    echo ended $?
    stty -a > $FOLDER/after
    echo done
    """

  private func start() async throws -> Tmux {
    let tmux = try await Tmux(script: Self.script)
    #expect(try await tmux.last("me>"))
    try await tmux.type("some words")
    #expect(try await tmux.last("me> some words"))
    return tmux
  }

  private func expectRestored(_ tmux: borrowing Tmux, status: Int32) async throws {
    let screen = try await tmux.screen { $0.last == "done" }
    #expect(screen.contains("ended \(status)"), "\(screen)")
    #expect(try tmux.file("before") == tmux.file("after"))
    let isMarkingPastes = try await tmux.run("display-message", "-p", "#{bracket_paste_flag}")
    #expect(!isMarkingPastes.contains("1"))
  }

  private func send(_ signal: Int32, to tmux: borrowing Tmux) throws {
    let process = try #require(pid_t(try tmux.file("process").filter(\.isNumber)))
    #expect(kill(process, signal) == 0)
  }

  @Test(
    .enabled(if: Tmux.isThere, "needs tmux"),
    arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGILL, SIGTRAP, SIGABRT])
  func `signals and crashes end the process as they do, after the terminal is put back`(_ signal: Int32)
    async throws
  {
    let tmux = try await start()
    try send(signal, to: tmux)
    try await expectRestored(tmux, status: 128 + signal)
  }

  @Test(.enabled(if: Tmux.isThere, "needs tmux"))
  func `leaving puts the terminal back`() async throws {
    let tmux = try await start()
    try await tmux.press("C-c", "C-d")
    try await expectRestored(tmux, status: 0)
  }

  @Test(.enabled(if: Tmux.isThere, "needs tmux"))
  func `a chat that is suspended gives the terminal back and takes it again`() async throws {
    let tmux = try await Tmux(environment: ["PS1": "shell "], script: "set -m; " + Self.suspended)
    #expect(try await tmux.last("me>"))
    try await tmux.type("abc")
    #expect(try await tmux.last("me> abc"))
    try await tmux.press("Left")
    // What has not been read yet is lost when the chat stops.
    #expect(try await tmux.cursor(inColumn: 6))
    try await tmux.press("C-z")
    #expect(try await tmux.screen { $0.last == "suspended" }.last == "suspended")
    #expect(try tmux.file("before") == tmux.file("during"))
    try await tmux.press("Enter")
    #expect(try await tmux.screen { $0.last == "me> abc" }.last == "me> abc")
    try await tmux.type("X")
    #expect(try await tmux.last("me> abXc"))
    try await tmux.press("C-c", "C-d")
    try await expectRestored(tmux, status: 0)
  }

  /// Debian's `sh` has job control; it takes the terminal back when a job stops.
  private static let suspended = """
    stty -a > $FOLDER/before
    "$DRAMATIS" chat Profiles/mara.yaml --user me
    stty -a > $FOLDER/during
    echo suspended
    read enter
    fg
    echo ended $?
    stty -a > $FOLDER/after
    echo done
    """

  @Test(.timeLimit(.minutes(2)))
  func `Ctrl-C cancels a reply that is under way and keeps what it has`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let terminal = try PseudoTerminal.attach()
      let said = try await terminal.interruptible {
        kill(getpid(), SIGINT)
        while !Task.isCancelled { await Task.yield() }
        return Int32(7)
      }
      exit(said)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `a second Ctrl-C ends what does not listen to the first`() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let terminal = try PseudoTerminal.attach()
      try await terminal.interruptible {
        while true {
          kill(getpid(), SIGINT)
          await Task.yield()
        }
      }
    }
  }
}

/// A terminal for a process that has none.
private enum PseudoTerminal {
  struct Missing: Error {}

  /// TIOCGPTN and TIOCSPTLCK, which Swift does not import.
  private static let (getNumber, setLock): (UInt, UInt) = (0x8004_5430, 0x4004_5431)

  /// Makes standard input and output a terminal, and opens it.
  static func attach() throws -> Terminal {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (number, isLocked): (Int32, Int32) = (-1, 0)
    guard ioctl(master, getNumber, &number) == 0, ioctl(master, setLock, &isLocked) == 0 else {
      throw Missing()
    }
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard dup2(slave, 0) == 0, dup2(slave, 1) == 1 else { throw Missing() }
    setenv("TERM", "xterm", 1)
    let terminal = try Terminal(history: nil)
    guard terminal.isInteractive else { throw Missing() }
    return terminal
  }
}
