import Dramatis

/// Events that make the gates on a way come to what they have to, as far as questions and the event decide it.
struct ScenarioWishes {
  /// What one way of making a condition come true takes.
  private struct Wish {
    var answers: [Int: Truth] = [:]
    var fields: [EventField: Datum] = [:]

    /// Both at once; nil where they contradict each other.
    func and(_ other: Wish) -> Wish? {
      var both = self
      for (question, truth) in other.answers {
        if let known = both.answers.updateValue(truth, forKey: question), known != truth { return nil }
      }
      for (field, value) in other.fields {
        if let known = both.fields.updateValue(value, forKey: field), known != value { return nil }
      }
      return both
    }
  }

  /// How many ways of one condition are kept.
  private static let mostWays = 24

  /// The events, the simplest first.
  let events: [ScenarioSketch.Turn]

  init(_ path: [TreeBranch.Passage], partner: String?, in program: Program) {
    let values = EventValues(of: program)
    let actor = Wish(fields: partner.map { [.actor: .text($0)] } ?? [:])
    var wishes = [actor]
    for passage in path {
      wishes = Self.both(wishes, Self.wishes(passage.condition, passage.truth, program, values))
    }
    events = wishes.map { wish in
      var event = Event(text: "…")
      for (field, value) in wish.fields { event.set(field, to: value) }
      return ScenarioSketch.Turn(event: event, answers: wish.answers)
    }
  }

  private static func both(_ left: [Wish], _ right: [Wish]) -> [Wish] {
    var all: [Wish] = []
    for one in left {
      for other in right {
        if let both = one.and(other) { all.append(both) }
        if all.count == mostWays { return all }
      }
    }
    return all
  }

  /// The ways in which a condition comes to a value; what the position decides takes nothing.
  private static func wishes(
    _ condition: Condition, _ truth: Truth, _ program: Program, _ values: EventValues
  ) -> [Wish] {
    switch condition {
    case .question(let index): return [Wish(answers: [index: truth])]
    case .not(let inner):
      return wishes(inner, truth == .unknown ? .unknown : truth == .yes ? .no : .yes, program, values)
    case .joined(let connective, let parts) where truth == connective.neutral:
      return parts.reduce([Wish()]) { both($0, wishes($1, truth, program, values)) }
    case .joined(let connective, let parts):
      if truth != .unknown, connective.isSelective {
        return Array(parts.flatMap { wishes($0, truth, program, values) }.prefix(mostWays))
      }
      // The other parts must leave it to the chosen one: yes in an `and`, no in an `or`.
      return parts.indices.flatMap { chosen in
        parts.indices.reduce([Wish()]) {
          both($0, wishes(parts[$1], $1 == chosen ? truth : connective.neutral, program, values))
        }
      }
    case .holds, .compare, .isMember: return ofEvent(condition, truth, program, values)
    case .constant, .chance: return [Wish()]
    }
  }

  private static func ofEvent(
    _ condition: Condition, _ truth: Truth, _ program: Program, _ values: EventValues
  ) -> [Wish] {
    let fields = Set(condition.reads.compactMap(\.field))
    guard let field = fields.first, fields.count == 1 else { return [Wish()] }
    return values.values(of: field, on: .passive).compactMap { value in
      var event = Event()
      event.set(field, to: value)
      guard Circumstances(of: program, on: event).truth(of: condition) == truth else { return nil }
      return Wish(fields: value.map { [field: $0] } ?? [:])
    }
  }
}
