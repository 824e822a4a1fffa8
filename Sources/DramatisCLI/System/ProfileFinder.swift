import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Finds the profiles that a path stands for.
enum ProfileFinder {
  /// The path itself, or all profiles below a folder in the order of their paths.
  static func sources(at path: String) throws(Failure) -> [ProfileSource] {
    guard isFolder(path) else { return [ProfileSource(path: path)] }
    var found: [ProfileSource] = []
    for file in try yamlFiles(below: path) where try isProfile(file) {
      found.append(ProfileSource(path: file))
    }
    return found
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Walks without following links to folders, so that the walk ends.
  private static func yamlFiles(below folder: String) throws(Failure) -> [String] {
    var files: [String] = []
    var open = [folder]
    while let next = open.popLast() {
      for name in try contents(of: next).sorted() where !name.hasPrefix(".") {
        let path = next.hasSuffix("/") ? next + name : "\(next)/\(name)"
        if isFolder(path) {
          if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil { open.append(path) }
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
          files.append(path)
        }
      }
    }
    return files.sorted()
  }

  private static func contents(of folder: String) throws(Failure) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw Failure("cannot read folder \(folder.onOneLine)", .environment)
    }
  }

  /// Whether a file in a folder means to be a profile: a line of it begins with the key `dramatis`.
  private static func isProfile(_ path: String) throws(Failure) -> Bool {
    let bytes = try InputStream(path: path).readAll(limit: ReadLimits.standard.fileBytes)
    let key = Array("dramatis:".utf8)
    return bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { line in
      line.starts(with: key) || line.starts(with: [0xEF, 0xBB, 0xBF] + key)
    }
  }
}
