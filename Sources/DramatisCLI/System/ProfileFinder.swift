import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Finds the profiles that a path stands for.
struct ProfileFinder {
  /// How many YAML files were of another kind.
  private(set) var skipped = 0
  /// What could not be read.
  var failures: [Failure] = []

  /// The path itself, or all profiles below a folder in the order of their paths.
  mutating func sources(at path: String) -> [ProfileSource] {
    guard Self.isFolder(path) else { return [ProfileSource(path: path)] }
    return yamlFiles(below: path).filter { isProfile($0) }.map { ProfileSource(path: $0) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Walks without following links to folders, so that the walk ends.
  private mutating func yamlFiles(below folder: String) -> [String] {
    var files: [String] = []
    var open = [folder]
    while let next = open.popLast() {
      for name in contents(of: next) where !name.hasPrefix(".") {
        let path = next.hasSuffix("/") ? next + name : "\(next)/\(name)"
        if Self.isFolder(path) {
          if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil { open.append(path) }
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml"), !OutputFile(path: path).isSpecial {
          files.append(path)
        }
      }
    }
    return files.sorted()
  }

  private mutating func contents(of folder: String) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      let posix = (error as? CocoaError)?.underlying as? POSIXError
      let reason = posix.map { ": " + Process.describe($0.code.rawValue) } ?? ""
      failures.append(Failure("cannot read folder \(folder.oneLine)\(reason)", .environment))
      return []
    }
  }

  /// Whether a file in a folder means to be a profile: a line of it begins with the key `dramatis`.
  ///
  /// A tab before it counts as a mistake in a profile rather than as another kind of file.
  private mutating func isProfile(_ path: String) -> Bool {
    let bytes: [UInt8]
    do {
      bytes = try InputStream(path: path).readAll(limit: ReadLimits.standard.fileBytes)
    } catch {
      failures.append(error)
      return false
    }
    let key = Array("dramatis".utf8)
    let isProfile = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { line in
      let start = line.drop { [0x09, 0x22, 0x27, 0xEF, 0xBB, 0xBF].contains($0) }
      let end = start.dropFirst(key.count).first { ![0x20, 0x22, 0x27].contains($0) }
      return start.starts(with: key) && end == UInt8(ascii: ":")
    }
    if !isProfile { skipped += 1 }
    return isProfile
  }
}
