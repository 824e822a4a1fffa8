import Dramatis

/// Something in a turn that neither the program nor the position decides.
package struct Choice: Hashable, Sendable {
  /// What is open.
  package enum Source: Hashable, Sendable {
    /// The answer to `program.questions[i]`.
    case question(Int)
    /// A `chance(…)`, by its site.
    case chance(Int)
    /// Whether a transition of a sampled machine is drawn.
    case draw(machine: Int, transition: Int)
    /// Whether a state of a believed machine becomes the most probable one.
    case belief(machine: Int, state: Int)
    /// A part of the event.
    case field(EventField)
    /// A comparison of an event or a belief with something else, taken as free.
    case comparison(Condition)
  }

  /// One way in which it can go, as answers to the questions of a ``ChoiceProgram``.
  package struct Option: Hashable, Sendable {
    /// A question and what is answered.
    struct Reply: Hashable, Sendable {
      let question: Int
      let truth: Truth
    }

    /// How a reader knows it: an answer or a value of the event.
    package let label: String
    /// The value of the event's part; nil for an absent part and for anything else.
    package let value: Datum?
    let replies: [Reply]
  }

  /// What is open.
  package let source: Source
  let options: [EventSide: [Option]]

  func options(on side: EventSide) -> [Option] { options[side] ?? [] }
}

/// An option that was taken, by the choice's index and its own.
package struct Pick: Hashable, Sendable {
  /// Index of the choice.
  package let choice: Int
  /// Index among the choice's options on the side of the event.
  package let option: Int
}
