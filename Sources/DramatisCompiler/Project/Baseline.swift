import Dramatis
import FoundationEssentials

/// What an old project had wrong before it began to be checked, and is not told of again.
///
/// Findings are known by their fingerprints, so they stay known while lines above them come and go.
///
/// ```swift
/// var items = await Validation(of: ["Profiles"]).run().items
/// let (ignored, outdated) = try Baseline(at: "baseline.json").apply(to: &items)
/// ```
public struct Baseline: Codable, Sendable {
  /// A finding that is ignored.
  public struct Entry: Codable, Sendable {
    /// What ``FileFinding`` says of it.
    public let code, fingerprint, message, path: String
  }

  private static let currentVersion = 1
  private static let maximumBytes = 64 << 20

  /// The version of the format.
  public let version: Int
  /// What is ignored.
  public let ignored: [Entry]

  /// All that some items have wrong.
  public init(of items: [CheckedItem]) {
    version = Self.currentVersion
    ignored = items.flatMap(\.findings).map {
      Entry(code: $0.code, fingerprint: $0.fingerprint, message: $0.message, path: $0.path)
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
  /// - Returns: How many findings were taken out, and how many entries found nothing any more.
  public func apply(to items: inout [CheckedItem]) -> (ignored: Int, outdated: Int) {
    let known = Set(ignored.map(\.fingerprint))
    var met: Set<String> = []
    var count = 0
    for index in items.indices {
      items[index].findings.removeAll { finding in
        guard known.contains(finding.fingerprint) else { return false }
        met.insert(finding.fingerprint)
        count += 1
        return true
      }
    }
    return (count, known.subtracting(met).count)
  }
}
