import DramatisCompiler

/// A file that a command writes.
struct OutputFile {
  let path: String

  var exists: Bool { FileStatus(path) != nil }

  /// Whether something is there that is no plain file.
  var isSpecial: Bool { FileStatus(path).map { $0.kind != .plain } ?? false }

  /// Whether a link stands there that leads to nothing.
  var isDanglingLink: Bool { !exists && FileStatus(path, followsLinks: false) != nil }

  /// Writes through a file beside it that then takes its name, so that a reader never sees half of it.
  ///
  /// A device or a pipe is written to and never replaced; of a link, the file that it leads to is.
  func write(_ bytes: [UInt8]) throws(Failure) {
    try requireName()
    let old = FileStatus(path)
    guard old.map({ $0.kind == .plain }) ?? true else {
      return try AppendedFile(device: path).write(bytes)
    }
    guard !isDanglingLink else {
      throw Failure("cannot write \(path.oneLine): it is a link that leads nowhere", .environment)
    }
    var draft = try DraftFile(of: path.realPath ?? path, replacing: old)
    try draft.write(bytes)
    try draft.replace()
  }

  /// Writes a file that must not be there yet, unless it may be replaced or is a device.
  func write(_ bytes: [UInt8], replaces: Bool, advice: String) throws(Failure) {
    if replaces || isSpecial { try write(bytes) } else { try create(bytes, advice: advice) }
  }

  /// Writes a file that must not be there yet; what is there is never touched, and there is all of it or nothing.
  ///
  /// - Parameter advice: What to do where it is there.
  func create(_ bytes: [UInt8], advice: String = "remove it or choose another file") throws(Failure) {
    try requireName()
    let taken = Failure("the file \(path.oneLine) exists already; \(advice)", .environment)
    guard FileStatus(path, followsLinks: false) == nil else { throw taken }
    var draft = try DraftFile(of: path, replacing: nil)
    try draft.write(bytes)
    guard try draft.claim() else { throw taken }
  }

  /// Requires that nothing foreign gets lost: what is there is of one kind, empty or a device.
  ///
  /// - Parameters:
  ///   - kind: What it has to be, with its article.
  ///   - count: How many bytes it takes to see that.
  func requireKind(
    _ kind: String, atMost count: Int = 256, status: ExitStatus = .environment,
    where isKind: ([UInt8]) -> Bool
  ) throws(Failure) {
    guard FileStatus(path)?.kind == .plain else { return }
    let start = try InputStream(path: path).readAll(limit: count)
    guard start.isEmpty || isKind(start) else {
      throw Failure(
        "\(path.oneLine) exists and is not \(kind); remove it or choose another file", status)
    }
  }

  private func requireName() throws(Failure) {
    guard !path.isEmpty else {
      throw Failure("the name of the file to write (-o, --output) is empty", .usage)
    }
  }
}
