import Dramatis
import DramatisLLM
import Synchronization

/// The replies of a model so far, in a file that grows with every one of them.
final class MiningCassette: Sendable {
  let cassette: Cassette
  private let path: String?
  /// Why replies could not be written; nil while they can.
  private let trouble = Mutex<Failure?>(nil)

  /// Reads what is there; a last line that was not written to its end is left out.
  ///
  /// - Parameter isKept: Whether what is recorded is written.
  init(path: String, isKept: Bool) throws(Failure) {
    self.path = isKept ? path : nil
    guard OutputFile(path: path).exists else {
      cassette = Cassette()
      return
    }
    let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: Self.limit))
    let whole = bytes.lastIndex(of: 0x0A).map { Array(bytes[...$0]) } ?? []
    do {
      cassette = try Cassette(whole)
    } catch {
      throw Failure("\(path.oneLine): \("\(error)".oneLine); remove it to begin anew", .input)
    }
    if isKept, whole.count < bytes.count { try Failure.mapping(try OutputFile(path: path).write(whole)) }
  }

  private static let limit = 256 << 20

  /// Why the work ended, if that was because replies could not be written.
  var failure: Failure? { trouble.withLock { $0 } }

  /// Finds out whether replies can be written, before one is paid for.
  func prepare() throws(Failure) {
    if let path { _ = try Failure.mapping(try AppendedFile(path: path)) }
  }

  /// Writes what was recorded after so many replies; false where that fails.
  func keep(after count: Int) -> Bool {
    guard let path, cassette.count > count else { return true }
    do throws(FileError) {
      let file = try AppendedFile(path: path)
      try file.write(String(decoding: cassette.bytes(after: count), as: UTF8.self))
      return true
    } catch {
      trouble.withLock { $0 = Failure(error) }
      return false
    }
  }
}

/// Writes every reply that is new before anybody uses it.
struct KeepingModel: LanguageModel {
  let base: any LanguageModel
  let cassette: MiningCassette
  var name: String { base.name }

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> DramatisLLM.Completion {
    let count = cassette.cassette.count
    let completion = try await base.complete(request, onText: onText)
    guard cassette.keep(after: count) else { throw .cancelled }
    return completion
  }
}
