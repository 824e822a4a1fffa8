import CCurl

/// One transfer of libcurl; used by the loop's thread alone.
final class Transfer {
  let channel: TransferChannel
  let easy: UnsafeMutableRawPointer
  private let host: String
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var headerBytes = 0
  private let arrivals: Arrivals
  private let pool: HandlePool
  /// Holds what has come in this turn of the loop.
  ///
  /// That it is used exclusively needs no check at run time, which would cost as much as to find an event: one thread
  /// uses it, and what it calls meanwhile, a decoder and whoever makes one, knows of no transfer.
  @exclusivity(unchecked) private var intake: Intake
  private var isNoted = false
  private var isPaused = false
  private var code: CURLcode?

  /// More than any service sends; the rest of libcurl's own limits hold for a single line.
  private static let mostHeaderBytes = 256 << 10

  /// Prepares a transfer; nil where libcurl has no memory or takes no such option.
  init?(_ request: HTTPRequest, _ channel: TransferChannel, _ arrivals: Arrivals, _ pool: HandlePool) {
    guard let easy = pool.take() else { return nil }
    self.easy = easy
    self.channel = channel
    self.arrivals = arrivals
    self.pool = pool
    host = request.host
    intake = Intake(request.decoder)
    guard setUp(request) else { return nil }
  }

  /// The handle points to the headers, and is given back only when nobody looks at this transfer any more.
  deinit {
    pool.giveBack(easy)
    curl_slist_free_all(headers)
  }

  private func setUp(_ request: HTTPRequest) -> Bool {
    for line in request.headers + ["Expect:"] {
      guard let longer = curl_slist_append(headers, line) else { return false }
      headers = longer
    }
    let codes =
      [
        ccurl_set_text(easy, CURLOPT_URL, request.address),
        ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https"),
        ccurl_set_text(easy, CURLOPT_USERAGENT, "dramatis"),
        ccurl_set_headers(easy, headers),
        ccurl_set_receivers(
          easy, Self.onBody, Self.onHeader, Unmanaged.passUnretained(self).toOpaque()),
      ] + numbers(request).map { ccurl_set_long(easy, $0, $1) }
      + (request.body.map { [ccurl_set_body(easy, $0, curl_off_t($0.count))] } ?? [])
    return codes.allSatisfy { $0 == CURLE_OK }
  }

  private func numbers(_ request: HTTPRequest) -> [(CURLoption, Int)] {
    [
      (CURLOPT_NOSIGNAL, 1),
      (CURLOPT_SSL_VERIFYPEER, 1),
      (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_FOLLOWLOCATION, 0),
      // The key goes to the service, and not to the proxy that makes the tunnel.
      (CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
      (CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect.milliseconds),
      // One connection a transfer: a pause stops the peer, and to cancel is to close.
      (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
      // A name that is being looked up must not hold up a cancellation.
      (CURLOPT_QUICK_EXIT, 1),
      (CURLOPT_TCP_KEEPALIVE, 1),
    ]
  }

  /// What is known of the response by now.
  private var head: HTTPHead {
    let type = ccurl_text(easy, CURLINFO_CONTENT_TYPE).map { String(cString: $0) } ?? ""
    let seconds = ccurl_retry_after(easy)
    return HTTPHead(
      status: ccurl_status(easy),
      contentType: type.prefix { $0 != ";" && $0 != " " }.lowercased(),
      retryAfter: seconds > 0 ? .seconds(seconds) : nil)
  }

  /// Notes how the transfer ended; nothing comes for it any more.
  func end(_ code: CURLcode) {
    self.code = code
    note()
  }

  /// Tells the reader of what has come, and of the end where there is one.
  func deliver() -> TransferChannel.Reception {
    isNoted = false
    if let code { intake.end(isWhole: code == CURLE_OK, head: head) }
    return channel.receive(&intake.received, end: end, head: intake.head)
  }

  private var end: TransferChannel.End? {
    if let failure = intake.failure { return .failed(failure) }
    return code.map { ModelError($0, host: host).map(TransferChannel.End.failed) ?? .whole }
  }

  private func receive(_ bytes: Span<UInt8>) {
    let size = intake.take(bytes, head: head)
    note()
    // libcurl goes on reading as long as there is something, which may be megabytes.
    if size >= TransferChannel.mostInTurn { pause() }
  }

  /// Receives no more, except for what libcurl has read already.
  func pause() {
    guard !isPaused else { return }
    isPaused = true
    curl_easy_pause(easy, Int32(CURLPAUSE_RECV))
  }

  /// Receives again; what libcurl has held back may come at once.
  func resume() {
    guard isPaused else { return }
    isPaused = false
    curl_easy_pause(easy, Int32(CURLPAUSE_CONT))
  }

  private func note() {
    if !isNoted { arrivals.note(self) }
    isNoted = true
  }

  private static let onBody: curl_write_callback = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let body = UnsafeRawBufferPointer(start: bytes, count: size * count).bindMemory(to: UInt8.self)
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(body.span)
    return size * count
  }

  /// Only counts; a number other than the length aborts the transfer.
  private static let onHeader: curl_write_callback = { _, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    transfer.headerBytes += size * count
    return transfer.headerBytes <= mostHeaderBytes ? size * count : 0
  }
}

extension Duration {
  /// Whole milliseconds, at least one; libcurl takes zero for its own default.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    return max(Int(clamping: min(seconds, 1_000_000)) * 1000 + Int(attoseconds / 1_000_000_000_000_000), 1)
  }
}
