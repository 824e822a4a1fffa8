import FoundationEssentials

/// What the path of a file could become.
struct PathCompletion {
  let typed: String

  /// The files and folders of the last folder that was typed; hidden ones only where a dot asks for them.
  var completion: WordCompletion {
    let end = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<end]), typed[end...])
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let fitting = files.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
    return WordCompletion(
      word: typed, candidates: fitting.sorted().map { folder + $0 + Self.mark(folder + $0) })
  }

  private static func mark(_ path: String) -> String {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder ? "/" : ""
  }
}
