/// A closed range in which a number lies or not by one comparison.
///
/// What is less than the least wraps round and is very far from it.
struct FlatRange: Sendable {
  private let least: Int
  private let length: UInt

  init(_ range: ClosedRange<Int>) {
    least = range.lowerBound
    length = UInt(bitPattern: range.upperBound &- range.lowerBound)
  }

  @inline(__always)
  func contains(_ value: Int) -> Bool { UInt(bitPattern: value &- least) <= length }
}
