import Dramatis
import DramatisLLM
import Synchronization

/// The replies of a model so far, in a file that grows with every one of them before anybody uses it.
///
/// So mining that was broken off is begun again, and costs only what was not done yet:
///
/// ```swift
/// let replies = try KeptReplies(path: "novel.replies")
/// let findings = try await StoryMiner(sentences, with: replies.model(resuming: model)).mine()
/// ```
public final class KeptReplies: Sendable {
  /// The replies.
  public let cassette: Cassette
  /// Nil where nothing is written.
  private let path: String?
  private let trouble = Mutex<FileError?>(nil)

  /// The largest file, in bytes.
  private static let limit = 256 << 20

  /// Reads what is there; a last line that was not written to its end is left out.
  ///
  /// - Parameters:
  ///   - path: The file, which need not be there.
  ///   - isKept: Whether what is new is written to it.
  /// - Throws: A `FileError`, or ``ModelError/malformed(_:)`` with the number of the line.
  public init(path: String, isKept: Bool = true) throws {
    self.path = isKept ? path : nil
    let file = OutputFile(path: path)
    let bytes = file.exists ? try InputStream(path: path).readAll(limit: Self.limit) : []
    let whole = bytes.lastIndex(of: 0x0A).map { Array(bytes[...$0]) } ?? []
    cassette = try Cassette(whole)
    if isKept, whole.count < bytes.count { try file.write(whole) }
  }

  /// Why the work ended, if that was because replies could not be written.
  public var failure: FileError? { trouble.withLock { $0 } }

  /// Finds out whether replies can be written, before one is paid for.
  public func prepare() throws(FileError) {
    if let path { _ = try AppendedFile(path: path) }
  }

  /// A model that answers from what was kept, and asks another for the rest, which is kept.
  ///
  /// It throws ``ModelError/cancelled`` where a reply could not be written; ``failure`` says why.
  public func model(resuming base: any LanguageModel) -> any LanguageModel {
    KeepingModel(base: ResumingModel(base, on: cassette), cassette: self)
  }

  /// Writes what was recorded after so many replies; false where that fails.
  fileprivate func keep(after count: Int) -> Bool {
    guard let path, cassette.count > count else { return true }
    do throws(FileError) {
      try AppendedFile(path: path).write(cassette.bytes(after: count))
      return true
    } catch {
      trouble.withLock { $0 = error }
      return false
    }
  }
}

/// Keeps every reply that is new before anybody uses it.
private struct KeepingModel: LanguageModel {
  let base: any LanguageModel
  let cassette: KeptReplies
  var name: String { base.name }

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let count = cassette.cassette.count
    let completion = try await base.complete(request, onText: onText)
    guard cassette.keep(after: count) else { throw .cancelled }
    return completion
  }
}
