/// The keys of a profile, by the mapping in which they stand.
package enum ProfileKeys {
  /// The top level.
  package static let profile = [
    "dramatis", "character", "aliases", "summary", "voice", "setting", "greeting", "examples", "window",
    "statement-budget", "payoffs-per-turn", "relevant", "variables", "questions", "machines", "behavior",
    "commitments", "lines", "properties",
  ]
  /// Keys of the top level that mean nothing yet.
  package static let reserved = ["lore", "provenance", "memory", "extensions"]
  /// Below a name in `variables`.
  package static let variable = ["initial", "min", "max", "values"]
  /// Below a name in `questions`.
  package static let question = ["ask", "cues", "counter-cues", "over", "otherwise"]
  /// Below a name in `machines`.
  package static let machine = ["states", "transitions", "probabilistic", "stay", "mixed"]
  /// An element of `transitions`.
  package static let transition = ["from", "to", "when", "role", "set", "bias"]
  /// Below a topic's name in `behavior`, where it is not a mere list.
  package static let topic = ["with", "statements"]
  /// An element of a list of statements that is not a text.
  package static let gate = ["when", "then", "else", "unknown"]
  /// Below a name in `commitments`.
  package static let commitment = [
    "foreshadow", "trigger", "payoff", "plant", "not-before", "due-within", "after", "priority", "owner",
    "abandon-when", "hold", "certainty", "source",
  ]
  /// A `foreshadow` or `payoff` that is not a text.
  package static let beat = ["text", "cues", "counter-cues", "say"]
  /// The top level of a story.
  package static let story = [
    "story", "title", "setting", "opening", "cast", "questions", "commitments",
  ]
  /// An element of `lines` that is not a text.
  package static let line = ["when", "statement", "say"]
  /// An element of `examples`.
  package static let example = ["event", "line"]

  /// An element of `properties`.
  package static let property = ["never", "always", "reachable", "from", "never-to", "without"]

  /// All mappings, each with what it is called in messages.
  package static let all: [(mapping: String, keys: [String])] = [
    ("a profile", profile), ("a variable", variable), ("a question", question), ("a machine", machine),
    ("a transition", transition), ("a topic", topic), ("a gate", gate), ("a commitment", commitment),
    ("a foreshadow or payoff", beat), ("a story", story), ("a line", line), ("an example", example),
    ("a property", property),
  ]
}
