/// The places that draw.
///
/// A character's own line is stepped on in the turn of the event, as an action: each role has places of its own,
/// so that the line draws anew.
enum DrawSite {
  static let line = -1
  static let greeting = -2

  /// The place of a `chance(…)`, by its number in the program.
  static func chance(_ number: Int, _ role: Role) -> Int {
    role == .passive ? number : number ^ (1 << 40)
  }

  /// The place at which a sampled machine draws.
  static func machine(_ index: Int, _ role: Role) -> Int {
    -16 - 2 * index - (role == .active ? 1 : 0)
  }
}
