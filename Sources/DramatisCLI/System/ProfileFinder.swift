import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Finds the YAML files that paths stand for.
struct ProfileFinder {
  /// A file that a path stands for.
  struct File: Hashable, Sendable {
    let path: String
    /// Whether it lies in a folder that was named, so that it may be of another kind.
    let isFound: Bool
  }

  /// What could not be read.
  private(set) var failures: [Failure] = []

  /// The path itself, or all YAML files below a folder in the order of their paths.
  mutating func files(at path: String) -> [File] {
    guard Self.isFolder(path) else { return [File(path: path.plainPath, isFound: false)] }
    return yamlFiles(below: path).map { File(path: $0.plainPath, isFound: true) }
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
}

extension String {
  /// Without `./` at its start, so that every format names a file alike; `./-` is no standard input.
  fileprivate var plainPath: String {
    let path = withoutDotSlash
    return path.isEmpty || path == InputStream.standardInput ? self : path
  }
}
