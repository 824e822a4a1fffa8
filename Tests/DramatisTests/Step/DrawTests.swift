import Testing

@testable import Dramatis

/// A draw computed by another program, as its 53 bits.
struct Golden: Sendable {
  let seed: UInt64
  let turn, site, attempt: Int
  let bits: UInt64

  init(_ seed: UInt64, _ turn: Int, _ site: Int, _ attempt: Int, bits: UInt64) {
    (self.seed, self.turn, self.site, self.attempt, self.bits) = (seed, turn, site, attempt, bits)
  }
}

@Suite struct DrawTests {
  @Test(arguments: [
    Golden(0, 0, 0, 0, bits: 0x2b9550139ef28),
    Golden(1, 0, 0, 0, bits: 0x155a9d555a99c9),
    Golden(0, 1, 0, 0, bits: 0xadfbf51d22056),
    Golden(0, 0, 1, 0, bits: 0x2aa5320fa40fc),
    Golden(0, 0, 0, 1, bits: 0x100b6837a1f6b1),
    Golden(42, 7, 3, 0, bits: 0x1fc8f698370121),
    Golden(42, 7, 3, 1, bits: 0x7ffb31e6955a),
    Golden(UInt64.max, Int.max, -1, Int.min, bits: 0xc0bdc2c57365b),
    Golden(3735928559, 1000, 250, 2, bits: 0xd69318dcc5d6d),
  ])
  func `draws are the same on every machine`(_ golden: Golden) {
    let value = Draw.number(seed: golden.seed, turn: golden.turn, site: golden.site, attempt: golden.attempt)
    #expect(value == Double(golden.bits) * 0x1p-53)
    #expect((0..<1).contains(value))
  }

  /// Draws along one of the four words, the others fixed.
  static let series: [@Sendable (Int) -> Double] = [
    { Draw.number(seed: UInt64($0), turn: 3, site: 5) }, { Draw.number(seed: 9, turn: $0, site: 5) },
    { Draw.number(seed: 9, turn: 3, site: $0) }, { Draw.number(seed: 9, turn: 3, site: 5, attempt: $0) },
  ]

  @Test(arguments: series.indices)
  func `draws along one word are uniform`(along word: Int) {
    var bins = [Double](repeating: 0, count: 64)
    for step in 0..<64_000 { bins[Draw.index(Self.series[word](step), below: 64)] += 1 }
    let chiSquare = bins.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    // 63 degrees of freedom: between these lie all but two in ten thousand.
    #expect((29..<112).contains(chiSquare))
  }

  @Test(arguments: series.indices, [1, 2, 7, 64])
  func `neighbouring draws do not correlate`(along word: Int, distance: Int) {
    let draws = (0..<20_000).map(Self.series[word])
    let products = zip(draws, draws.dropFirst(distance)).map { ($0 - 0.5) * ($1 - 0.5) }
    let correlation = 12 * products.reduce(0, +) / Double(products.count)
    #expect(abs(correlation) < 0.03)
  }

  @Test func `no two small coordinates share a draw`() {
    var seen: Set<Double> = []
    for seed in UInt64(0)..<8 {
      for place in 0..<512 {
        seen.insert(Draw.number(seed: seed, turn: place / 64, site: place / 8 % 8, attempt: place % 8))
      }
    }
    #expect(seen.count == 8 * 512)
  }

  @Test(arguments: [1, 2, 3, 7, 1000, Int.max])
  func `a pick is always in range`(count: Int) {
    for value in [0, 0.5, (1.0).nextDown, 1, -1, .nan, .infinity, -.infinity] {
      #expect((0..<count).contains(Draw.index(value, below: count)))
    }
    #expect(Draw.index(0, below: count) == 0)
  }
}
