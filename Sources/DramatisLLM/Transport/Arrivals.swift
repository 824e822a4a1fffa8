/// The transfers for which something has come in one turn of the loop; used by the loop's thread alone.
///
/// To wake a reader costs more than many pieces, and libcurl gives one for each chunk of HTTP.
final class Arrivals {
  private var transfers: [Transfer] = []

  /// Notes a transfer; each is noted once in a turn.
  func note(_ transfer: Transfer) {
    transfers.append(transfer)
  }

  /// The transfers that were noted since the last call, in the order in which something came.
  func take() -> [Transfer] {
    defer { transfers = [] }
    return transfers
  }
}
