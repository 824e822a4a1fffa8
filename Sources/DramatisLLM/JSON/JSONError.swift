/// Why bytes are not JSON, or not the JSON that was expected.
struct JSONError: Error, Hashable {
  let message: String
  /// Where in the bytes, from 0.
  let offset: Int

  var description: String { "\(message) at byte \(offset)" }
}
