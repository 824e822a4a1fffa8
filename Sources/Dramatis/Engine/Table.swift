/// A list of values in memory of its own, which is written once.
///
/// What an array is, without the count of references that a step would pay for on every reading. Every
/// reading is checked against the bounds, in release builds too.
///
/// Sendable although the compiler cannot see it: nothing writes the memory after the initializer, the table
/// cannot be copied, and only its deinitializer frees the memory.
struct Table<Element: Sendable>: ~Copyable, @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: elements.count)
    base.initialize(from: elements, count: elements.count)
  }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      // A negative place is a very great one without its sign: one comparison for both ends.
      precondition(
        UInt(bitPattern: place) < UInt(bitPattern: count), "a table was read beyond its end")
      return base[place]
    }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }
}
