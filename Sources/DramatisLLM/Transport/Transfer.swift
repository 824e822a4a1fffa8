import CCurl

/// One transfer of libcurl; used by the loop's thread alone.
final class Transfer {
  let number: Int
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
  init?(
    _ number: Int, _ request: HTTPRequest, _ channel: TransferChannel, _ arrivals: Arrivals,
    _ pool: HandlePool
  ) {
    guard let easy = pool.take() else { return nil }
    self.number = number
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
    request.headers.allSatisfy(add) && add("Expect:")
      && ccurl_set_text(easy, CURLOPT_URL, request.address) == CURLE_OK
      && ccurl_set_headers(easy, headers) == CURLE_OK
      && ccurl_set_context(easy, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
      && ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect.milliseconds) == CURLE_OK
      && request.body.map { ccurl_set_body(easy, $0, curl_off_t($0.count)) } ?? CURLE_OK == CURLE_OK
  }

  private func add(_ header: String) -> Bool {
    guard let longer = curl_slist_append(headers, header) else { return false }
    headers = longer
    return true
  }

  /// What is known of the response by now.
  private var head: HTTPHead {
    let type = ccurl_text(easy, CURLINFO_CONTENT_TYPE).map { Substring(String(cString: $0)) } ?? ""
    let seconds = ccurl_retry_after(easy)
    return HTTPHead(
      status: ccurl_status(easy),
      contentType: Substring(type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") })
        .lowercased(),
      retryAfter: seconds > 0 ? .seconds(seconds) : nil)
  }

  /// Notes how the transfer ended; nothing comes for it any more.
  func end(_ code: CURLcode) {
    self.code = code
    note()
  }

  /// Has the reader find what has come, and the end where there is one.
  func deliver() -> (reception: TransferChannel.Reception, waiter: Waiters.Waiter?) {
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

  static let onBody: curl_write_callback = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let body = UnsafeRawBufferPointer(start: bytes, count: size * count).bindMemory(to: UInt8.self)
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(body.span)
    return size * count
  }

  /// Only counts; a number other than the length aborts the transfer.
  static let onHeader: curl_write_callback = { _, size, count, context in
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
