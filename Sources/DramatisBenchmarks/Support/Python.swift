#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs scripts with the system's Python; a peer that is missing is skipped, and never silently.
enum Python {
  /// What a script printed; nil, with a loud word about it, where it could not run.
  static func output(of script: String, for peer: String) -> [Double]? {
    let numbers = run(script)?.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard let numbers, !numbers.isEmpty else {
      print("  SKIPPED: \(peer): python3 is missing or could not run it")
      return nil
    }
    return numbers
  }

  private static func run(_ script: String) -> String? {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&input) == 0, pipe(&output) == 0 else { return nil }
    let child = spawn(reading: input, writing: output)
    close(input[0])
    close(output[1])
    defer { close(output[0]) }
    guard let child else {
      close(input[1])
      return nil
    }
    write(script, to: input[1])
    close(input[1])
    let text = readAll(output[0])
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return status == 0 ? text : nil
  }

  private static func spawn(reading input: [Int32], writing output: [Int32]) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input[0], 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    for descriptor in input + output { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ["python3", "-"].map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    return posix_spawnp(&child, "python3", &actions, nil, &arguments, environ) == 0 ? child : nil
  }

  private static func write(_ text: String, to descriptor: Int32) {
    // A child that ends early must not end us.
    signal(SIGPIPE, SIG_IGN)
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { text += chunk[..<count] }
    return String(decoding: text, as: UTF8.self)
  }
}
