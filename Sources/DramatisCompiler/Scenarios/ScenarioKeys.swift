import Dramatis

/// The keys of a file of scenarios, by the mapping in which they stand.
package enum ScenarioKeys {
  /// The top level.
  package static let file = ["scenarios", "profile", "actor", "seed", "speak", "tests"]
  /// Below a name in `tests`, where it is not a mere list of events.
  package static let scenario = ["actor", "seed", "speak", "events"]
  /// An element of `events`.
  package static let event = [
    "actor", "text", "to", "kind", "data", "present", "scene", "partners", "times", "answers", "set",
    "expect",
  ]
  /// Below `expect`, besides the names of machines, variables and commitments.
  package static let expect = [
    "states", "variables", "commitments", "distributions", "within", "statements", "line", "asked",
  ]
  /// Below `statements` in `expect`, where it is not a mere list.
  package static let statements = ["fire", "not"]

  /// All mappings, each with what it is called in messages.
  package static let all: [(mapping: String, keys: [String])] = [
    ("a file of scenarios", file), ("a scenario", scenario), ("an event", event), ("an expectation", expect),
    ("statements", statements),
  ]
}
