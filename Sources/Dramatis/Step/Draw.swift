/// Random numbers that depend on the words they are asked with alone.
///
/// There is no generator to carry or to disturb: whoever asks again with the same words gets the same number, on
/// every machine.
package enum Draw {
  /// A number in [0, 1) with 53 random bits.
  ///
  /// The bits are those of SplitMix64's finalizer (Steele, Lea and Flood 2014), chained.
  package static func number(seed: UInt64, turn: Int, site: Int, attempt: Int = 0) -> Double {
    var bits = scrambled(seed)
    for word in [turn, site, attempt] {
      // Scrambled once more than the word, lest equal neighbours cancel out.
      bits = scrambled(bits) ^ scrambled(UInt64(bitPattern: Int64(word)))
    }
    return Double(scrambled(bits) >> 11) * 0x1p-53
  }

  /// The place of a draw that has a name; far from those of a step.
  package static func site(of name: String) -> Int {
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash | 1 << 62)
  }

  /// The index that a number chooses among so many, always in `0..<count`.
  package static func index(_ number: Double, below count: Int) -> Int {
    precondition(count > 0, "there is nothing to choose from")
    let place = number * Double(count)
    guard place > 0 else { return 0 }
    return place < Double(count) ? Int(place) : count - 1
  }

  /// A word whose every bit depends on every bit of another; a bijection.
  private static func scrambled(_ word: UInt64) -> UInt64 {
    var bits = word &+ 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}

extension Draw {
  /// The places of a step that draw.
  ///
  /// A character's own line is stepped on in the turn of the event, as an action: each role has places of its own,
  /// so that the line draws anew.
  enum Site {
    static let line = -1
    static let greeting = -2

    /// The place of a `chance(…)`, by its number in the program.
    static func chance(_ number: Int, in role: Role) -> Int {
      role == .passive ? number : number ^ (1 << 40)
    }

    /// The place at which a sampled machine draws.
    static func machine(_ index: Int, in role: Role) -> Int {
      -16 - 2 * index - (role == .active ? 1 : 0)
    }
  }
}
