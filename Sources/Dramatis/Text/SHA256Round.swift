/// The eight working words of SHA-256 while a block is hashed.
struct SHA256Round {
  private var a, b, c, d, e, f, g, h: UInt32

  /// Starts from the eight words of a state.
  init(_ state: [UInt32]) {
    (a, b, c, d) = (state[0], state[1], state[2], state[3])
    (e, f, g, h) = (state[4], state[5], state[6], state[7])
  }

  /// The working words in order.
  var words: [UInt32] { [a, b, c, d, e, f, g, h] }

  /// Runs one round on a word of the schedule with its constant.
  mutating func mix(_ input: UInt32) {
    let choice = e & f ^ ~e & g
    let majority = a & b ^ a & c ^ b & c
    let first = h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice &+ input
    let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ second)
  }
}

extension UInt32 {
  /// This word with its bits rotated to the right.
  func rotated(_ bits: UInt32) -> UInt32 { self &>> bits | self &<< (32 &- bits) }
}
