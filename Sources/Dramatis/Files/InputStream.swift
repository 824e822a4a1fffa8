/// A file or standard input, read in bounded pieces.
package struct InputStream: ~Copyable {
  /// The path that means standard input.
  package static let standardInput = "-"

  private let file: OpenFile
  private let name: String

  /// Opens a path, `-` for standard input.
  package init(path: String) throws(FileError) {
    name = path == Self.standardInput ? "standard input" : path
    file = try FileError.naming("read", of: path) { () throws(SystemError) in
      if path == Self.standardInput { return OpenFile(standard: 0) }
      return try OpenFile(path)
    }
  }

  /// Opens a file that nobody named but that was found, which has to be a plain one: a pipe would be waited for.
  package init(found path: String) throws(FileError) {
    let file = try FileError.naming("read", of: path) { () throws(SystemError) in
      try OpenFile(path, [.unblocked, .noTerminal])
    }
    guard file.status?.kind == .plain else {
      throw FileError(.refused(operation: "read", reason: "it is no plain file"), path: path)
    }
    self.file = file
    name = path
  }

  /// The next bytes, no more than a count; empty at the end.
  package func read(atMost count: Int) throws(FileError) -> [UInt8] {
    do throws(SystemError) {
      return try file.read(atMost: count)
    } catch {
      throw FileError(.refused(operation: "read", reason: "\(error)"), path: name)
    }
  }

  /// Everything up to one byte more than a limit, so that the caller can see that it was too much.
  package func readAll(limit: Int) throws(FileError) -> [UInt8] {
    var all: [UInt8] = []
    while all.count <= limit {
      let piece = try read(atMost: min(16_384, limit + 1 - all.count))
      if piece.isEmpty { break }
      all += piece
    }
    return all
  }
}

/// Reads a stream line by line, with a bound on their length.
package struct LineReader: ~Copyable {
  /// The longest line that is read, in bytes.
  package static let maximumLength = 8 << 20

  private let stream: InputStream
  private let skipsLongLines: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// What a line can turn out to be.
  package enum Outcome: Equatable {
    case text(String)
    /// It is longer than the bound; all of it was skipped, where such lines are.
    case tooLong
    /// It is not UTF-8.
    case notUTF8
  }

  /// - Parameter skipsLongLines: Whether to read on after a line that is too long; else it is told of as soon as it is,
  ///   which may have no end, and what follows is of no use.
  package init(_ stream: consuming InputStream, skipsLongLines: Bool = true) {
    self.stream = stream
    self.skipsLongLines = skipsLongLines
  }

  /// The next line without its break, of which a carriage return is part; nil at the end.
  package mutating func next() throws(FileError) -> Outcome? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { position = end + 1 }
        return line(buffer[position..<end])
      }
      searched = buffer.count
      if searched - position > Self.maximumLength {
        return skipsLongLines ? try skipLine() : .tooLong
      }
      guard try fill(&searched) else { break }
    }
    guard position < buffer.count else { return nil }
    defer { position = buffer.count }
    return line(buffer[position...])
  }

  private func line(_ bytes: ArraySlice<UInt8>) -> Outcome {
    let bytes = bytes.last == 0x0D ? bytes.dropLast() : bytes
    if bytes.count > Self.maximumLength { return .tooLong }
    return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .notUTF8
  }

  /// Reads on, dropping what was consumed; false at the end.
  private mutating func fill(_ searched: inout Int) throws(FileError) -> Bool {
    guard !isAtEnd else { return false }
    buffer.removeFirst(position)
    searched -= position
    position = 0
    let piece = try stream.read(atMost: 65_536)
    isAtEnd = piece.isEmpty
    buffer += piece
    return !isAtEnd
  }

  private mutating func skipLine() throws(FileError) -> Outcome {
    repeat {
      position = buffer.count
      var searched = position
      guard try fill(&searched) else { break }
    } while !buffer.contains(0x0A)
    position = buffer.firstIndex(of: 0x0A).map { $0 + 1 } ?? buffer.count
    return .tooLong
  }
}
