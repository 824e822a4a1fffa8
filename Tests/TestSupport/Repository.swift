import Foundation

/// The checkout that the tests were built from.
package enum Repository {
  /// The folder of the package.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether the tests write anew what they keep word for word, and then fail: `UPDATE_GOLDENS=1`.
  package static let isUpdatingGoldens = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

  /// A file or folder by its path in the repository.
  package static func file(_ path: String) -> URL {
    root.appending(path: path)
  }

  package static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: file(path)))
  }

  package static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: file(folder).path).sorted()
  }

  /// The text of a file of the checkout.
  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// A file or folder beside the repository, which need not be there.
  package static func beside(_ path: String) -> URL {
    root.deletingLastPathComponent().appending(path: path)
  }
}
