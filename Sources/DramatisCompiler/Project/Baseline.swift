import Dramatis
import FoundationEssentials

/// What an old project had wrong before it began to be checked, and is not told of again.
///
/// Findings are known by their fingerprints, so they stay known while lines above them come and go, and by their files, as
/// seen from the folder of the baseline: it is the same from wherever the files are checked.
///
/// ```swift
/// var items = await Validation(of: ["Profiles"]).run().items
/// let (ignored, outdated) = try Baseline(at: "baseline.json").apply(to: &items)
/// ```
public struct Baseline: Codable, Sendable {
  /// A finding that is ignored.
  public struct Entry: Codable, Sendable {
    /// What ``FileFinding`` says of it; the path is seen from the folder of the baseline.
    public let code, fingerprint, message, path: String

    fileprivate var key: Key { Key(path: path, fingerprint: fingerprint) }
  }

  /// What a finding is known by.
  fileprivate struct Key: Hashable {
    let path, fingerprint: String
  }

  private enum CodingKeys: String, CodingKey {
    case version, ignored
  }

  private static let currentVersion = 2
  private static let maximumBytes = 64 << 20

  /// The version of the format.
  public let version: Int
  /// What is ignored.
  public private(set) var ignored: [Entry]
  /// Where it is kept.
  private var place = BaselineFolder(of: "baseline")

  /// All that some items have wrong.
  ///
  /// - Parameters:
  ///   - items: What was checked.
  ///   - path: Where the baseline is going to be.
  public init(of items: [CheckedItem], at path: String) {
    version = Self.currentVersion
    let place = BaselineFolder(of: path)
    self.place = place
    ignored = items.flatMap(\.findings).map {
      Entry(code: $0.code, fingerprint: $0.fingerprint, message: $0.message, path: place.relative($0.path))
    }
  }

  /// Reads a baseline.
  ///
  /// - Throws: ``ProjectError`` where it cannot be read, is none or is of another version.
  public init(at path: String) throws(ProjectError) {
    let bytes = try ProjectError.mapping(
      try InputStream(path: path).readAll(limit: Self.maximumBytes))
    guard bytes.count <= Self.maximumBytes, let read = try? JSONDecoder().decode(Self.self, from: Data(bytes))
    else {
      throw .notBaseline(path: path)
    }
    guard read.version == Self.currentVersion else {
      throw .unsupportedBaseline(path: path, version: read.version, supported: Self.currentVersion)
    }
    self = read
    place = BaselineFolder(of: path)
  }

  /// The same with those entries of an older one whose files are there and were not checked now.
  ///
  /// - Parameters:
  ///   - older: What was ignored so far.
  ///   - items: What was checked.
  public func keeping(_ older: Baseline, besides items: [CheckedItem]) -> Baseline {
    let checked = Set(items.map { place.relative($0.path) })
    var all = self
    all.ignored += older.ignored.filter { !checked.contains($0.path) && place.holds($0.path) }
    all.ignored.sort { ($0.path, $0.code, $0.fingerprint) < ($1.path, $1.code, $1.fingerprint) }
    return all
  }

  /// Writes a new file, or in the place of a baseline; nothing else is replaced.
  public func write(to path: String) throws(ProjectError) {
    let file = OutputFile(path: path)
    do throws(FileError) {
      try file.requireKind("a baseline", atMost: Self.maximumBytes) { bytes in
        (try? JSONDecoder().decode(Self.self, from: Data(bytes))) != nil
      }
      try file.write(json)
    } catch {
      throw .file(error)
    }
  }

  private var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    // Texts and numbers alone: there is nothing that cannot be encoded.
    let data = (try? encoder.encode(self)) ?? Data()
    return Array((String(decoding: data, as: UTF8.self).withControlsEscaped + "\n").utf8)
  }

  /// Takes out of what was found all that is known.
  ///
  /// - Returns: How many findings were taken out, and how many entries found nothing any more in a file that was checked, or
  ///   that is gone.
  public func apply(to items: inout [CheckedItem]) -> (ignored: Int, outdated: Int) {
    let known = Set(ignored.map(\.key))
    let checked = Set(items.map { place.relative($0.path) })
    var met: Set<Key> = []
    var count = 0
    for index in items.indices {
      items[index].findings.removeAll { finding in
        let key = Key(path: place.relative(finding.path), fingerprint: finding.fingerprint)
        guard known.contains(key) else { return false }
        met.insert(key)
        count += 1
        return true
      }
    }
    let outdated = known.subtracting(met).count { checked.contains($0.path) || !place.holds($0.path) }
    return (count, outdated)
  }
}

/// The folder in which a baseline lies, from which the paths in it are seen.
private struct BaselineFolder: Sendable {
  private let parts: [String]

  /// - Parameter path: The baseline.
  init(of path: String) {
    parts = Self.parts(of: path).dropLast()
  }

  private static func parts(of path: String) -> [String] {
    URL(filePath: path).absoluteURL.standardized.path.split(separator: "/").map(String.init)
  }

  /// A path as it is seen from the folder; that of standard input as it is.
  func relative(_ path: String) -> String {
    guard path != InputStream.standardInput.nameInMessages else { return path }
    let own = Self.parts(of: path)
    let shared = zip(parts, own).prefix { $0 == $1 }.count
    return ((shared..<parts.count).map { _ in ".." } + own[shared...]).joined(separator: "/")
  }

  /// Whether a file lies where a path leads from here.
  func holds(_ path: String) -> Bool {
    OutputFile(path: "/" + parts.joined(separator: "/") + "/" + path).exists
  }
}
