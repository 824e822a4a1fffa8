import CCurl
import Dramatis

/// Why a response did not come, or not to its end.
package enum TransportError: Error, Hashable, Sendable {
  /// The address is not one that can be called.
  case badAddress(String)
  /// No connection could be made.
  case unreachable(String)
  /// The peer could not prove who it is.
  case untrusted(String)
  /// The peer took longer than a limit allows.
  case timedOut(TimeLimit)
  /// The response ended before it was complete.
  case cutOff
  /// What came is not what was announced.
  case malformed(String)
  /// More came than is allowed.
  case tooLong(bytes: Int)
  /// Whoever reads does not want to know any more.
  case cancelled
}

/// The variables that name proxies, as libcurl looks for them.
enum ProxyVariable {
  /// The one that is set for an address; `no_proxy` may still except it.
  static func set(for address: String) -> String? {
    let scheme = address.hasPrefix("https:") ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
    return (scheme + ["all_proxy", "ALL_PROXY"]).first { !Platform.environment($0).isEmpty }
  }
}

extension TransportError {
  /// What a code of libcurl means; nil for a transfer that went well.
  ///
  /// - Parameter proxy: The variable that names the proxy on the way; nil where there is none.
  init?(_ code: CURLcode, host: String, proxy: String? = nil) {
    switch code {
    case CURLE_OK: return nil
    case CURLE_COULDNT_RESOLVE_HOST: self = .unreachable("nobody is called '\(host)'")
    case CURLE_COULDNT_RESOLVE_PROXY:
      self = .unreachable(
        "nobody is called like the proxy" + (proxy.map { " that \($0) names" } ?? ""))
    case CURLE_COULDNT_CONNECT:
      self = .unreachable(
        proxy.map { "the proxy that \($0) names, or '\(host)' behind it, takes no connection" }
          ?? "'\(host)' takes no connection")
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut(.connect)
    case CURLE_PEER_FAILED_VERIFICATION:
      self = .untrusted("the certificate of '\(host)' does not prove its name")
    case CURLE_SSL_CONNECT_ERROR: self = .untrusted("no secure connection with '\(host)' could be made")
    case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
      self = .untrusted(Self.text(code))
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: self = .cutOff
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
      self = .malformed("it is not HTTP that can be read (\(Self.text(code)))")
    case CURLE_URL_MALFORMAT: self = .badAddress(Self.text(code))
    default: self = .unreachable(Self.text(code))
    }
  }

  /// What libcurl calls a code; its texts are constants and hold nothing of the request.
  private static func text(_ code: CURLcode) -> String {
    curl_easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
  }
}
