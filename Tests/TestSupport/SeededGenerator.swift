/// Random numbers that are the same on every run.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
  }

  package mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var bits = state
    bits = (bits ^ bits >> 32) &* 0xd6e8_feb8_6659_fd93
    return bits ^ bits >> 32
  }

  /// A whole number within bounds.
  package mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True once in so many times.
  package mutating func once(in count: Int) -> Bool { int(1...count) == 1 }

  /// One of several.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[int(0...elements.count - 1)]
  }

  /// Changes, takes out or puts in a byte at one or two places.
  package mutating func mutate(_ bytes: inout [UInt8], with alphabet: [UInt8]) {
    for _ in 0..<int(1...2) {
      let (place, byte) = (int(0...bytes.count - 1), pick(alphabet))
      switch int(0...2) {
      case 0: bytes[place] = byte
      case 1: bytes.remove(at: place)
      default: bytes.insert(byte, at: place)
      }
    }
  }
}
