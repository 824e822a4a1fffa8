#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Another program, run to its end for its time.
enum ChildProcess {
  /// What a run took, in seconds, and how it ended.
  struct Outcome {
    let seconds: Double
    let processorSeconds: Double
    let status: Int32
  }

  /// Runs a program of the path, or one given with its folder.
  ///
  /// - Returns: Nil where there is none; what it prints is dropped.
  static func run(_ words: [String]) -> Outcome? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [1, 2] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let start = now
    guard posix_spawnp(&child, words.first ?? "", &actions, nil, &arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    return Outcome(
      seconds: now - start, processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      status: (status >> 8) & 0xFF)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  /// Seconds of a clock that only goes forward.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}
