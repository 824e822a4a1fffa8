import Foundation
import Glibc

/// A program that runs beside the tests, started and waited for with POSIX calls.
///
/// Foundation's `Process` shares run loops between threads, and with hundreds of tests side by side its races can end them all.
package struct ChildProcess: Sendable {
  /// What it cannot be started for.
  package struct Unstartable: Error {
    package let program: String
    package let code: Int32
  }

  /// How it ended: with a status, or by a signal, whose number the status then is.
  package struct End: Sendable {
    package let status: Int32
    package let isSignalled: Bool
  }

  package let identifier: pid_t

  /// More than the tests have open at once.
  private static let mostFiles: Int32 = 1024

  /// Starts a program in a process group of its own, with no open file but those that are given.
  ///
  /// - Parameters:
  ///   - words: The program's path and its arguments.
  ///   - environment: All of its environment.
  ///   - folder: Where it works.
  ///   - files: Standard input, output and errors; nil is /dev/null.
  package init(
    _ words: [String], environment: [String: String], folder: String = Repository.root.path,
    files: (input: FileHandle?, output: FileHandle?, errors: FileHandle?)
  ) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, file) in [files.input, files.output, files.errors].enumerated() {
      let target = Int32(target)
      if let file {
        posix_spawn_file_actions_adddup2(&actions, file.fileDescriptor, target)
      } else {
        posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0)
      }
    }
    // What other tests have open, such as connections, must not stay open in a child. Glibc closes what is not open without a word.
    for other in 3..<Self.mostFiles { posix_spawn_file_actions_addclose(&actions, other) }
    // The thread that starts it may be one of a pool, which blocks signals and has some ignored.
    var (blocked, usual) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigfillset(&usual)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    // Swift sees no call that sets the folder.
    let program = "/usr/bin/env"
    var arguments = ([program, "-C", folder] + words).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var identifier = pid_t()
    let code = withExtendedLifetime(files) {
      posix_spawn(&identifier, program, &actions, &attributes, &arguments, &variables)
    }
    guard code == 0 else { throw Unstartable(program: program, code: code) }
    self.identifier = identifier
  }

  package func send(_ signal: Int32) { kill(identifier, signal) }

  /// Blocks the thread until the process has ended; to be called once.
  package func wait() -> End {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return End(status: signal == 0 ? status >> 8 & 0xFF : signal, isSignalled: signal != 0)
  }
}

extension FileHandle {
  /// Reads what a child writes until it is enough, or until the output ends; blocks the thread.
  ///
  /// - Parameters:
  ///   - folder: Is looked at too: whatever changes there lets the condition be asked again.
  ///   - isEnough: Asked at first, and whenever something has happened.
  package func output(watching folder: String? = nil, until isEnough: (Data) -> Bool) -> Data {
    var output = Data()
    let changes = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    defer { Glibc.close(changes) }
    if let folder { inotify_add_watch(changes, folder, UInt32(IN_MODIFY | IN_CREATE)) }
    var files = [fileDescriptor, changes].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var events = [UInt8](repeating: 0, count: 4096)
    while !isEnough(output) {
      guard poll(&files, nfds_t(files.count), -1) > 0 || errno == EINTR else { break }
      if files[1].revents != 0 { _ = Glibc.read(changes, &events, events.count) }
      guard files[0].revents != 0 else { continue }
      let bytes = availableData
      if bytes.isEmpty { break }
      output += bytes
    }
    return output
  }
}
