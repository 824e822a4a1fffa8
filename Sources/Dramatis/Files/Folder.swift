/// What is done with folders.
package enum Folder {
  /// The names of what a folder holds, in no order.
  package static func names(in folder: String) throws(FileError) -> [String] {
    try FileError.naming("read folder", of: folder) { () throws(SystemError) in
      try Platform.names(in: folder)
    }
  }

  /// Makes what is missing of a folder, for nobody else to read.
  package static func make(_ folder: String) throws(FileError) {
    var made = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      made += "/" + part
      do throws(SystemError) {
        try Platform.makeFolder(made, permissions: 0o700)
      } catch {
        // A folder that is there may stand in one that cannot be written to.
        guard error != .exists, FileStatus(made) == nil else { continue }
        throw FileError(.refused(operation: "make the folder", reason: "\(error)"), path: made)
      }
    }
  }

  /// The folder for what the program should remember: `$XDG_STATE_HOME/dramatis`, or the usual place in the home.
  ///
  /// The convention says that a relative path is to be ignored.
  ///
  /// - Parameter environment: Gives the variables of the environment by name.
  /// - Returns: Nil where the environment names no place.
  package static func state(environment: (String) -> String = Platform.environment) -> String? {
    folder(named: "XDG_STATE_HOME", usually: ".local/state", environment)
  }

  /// The folder for what can be had again at some cost: `$XDG_CACHE_HOME/dramatis`, or the usual place in the home.
  ///
  /// - Returns: Nil where the environment names no place.
  package static func cache(environment: (String) -> String = Platform.environment) -> String? {
    folder(named: "XDG_CACHE_HOME", usually: ".cache", environment)
  }

  private static func folder(
    named variable: String, usually usual: String, _ environment: (String) -> String
  ) -> String? {
    let (named, home) = (environment(variable), environment("HOME"))
    if named.hasPrefix("/") { return named + "/dramatis" }
    return home.hasPrefix("/") ? "\(home)/\(usual)/dramatis" : nil
  }
}

/// Finds the files that paths stand for.
package struct FileFinder: Sendable {
  /// A file that a path stands for.
  package struct File: Hashable, Sendable {
    /// Without `./` at its start, so that every format names a file alike.
    package let path: String
    /// Whether it lies in a folder that was named, so that it may be of another kind.
    package let isFound: Bool
  }

  /// What could not be read.
  package private(set) var errors: [FileError] = []
  private let endings: [String]

  /// - Parameter endings: Those of the files that are meant in a folder, with their dots and in lower case; those in
  ///   capitals are found, too.
  package init(endings: [String] = [".yaml", ".yml"]) {
    self.endings = endings
  }

  /// The path itself, or all files below a folder in the order of their paths.
  ///
  /// Links to folders are not followed, so that the walk ends; hidden files are left out, and what is no plain file.
  package mutating func files(at path: String) -> [File] {
    guard FileStatus(path)?.kind == .folder else { return [File(path: path.plainPath, isFound: false)] }
    return files(below: path).map { File(path: $0.plainPath, isFound: true) }
  }

  private mutating func files(below folder: String) -> [String] {
    var files: [String] = []
    var open = [folder]
    while let next = open.popLast() {
      for name in names(in: next) where !name.hasPrefix(".") {
        let path = next.hasSuffix("/") ? next + name : "\(next)/\(name)"
        let kind = FileStatus(path)?.kind
        if kind == .folder {
          if FileStatus(path, followsLinks: false)?.kind != .link { open.append(path) }
        } else if kind != .special, endings.contains(where: name.lowercased().hasSuffix) {
          files.append(path)
        }
      }
    }
    return files.sorted()
  }

  private mutating func names(in folder: String) -> [String] {
    do throws(FileError) {
      return try Folder.names(in: folder)
    } catch {
      errors.append(error)
      return []
    }
  }
}

extension String {
  /// Without `./` at its start; `./-` is no standard input.
  fileprivate var plainPath: String {
    let path = withoutDotSlash
    return path.isEmpty || path == InputStream.standardInput ? self : path
  }

  /// A path that does not say that it begins here, so that `./a` is `a`.
  package var withoutDotSlash: String {
    var rest = self[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    return String(rest)
  }

  /// Where this path leads once all links are followed; nil where nothing is there.
  package var realPath: String? { Platform.realPath(of: self) }
}
