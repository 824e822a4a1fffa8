import CCurl

/// What has come in one turn of the loop, so that each reader is told of it once; used by the loop's thread alone.
///
/// To wake a reader costs more than many pieces, and libcurl gives one for each chunk of HTTP.
final class Arrivals {
  private struct Entry {
    let transfer: Transfer
    /// Where its bytes begin; they end where those of the next entry begin.
    let start: Int
    /// How the transfer ended, after these bytes.
    var code: CURLcode?
  }

  /// More than this is not kept for the next turn.
  private static let keptCapacity = 1 << 20

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  func add(_ piece: UnsafeRawBufferPointer, for transfer: Transfer) {
    if entries.last?.transfer !== transfer { append(transfer) }
    bytes.append(contentsOf: piece)
  }

  /// Notes how a transfer ended; nothing comes for it any more.
  func end(_ transfer: Transfer, _ code: CURLcode) {
    if transfer.lastArrival == nil { append(transfer) }
    if let last = transfer.lastArrival { entries[last].code = code }
  }

  /// Hands everything over, in the order in which it came.
  func deliver(_ take: (Transfer, ArraySlice<UInt8>, CURLcode?) -> Void) {
    for (index, entry) in entries.enumerated() {
      let end = index + 1 < entries.count ? entries[index + 1].start : bytes.count
      entry.transfer.lastArrival = nil
      take(entry.transfer, bytes[entry.start..<end], entry.code)
    }
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
  }

  private func append(_ transfer: Transfer) {
    transfer.lastArrival = entries.count
    entries.append(Entry(transfer: transfer, start: bytes.count))
  }
}
