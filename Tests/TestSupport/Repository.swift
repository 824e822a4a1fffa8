import Foundation

/// The checkout that the tests were built from.
package enum Repository {
  /// The folder of the package.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file or folder by its path in the repository.
  package static func file(_ path: String) -> URL {
    root.appending(path: path)
  }

  /// A file or folder beside the repository, which need not be there.
  package static func beside(_ path: String) -> URL {
    root.deletingLastPathComponent().appending(path: path)
  }
}
