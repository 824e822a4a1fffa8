import Dramatis
import DramatisCompiler

/// A story on the disk, with the profiles of its cast in its folder or below.
struct StorySource {
  let path: String

  /// - Parameter bytes: What the file holds.
  func compilation(of bytes: [UInt8]) -> StoryCompilation {
    let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    let name = path == InputStream.standardInput ? "<stdin>" : path
    return StoryCompilation(of: bytes, name: name) { Self.file($0, in: folder.isEmpty ? "/" : folder) }
  }

  /// A path that leads outside by a link is refused as one that leads there by its words.
  private static func file(_ relative: String, in folder: String) -> StoryCompilation.CastFile {
    let path = folder == "." ? relative : folder + "/" + relative
    guard let home = folder.realPath, let real = path.realPath else {
      return .unreadable("there is no such file")
    }
    guard real == home || real.hasPrefix(home.hasSuffix("/") ? home : home + "/") else {
      return .unreadable("it leads outside the folder of the story")
    }
    // A pipe would be waited for.
    guard FileStatus(real)?.kind == .plain else { return .unreadable("it is no file") }
    do throws(FileError) {
      let bytes = try InputStream(path: path).readAll(limit: Program.maximumFileBytes)
      return .bytes(bytes, name: path)
    } catch {
      return .unreadable(error.description)
    }
  }
}
