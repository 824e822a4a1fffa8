/// Finds LF and CR in bytes, each of which is searched for once.
struct LineEnds {
  static let feed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// The next ones, or places before the start where they have to be searched for.
  private var feed = -1
  private var carriageReturn = -1

  /// The first end of a line at or behind a place, in the same bytes as ever; nil where there is none.
  mutating func next(from start: Int, in bytes: Span<UInt8>) -> Int? {
    if feed < start { feed = bytes.place(of: Self.feed, from: start) }
    if carriageReturn < start { carriageReturn = bytes.place(of: Self.carriageReturn, from: start) }
    let end = min(feed, carriageReturn)
    return end < bytes.count ? end : nil
  }
}
