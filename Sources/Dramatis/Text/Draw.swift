/// A number in [0, 1) with 53 random bits that depends on the four words alone.
///
/// There is no generator to carry or to disturb: whoever asks again with the same words gets the same number, on
/// every machine. The bits are those of SplitMix64's finalizer (Steele, Lea and Flood 2014), chained.
package func draw(seed: UInt64, turn: Int, site: Int, attempt: Int = 0) -> Double {
  var bits = scrambled(seed)
  for word in [turn, site, attempt] {
    // Scrambled once more than the word, lest equal neighbours cancel out.
    bits = scrambled(bits) ^ scrambled(UInt64(bitPattern: Int64(word)))
  }
  return Double(scrambled(bits) >> 11) * 0x1p-53
}

/// The place that a draw chooses among so many, always in `0..<count`.
package func pick(_ draw: Double, from count: Int) -> Int {
  precondition(count > 0, "there is nothing to pick from")
  let place = draw * Double(count)
  guard place > 0 else { return 0 }
  return place < Double(count) ? Int(place) : count - 1
}

/// A word whose every bit depends on every bit of another; a bijection.
private func scrambled(_ word: UInt64) -> UInt64 {
  var bits = word &+ 0x9e37_79b9_7f4a_7c15
  bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
  bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
  return bits ^ bits >> 31
}
