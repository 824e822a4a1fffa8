/// One request to a service.
///
/// It has no description of its own making, and none should be printed: a header may hold a key.
package struct HTTPRequest: Sendable {
  let address: String
  let host: String
  /// Sent with POST; nil for GET.
  let body: [UInt8]?
  /// Whole header lines, such as `Content-Type: application/json`.
  let headers: [String]
  let limits: TransferLimits
}

/// What is known of a response before its body.
struct HTTPHead: Hashable, Sendable {
  let status: Int
  /// In lower case, without parameters.
  let contentType: String
  let retryAfter: Duration?
}
