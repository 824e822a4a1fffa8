import DramatisLLM

/// The replies of a model so far, in a file that grows with every one of them.
final class MiningCassette: Sendable {
  let cassette: Cassette
  private let path: String?

  /// Reads what is there; a last line that was not written to its end is left out.
  ///
  /// - Parameter isKept: Whether what is recorded is written.
  init(path: String, isKept: Bool) throws(Failure) {
    self.path = isKept ? path : nil
    guard OutputFile(path: path).exists else {
      cassette = Cassette()
      return
    }
    let bytes = try InputStream(path: path).readAll(limit: Self.limit)
    let whole = bytes.lastIndex(of: 0x0A).map { Array(bytes[...$0]) } ?? []
    do {
      cassette = try Cassette(whole)
    } catch {
      throw Failure("\(path.oneLine): \("\(error)".oneLine); remove it to begin anew", .input)
    }
    if isKept, whole.count < bytes.count { try OutputFile(path: path).write(whole) }
  }

  private static let limit = 256 << 20

  /// Writes what was recorded after so many replies.
  func keep(after count: Int) throws(Failure) {
    guard let path, cassette.count > count else { return }
    let file = try AppendedFile(path: path)
    try file.write(String(decoding: cassette.bytes(after: count), as: UTF8.self))
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
    do {
      try cassette.keep(after: count)
    } catch {
      throw .malformed(error.message)
    }
    return completion
  }
}
