/// Sends requests over one thread of libcurl and keeps connections open for the next ones.
///
/// The usual proxy variables of the environment hold, but for addresses of this machine. It ends with its last user.
public final class HTTPClient: Sendable {
  /// The one for everybody who needs none of their own.
  public static let shared = HTTPClient()

  private let loop = TransferLoop()

  /// Starts a client with its own thread and its own connections.
  public init() {}

  deinit {
    loop.stop()
  }

  /// Sends a request; the response can be read while it comes.
  package func send(_ request: HTTPRequest) -> HTTPResponse {
    let channel = TransferChannel(limits: request.limits)
    return HTTPResponse(
      of: self, loop: loop, channel: channel, number: loop.start(request, channel: channel),
      limits: request.limits)
  }
}

/// One request to a service.
///
/// It has no description of its own making, and none should be printed: a header may hold a key.
package struct HTTPRequest: Sendable {
  let address: String
  let host: String
  /// Whether the host is this machine, to which no proxy leads.
  var isLocal = false
  /// Sent with POST; nil for GET.
  let body: [UInt8]?
  /// Whole header lines, such as `Content-Type: application/json`.
  let headers: [String]
  let limits: TransferLimits
  /// Makes what takes the stream apart that a head announces; nil for any other body.
  var decoder: @Sendable (HTTPHead) -> (any StreamDecoder)? = { _ in nil }
}

/// What is known of a response before its body.
package struct HTTPHead: Hashable, Sendable {
  let status: Int
  /// In lower case, without parameters.
  let contentType: String
  let retryAfter: Duration?

  /// Whether the service does what was asked.
  var isAccepted: Bool { (200..<300).contains(status) }
}
