/// Sends requests over one thread of libcurl and keeps connections open for the next ones.
///
/// The usual proxy variables of the environment hold. It ends with its last user.
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
    let channel = TransferChannel(request.limits)
    return HTTPResponse(self, loop, channel, number: loop.start(request, channel), request.limits)
  }
}
