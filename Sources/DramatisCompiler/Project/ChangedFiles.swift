import Dramatis
import FoundationEssentials

/// Files that have changed or are gone, and what depends on them: scenarios, stories and what their settings are for.
///
/// ```swift
/// let changed = ChangedFiles(["mara.yaml"])
/// let report = await Validation(of: ["Characters"], changed: changed).run()
/// ```
public struct ChangedFiles: Sendable {
  private static let maximumBytes = 16 << 20

  /// The paths from the root.
  private let places: Set<String>
  /// The names of the files, each once.
  private let names: [[UInt8]]
  /// The folders whose settings have changed, with a slash at their ends.
  private let folders: [String]

  /// - Parameter paths: As they are seen from the current folder; one that ends with a slash stands for what is in it.
  public init(_ paths: [String]) {
    let inside = paths.filter { $0.hasSuffix("/") }.map { $0.place + "/" }
    let all = paths.filter { !$0.hasSuffix("/") }.map(\.place)
    places = Set(all)
    let last = all.compactMap { $0.split(separator: "/").last.map(String.init) }
    names = Set(last).map { Array($0.utf8) }
    let settings = all.filter { place in LintSettings.fileNames.contains { place.hasSuffix("/" + $0) } }
    folders = settings.map { String($0[...($0.lastIndex(of: "/") ?? $0.startIndex)]) } + inside
  }

  /// Reads a list as `git diff --name-only -z` writes it, or with a path in each line.
  ///
  /// Git tells paths from the root of a repository, wherever it is called, so each is looked for there as well. What
  /// `--name-status` and `git status --short` write before a path is passed over.
  ///
  /// - Parameter path: The list, or `-` for standard input.
  public init(listedAt path: String) throws(ProjectError) {
    let bytes = try ProjectError.mapping(try InputStream(path: path).readAll(limit: Self.maximumBytes))
    let separator: UInt8 = bytes.contains(0) ? 0 : 0x0A
    let lines = bytes.split(separator: separator).map { String(decoding: $0, as: UTF8.self) }.map {
      separator == 0 || !$0.hasSuffix("\r") ? $0 : String($0.dropLast())
    }
    let paths = separator == 0 ? lines : lines.flatMap(\.listedPaths).map(\.unquotedPath)
    let root = Self.repository(around: "".place)
    self.init(paths + paths.compactMap { path in root.flatMap { path.hasPrefix("/") ? nil : $0 + path } })
  }

  /// The folder of the repository in which a folder is, with a slash at its end; nil outside of any.
  private static func repository(around folder: String) -> String? {
    var folder = folder == "/" ? "/" : folder + "/"
    while !OutputFile(path: folder + ".git").exists {
      guard let end = folder.dropLast().lastIndex(of: "/") else { return nil }
      folder = String(folder[...end])
    }
    return folder
  }

  /// Whether a file has changed, or depends on one that has.
  ///
  /// A story or a file of scenarios in which the name of a changed file stands is taken to depend on it.
  func concern(_ path: String, holding bytes: [UInt8]) -> Bool {
    let place = path.place
    if places.contains(place) || folders.contains(where: place.hasPrefix) { return true }
    switch FileKind.recognize(bytes).kindWhenNamed {
    case .scenarios:
      return ScenarioSource.profileBeside(place).map(places.contains) ?? false || holdsName(bytes)
    case .story: return holdsName(bytes)
    default: return false
    }
  }

  private func holdsName(_ bytes: [UInt8]) -> Bool {
    names.contains { name in
      guard let first = name.first, name.count <= bytes.count else { return false }
      return bytes.indices.dropLast(name.count - 1).contains {
        bytes[$0] == first && bytes[$0...].starts(with: name)
      }
    }
  }
}

extension String {
  /// The paths that a line may name: the line itself, and what stands behind marks of a status, a rename or a diff.
  fileprivate var listedPaths: [String] {
    var paths = [self] + split(separator: "\t").map(String.init)
    if let blank = firstIndex(where: { $0 != " " }).flatMap({ self[$0...].firstIndex(of: " ") }),
      self[..<blank].count <= 3, self[..<blank].allSatisfy({ "AMDRCTU?! ".contains($0) })
    {
      paths += String(self[blank...].drop { $0 == " " }).split(separator: " -> ").map(String.init)
    }
    for prefix in ["a/", "b/"] where hasPrefix(prefix) { paths.append(String(dropFirst(2))) }
    if contains("\\"), !hasPrefix("\"") { paths.append(replacing("\\", with: "/")) }
    return paths.filter { !$0.isEmpty }
  }

  /// The path that git writes in quotes, with numbers for its bytes, where a name is not plain.
  fileprivate var unquotedPath: String {
    guard count > 1, hasPrefix("\""), hasSuffix("\"") else { return self }
    var rest = Array(utf8.dropFirst().dropLast())[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.first else {
        bytes.append(byte)
        continue
      }
      if let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8), rest.count >= 3 {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        let escapes: [UInt8: UInt8] = [0x61: 7, 0x62: 8, 0x74: 9, 0x6E: 10, 0x76: 11, 0x66: 12, 0x72: 13]
        bytes.append(escapes[next] ?? next)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same for every way of writing a path.
  var place: String {
    let parts = URL(filePath: self).absoluteURL.standardized.path.split(separator: "/")
    return "/" + parts.joined(separator: "/")
  }
}

/// Looks again and again at the files that some paths stand for, and at the settings beside them.
///
/// ```swift
/// var watch = FileWatch(of: ["Characters"])
/// while let changed = watch.changes() { … }
/// ```
public struct FileWatch: Sendable {
  private struct Stamp: Hashable {
    let modified: Int64
    let size: Int
    let identity: FileStatus.Identity
  }

  private let paths: [String]
  private var others: Set<String> = []
  private var known: [String: Stamp] = [:]

  /// Takes what is there now as known.
  ///
  /// - Parameter paths: Files, and folders, which are searched each time.
  public init(of paths: [String]) {
    self.paths = paths
    known = stamps()
  }

  /// Looks at some more files from now on, such as the cast of a story.
  public mutating func add(_ paths: [String]) {
    for path in paths where others.insert(path).inserted && known[path] == nil {
      known[path] = Self.stamp(path)
    }
  }

  /// What has changed, has come or is gone since this was asked last; nil where nothing has.
  public mutating func changes() -> ChangedFiles? {
    let now = stamps()
    let changed = Set(now.keys).union(known.keys).filter { now[$0] != known[$0] }
    known = now
    return changed.isEmpty ? nil : ChangedFiles(changed.sorted())
  }

  private func stamps() -> [String: Stamp] {
    var finder = FileFinder()
    let files = Set(paths.flatMap { finder.files(at: $0) }.map(\.path)).union(others)
    let settings = Set(
      files.map { path in
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      }
    ).map { $0 + LintSettings.fileName }
    return Dictionary(
      (Array(files) + settings).compactMap { path in Self.stamp(path).map { (path, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func stamp(_ path: String) -> Stamp? {
    FileStatus(path).map { Stamp(modified: $0.modified, size: $0.size, identity: $0.identity) }
  }
}
