import CCurl

/// The address of a service: http or https, a host, perhaps a port and a path.
public struct ServiceAddress: Hashable, Sendable {
  /// The address as given, without a slash at its end.
  let text: String
  /// The host's name.
  public let host: String
  /// Whether what is sent can be read on the way.
  let isOpen: Bool

  /// Reads an address such as `http://localhost:8080/v1`.
  ///
  /// - Throws: ``ModelError/badAddress(_:)`` for another scheme, credentials, a query or no host.
  public init(_ text: String) throws(ModelError) {
    // With slashes missing or to spare, curl would take the first name of the path for the host.
    guard let slashes = text.firstRange(of: "://"), text[..<slashes.lowerBound].allSatisfy(\.isLetter) else {
      throw .badAddress("it should look like http://localhost:8080/v1")
    }
    guard let next = text[slashes.upperBound...].first, next != "/" else {
      throw .badAddress("it has no host")
    }
    guard let url = curl_url() else { throw .badAddress("there is no memory to read it") }
    defer { curl_url_cleanup(url) }
    guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else {
      throw .badAddress("it should look like http://localhost:8080/v1")
    }
    let scheme = Self.part(CURLUPART_SCHEME, of: url)
    guard ["http", "https"].contains(scheme) else {
      throw .badAddress("only http and https can be called")
    }
    guard Self.part(CURLUPART_USER, of: url) == nil, Self.part(CURLUPART_PASSWORD, of: url) == nil else {
      throw .badAddress("it holds a user or a password; give a key instead")
    }
    guard Self.part(CURLUPART_QUERY, of: url) == nil, Self.part(CURLUPART_FRAGMENT, of: url) == nil else {
      throw .badAddress("it has a query or a fragment, and paths are appended to it")
    }
    guard let host = Self.part(CURLUPART_HOST, of: url), !host.isEmpty else {
      throw .badAddress("it has no host")
    }
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
      throw .badAddress("it has a space or a control character")
    }
    self.host = host
    isOpen = scheme == "http"
    self.text = String(
      text.prefix(upTo: text.lastIndex { $0 != "/" }.map(text.index(after:)) ?? text.endIndex))
  }

  /// Whether the host is this machine, which no name server is needed to tell.
  var isLoopback: Bool {
    let name = host.lowercased()
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return name == "localhost" || name == "[::1]" || isIPv4 && parts[0] == "127"
  }

  /// Whether there is a path, and not the root alone.
  var hasPath: Bool {
    let rest = text.split(separator: "://", maxSplits: 1).last ?? ""
    return rest.drop { $0 != "/" }.contains { $0 != "/" }
  }

  /// The address of a path below this one.
  func appending(_ path: String) -> String { "\(text)/\(path)" }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

extension ServiceAddress: CustomStringConvertible {
  /// The address as given.
  public var description: String { text }
}
