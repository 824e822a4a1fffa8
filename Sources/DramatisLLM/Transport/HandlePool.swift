import CCurl

/// Handles of libcurl that serve one transfer after another; used by the loop's thread alone.
final class HandlePool {
  /// As many as there are connections that are kept.
  static let capacity = 256

  private var idle: [UnsafeMutableRawPointer] = []

  deinit {
    for handle in idle { curl_easy_cleanup(handle) }
  }

  /// A handle with nothing set; nil where libcurl has no memory.
  func take() -> UnsafeMutableRawPointer? { idle.popLast() ?? curl_easy_init() }

  /// Takes a handle back that is in no transfer, and has it forget everything that was set, the key among it.
  func giveBack(_ handle: UnsafeMutableRawPointer) {
    guard idle.count < Self.capacity else { return curl_easy_cleanup(handle) }
    curl_easy_reset(handle)
    idle.append(handle)
  }
}
