import Dramatis
import DramatisCompiler
import FoundationEssentials

/// What an old project had wrong before it began to be checked, and is not told of again.
///
/// Findings are known by their fingerprints, so they stay known while lines above them come and go.
struct Baseline: Codable {
  struct Entry: Codable {
    let code, fingerprint, message, path: String
  }

  private static let currentVersion = 1
  private static let maximumBytes = 64 << 20

  let version: Int
  let ignored: [Entry]

  /// All that a report has found.
  init(_ findings: [FileFinding]) {
    version = Self.currentVersion
    ignored = findings.map {
      Entry(code: $0.code, fingerprint: $0.fingerprint, message: $0.message, path: $0.path)
    }
  }

  init(path: String) throws(Failure) {
    let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: Self.maximumBytes))
    guard bytes.count <= Self.maximumBytes, let read = try? JSONDecoder().decode(Self.self, from: Data(bytes))
    else {
      throw Failure("\(path.oneLine) is no baseline; --update-baseline writes one", .input)
    }
    guard read.version == Self.currentVersion else {
      throw Failure(
        "the baseline \(path.oneLine) has version \(read.version), and this version of Dramatis reads \(Self.currentVersion)",
        .input)
    }
    self = read
  }

  /// Writes a new file, or in the place of a baseline; nothing else is replaced.
  func write(to path: String) throws {
    let file = OutputFile(path: path)
    do throws(FileError) {
      try file.requireKind("a baseline", atMost: Self.maximumBytes) { bytes in
        (try? JSONDecoder().decode(Self.self, from: Data(bytes))) != nil
      }
    } catch {
      throw Failure(error, otherKind: .input)
    }
    try file.write(Array(try jsonReport().utf8))
  }

  /// Takes out of what was found all that is known.
  ///
  /// - Returns: How many findings were taken out, and how many entries found nothing any more.
  func apply(to items: inout [CheckedItem]) -> (ignored: Int, outdated: Int) {
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
