import CCurl

/// Handles of libcurl that serve one transfer after another; used by the loop's thread alone.
final class HandlePool {
  /// As many as there are connections that are kept.
  static let capacity = 256

  private var idle: [UnsafeMutableRawPointer] = []

  deinit {
    for handle in idle { curl_easy_cleanup(handle) }
  }

  /// A handle that knows what holds for every request, and of none; nil where libcurl has no memory or takes no such option.
  func take() -> UnsafeMutableRawPointer? {
    if let handle = idle.popLast() { return handle }
    guard let handle = curl_easy_init() else { return nil }
    guard Self.prepare(handle) else {
      curl_easy_cleanup(handle)
      return nil
    }
    return handle
  }

  /// Takes a handle back that is in no transfer, and has it forget the request, with the key in its headers.
  ///
  /// One that made a connection is not kept: it may have done so because the service had closed another, and libcurl counts
  /// that for as long as a handle is not reset, and tries but five times.
  func giveBack(_ handle: UnsafeMutableRawPointer) {
    guard idle.count < Self.capacity, ccurl_connections_made(handle) == 0, ccurl_forget(handle) else {
      return curl_easy_cleanup(handle)
    }
    idle.append(handle)
  }

  private static func prepare(_ handle: UnsafeMutableRawPointer) -> Bool {
    ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK
      && ccurl_set_text(handle, CURLOPT_USERAGENT, "dramatis") == CURLE_OK
      && ccurl_set_receivers(handle, Transfer.onBody, Transfer.onHeader) == CURLE_OK
      && numbers.allSatisfy { ccurl_set_long(handle, $0, $1) == CURLE_OK }
  }

  private static let numbers = [
    (CURLOPT_NOSIGNAL, 1),
    (CURLOPT_SSL_VERIFYPEER, 1),
    (CURLOPT_SSL_VERIFYHOST, 2),
    (CURLOPT_FOLLOWLOCATION, 0),
    // The key goes to the service, and not to the proxy that makes the tunnel.
    (CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
    // One connection a transfer: a pause stops the peer, and to cancel is to close.
    (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
    // A name that is being looked up must not hold up a cancellation.
    (CURLOPT_QUICK_EXIT, 1),
    (CURLOPT_TCP_KEEPALIVE, 1),
  ]
}
