import CCurl

/// One transfer of libcurl; used by the loop's thread alone.
final class Transfer {
  let number: Int
  let channel: TransferChannel
  let easy: UnsafeMutableRawPointer
  private let host: String
  /// The variable of the environment that names the proxy; nil where none does.
  private let proxy: String?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var headerBytes = 0
  private let ready: ReadyQueue
  private let pool: HandlePool
  /// Holds what has come in this turn of the loop.
  ///
  /// That it is used exclusively needs no check at run time, which would cost as much as to find an event: one thread
  /// uses it, and what it calls meanwhile, a decoder and whoever makes one, knows of no transfer.
  @exclusivity(unchecked) private var body: ResponseBody
  private var isQueued = false
  private var isPaused = false
  private var code: CURLcode?

  /// More than any service sends; the rest of libcurl's own limits hold for a single line.
  private static let mostHeaderBytes = 256 << 10

  /// Prepares a transfer; nil where libcurl has no memory or takes no such option.
  init?(
    of request: HTTPRequest, number: Int, channel: TransferChannel, ready: ReadyQueue, pool: HandlePool
  ) {
    guard let easy = pool.acquire() else { return nil }
    self.number = number
    self.easy = easy
    self.channel = channel
    self.ready = ready
    self.pool = pool
    host = request.host
    proxy = request.isLocal ? nil : ProxyVariable.set(for: request.address)
    body = ResponseBody(decoder: request.decoder)
    guard setUp(request) else { return nil }
  }

  /// The handle points to the headers, and is given back only when nobody looks at this transfer any more.
  deinit {
    pool.release(easy)
    curl_slist_free_all(headers)
  }

  private func setUp(_ request: HTTPRequest) -> Bool {
    request.headers.allSatisfy(add) && add("Expect:")
      && ccurl_set_text(easy, CURLOPT_URL, request.address) == CURLE_OK
      && ccurl_set_headers(easy, headers) == CURLE_OK
      && ccurl_set_context(easy, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
      && ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect.milliseconds) == CURLE_OK
      && (!request.isLocal || ccurl_set_text(easy, CURLOPT_PROXY, "") == CURLE_OK)
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
    enqueue()
  }

  /// Has the reader find what has come, and the end where there is one.
  ///
  /// - Returns: Whether the transfer is over, and whoever is to be resumed.
  func deliver() -> (isOver: Bool, continuation: TransferChannel.Continuation?) {
    isQueued = false
    if let code { body.end(isWhole: code == CURLE_OK, head: head) }
    let (reception, continuation) = channel.receive(&body, end: end)
    switch reception {
    case .more: resume()
    case .pause: pause()
    case .discard:
      body.discardRest()
      resume()
    case .over: return (true, continuation)
    }
    return (false, continuation)
  }

  private var end: TransferChannel.End? {
    if let failure = body.failure { return .failed(failure) }
    return code.map { TransportError($0, host: host, proxy: proxy).map(TransferChannel.End.failed) ?? .whole }
  }

  private func receive(_ bytes: Span<UInt8>) {
    let size = body.receive(bytes, head: head)
    enqueue()
    // libcurl goes on reading as long as there is something, which may be megabytes.
    if size >= TransferChannel.mostInTurn { pause() }
  }

  /// Receives no more, except for what libcurl has read already.
  private func pause() {
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

  private func enqueue() {
    if !isQueued { ready.enqueue(self) }
    isQueued = true
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

/// Makes of a stream what its reader wants, where and when the bytes come.
///
/// The thread of the loop makes one for a response, uses it and drops it: what is slow in it holds up other transfers.
package protocol StreamDecoder {
  /// Decodes bytes that have come, and keeps what becomes of them.
  mutating func decode(_ bytes: Span<UInt8>) throws(TransportError)
  /// Decodes the end of the stream, which may have come too early.
  mutating func end(isWhole: Bool) throws(TransportError)
  /// Hands the reader what was decoded since the last call; false where that is nothing.
  mutating func deliver() -> Bool
}

/// The body of a response while it comes, through a decoder where its head is that of a stream.
struct ResponseBody {
  private let makeDecoder: @Sendable (HTTPHead) -> (any StreamDecoder)?
  private var decoder: (any StreamDecoder)?
  private var isDiscarded = false
  /// Status and headers; nil before the first bytes of the body.
  private(set) var head: HTTPHead?
  /// The bytes since the last delivery that no decoder has taken apart.
  var bytes: [UInt8] = []
  /// How many bytes have come since the last delivery.
  private(set) var size = 0
  /// Why what has come is of no use; nothing more is received then.
  private(set) var failure: TransportError?

  init(decoder: @escaping @Sendable (HTTPHead) -> (any StreamDecoder)?) {
    makeDecoder = decoder
  }

  /// Receives bytes; returns how many have come since the last delivery.
  mutating func receive(_ bytes: Span<UInt8>, head: @autoclosure () -> HTTPHead) -> Int {
    guard failure == nil, !isDiscarded else { return size }
    if self.head == nil { begin(head()) }
    size += bytes.count
    do {
      // To look at the decoder in any other way is to copy it, and all that it holds, for each chunk.
      if try decoder?.decode(bytes) == nil { self.bytes.append(copying: bytes) }
    } catch {
      failure = error
    }
    return size
  }

  /// Receives the end, before which there may have been no body.
  mutating func end(isWhole: Bool, head: @autoclosure () -> HTTPHead) {
    guard failure == nil, !isDiscarded else { return }
    if self.head == nil, isWhole { begin(head()) }
    do {
      try decoder?.end(isWhole: isWhole)
    } catch {
      failure = error
    }
  }

  /// Hands the reader what was decoded; false where that is nothing.
  mutating func deliverDecoded() -> Bool { decoder?.deliver() ?? false }

  /// Drops what has come, but for its room.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    size = 0
  }

  /// Throws away all that comes from now on.
  mutating func discardRest() {
    isDiscarded = true
    decoder = nil
  }

  private mutating func begin(_ head: HTTPHead) {
    self.head = head
    decoder = makeDecoder(head)
  }
}

/// Handles of libcurl that serve one transfer after another; used by the loop's thread alone.
final class HandlePool {
  /// As many as there are connections that are kept.
  static let capacity = 256

  private var idle: [UnsafeMutableRawPointer] = []

  deinit {
    for handle in idle { curl_easy_cleanup(handle) }
  }

  /// A handle that knows what holds for every request, and of none; nil where libcurl has no memory or takes no such option.
  func acquire() -> UnsafeMutableRawPointer? {
    if let handle = idle.popLast() { return handle }
    guard let handle = curl_easy_init() else { return nil }
    guard Self.prepare(handle) else {
      curl_easy_cleanup(handle)
      return nil
    }
    return handle
  }

  /// Gets a handle back that is in no transfer, and has it forget the request, with the key in its headers.
  ///
  /// One that made a connection is not kept: it may have done so because the service had closed another, and libcurl counts
  /// that for as long as a handle is not reset, and tries but five times.
  func release(_ handle: UnsafeMutableRawPointer) {
    guard idle.count < Self.capacity, ccurl_connections_made(handle) == 0, ccurl_forget(handle) else {
      return curl_easy_cleanup(handle)
    }
    idle.append(handle)
  }

  private static func prepare(_ handle: UnsafeMutableRawPointer) -> Bool {
    ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK
      && ccurl_set_text(handle, CURLOPT_USERAGENT, "dramatis") == CURLE_OK
      // Nothing is to be compressed, which would hold texts back; what is all the same, libcurl reads.
      && ccurl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "identity") == CURLE_OK
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
