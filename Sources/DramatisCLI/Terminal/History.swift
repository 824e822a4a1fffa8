import Dramatis
import DramatisCompiler

/// The lines that were said before, in memory and on disk.
///
/// A file that cannot be used costs the history of later chats, and nothing else.
struct History {
  private(set) var entries: [String] = []
  /// Why lines are not kept, until it has been said.
  private var problem: String?
  private var file: HistoryFile?

  /// The history in a file, or one that ends with the process.
  init(file: HistoryFile?) {
    self.file = file
    do throws(FileError) {
      if let file { entries = try file.load() }
    } catch {
      fail(error)
    }
  }

  /// Keeps a line; one that begins with a space or repeats the last is not kept.
  mutating func add(_ line: String) {
    guard !line.hasPrefix(" "), line.contains(where: { !$0.isWhitespace }), line != entries.last else {
      return
    }
    entries.append(line)
    do throws(FileError) {
      try file?.append(line)
    } catch {
      fail(error)
    }
  }

  /// What to tell the user, once.
  mutating func reportProblem() -> String? {
    defer { problem = nil }
    return problem
  }

  private mutating func fail(_ error: FileError) {
    file = nil
    problem = "What you say is not kept for the next time: \(error)"
  }
}

/// Where the lines said to one character are kept, one entry a row, oldest first.
struct HistoryFile {
  static let maximumEntries = 1_000
  /// The bytes at the end of the file that are looked at.
  static let maximumBytes = 1 << 20
  /// An entry with more bytes is not kept.
  static let maximumEntryBytes = 16 << 10

  let folder: String
  let name: String

  private var path: String { "\(folder)/\(name)" }

  /// The file of a character below the folder that the environment names for state; nil without one.
  init?(character: String, environment: (String) -> String = Platform.environment) {
    guard let state = Folder.state(environment: environment) else { return nil }
    folder = state + "/history"
    name = Self.name(for: character)
  }

  /// Letters and digits of the name for people to see, and its hash, so that no two characters share a file.
  static func name(for character: String) -> String {
    let letters = character.lowercased().unicodeScalars.filter {
      ("a"..."z").contains($0) || ("0"..."9").contains($0)
    }
    let hash = SHA256.hex(character.utf8).prefix(16)
    return String(String.UnicodeScalarView(letters.prefix(32))) + "-" + hash
  }

  /// The entries; makes the file and its folder where they are missing, and shortens a file that has grown long.
  func load() throws(FileError) -> [String] {
    try Folder.make(folder)
    Platform.setPermissions(0o700, of: folder)
    let file = try LockedFile.awaiting(path)
    let bytes = try file.readEnd(atMost: Self.maximumBytes)
    let rows = bytes.split(separator: 0x0A)
    let entries = rows.compactMap { String(validating: $0, as: UTF8.self).map(Self.entry) }
    let kept = Array(entries.filter { !$0.isEmpty }.suffix(Self.maximumEntries))
    if rows.count > 2 * Self.maximumEntries || bytes.count >= Self.maximumBytes {
      try file.replaceContent(kept.map(Self.row).joined())
    }
    return kept
  }

  /// Adds an entry with one write, so that two chats cannot mix theirs.
  func append(_ entry: String) throws(FileError) {
    guard entry.utf8.count <= Self.maximumEntryBytes else { return }
    let file = try LockedFile.awaiting(path)
    try file.append(Self.row(entry))
  }

  private static func row(_ entry: String) -> String {
    entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") + "\n"
  }

  private static func entry(_ row: String) -> String {
    var entry = ""
    var isEscaped = false
    for character in row {
      if isEscaped {
        entry.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.append(character)
      }
    }
    return entry.strippedOfControls()
  }
}
