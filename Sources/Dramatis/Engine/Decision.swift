/// One test of a guard or gate, and where each outcome leads.
///
/// A way is the place of another decision, always an earlier one, so that following ways ends; a negative
/// way is the end `~way`, which means what the maker of the graph wants. Conditions are compiled twice, for
/// *is it yes* and for *is it no*, so that no test needs a third outcome.
struct Decision: Sendable {
  enum Test: Sendable {
    /// Every comparison of a cell with a constant; the bounds are part of the range.
    case cellIsWithin(FlatRange, cell: Int32)
    case isYes(question: Int32)
    case isNo(question: Int32)
    case slot(SlotTest)
    case other(OtherTest)
  }

  /// What reads nothing but the event, and so is decided as soon as the event is known.
  enum SlotTest: Sendable {
    case holds(Int32, FlatText)
    /// The slot holds a text, and another one.
    case differs(Int32, FlatText)
  }

  enum OtherTest: Sendable {
    case draws(chance: Int32)
    case compares(Int32, is: Truth)
    case holds(Int32, is: Truth)
  }

  let test: Test
  let yes: Int32
  let no: Int32
}
