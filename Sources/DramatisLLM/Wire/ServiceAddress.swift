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
  package var isLoopback: Bool {
    let name = host.lowercased()
    if name.hasSuffix(".localhost") || name == "0.0.0.0" || name == "[::]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return name == "localhost" || name == "[::1]" || isIPv4 && parts[0] == "127"
  }

  /// The address in what somebody pasted: without quotes and space, with a scheme, and without what follows the place
  /// below which the paths of a service lie.
  ///
  /// - Throws: ``ModelError/badAddress(_:)``.
  init(pasted: String) throws(ModelError) {
    var text = pasted.trimmed {
      $0.properties.isWhitespace || "\"'`<>\u{FEFF}\u{200B}".unicodeScalars.contains($0)
    }
    if let hash = text.firstIndex(of: "#") { text = String(text[..<hash]) }
    if text.hasPrefix("//") { text = String(text.dropFirst(2)) }
    if text.firstRange(of: "://") == nil, !text.isEmpty, text.first != "/", !Self.hasOtherScheme(text) {
      text = "\(Self.isNear(text) ? "http" : "https")://\(text)"
    }
    // Without a host there is nothing to take off.
    let rest = text.firstRange(of: "://").map { text[$0.upperBound...] }
    guard rest?.allSatisfy({ $0 == "/" }) != true else { throw .badAddress("it has no host") }
    while let last = text.last, last == "/" || last == "?" { text.removeLast() }
    for ending in Self.endings where text.lowercased().hasSuffix(ending) {
      text = String(text.dropLast(ending.count))
      break
    }
    try self.init(text)
  }

  /// What services are asked below their address, the longest first.
  private static let endings = [
    "/chat/completions", "/completions", "/embeddings", "/api/generate", "/api/chat", "/api/tags",
    "/responses", "/messages",
    "/models", "/props", "/health",
  ]

  /// Whether something other than a host stands before the first colon, as in `ftp:`.
  private static func hasOtherScheme(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), !text.hasPrefix("[") else { return false }
    let port = text[text.index(after: colon)...].prefix { $0 != "/" }
    return port.isEmpty || !port.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Whether a host is this machine or one nearby, where certificates are rare.
  private static func isNear(_ text: String) -> Bool {
    let host = text.prefix { !":/".contains($0) }.lowercased()
    let parts = host.split(separator: ".").compactMap { Int($0) }
    let isPrivate =
      parts.count == 4
      && ([0, 10, 127, 169, 192].contains(parts[0]) || parts[0] == 172 && (16...31).contains(parts[1]))
    return text.hasPrefix("[") || isPrivate || !host.contains(".") || host.hasSuffix(".local")
      || host.hasSuffix(".lan")
      || host.hasSuffix(".localhost") || host.hasSuffix(".internal")
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
