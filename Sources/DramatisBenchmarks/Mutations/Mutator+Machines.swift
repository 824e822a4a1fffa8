import DramatisCompiler

extension Mutator {
  mutating func mutateMachines() {
    for (_, machine) in root["machines"]?.entries ?? [] {
      let keys = machine["states"]?.entries.map(\.key) ?? []
      for key in keys where !Self.reserved.contains(key.text) {
        replace(key, by: key.text + "x", .stateMisspelled)
      }
      let states = keys.map(\.text) + Self.reserved.filter { name in !keys.contains { $0.text == name } }
      let transitions = machine["transitions"]?.elements ?? []
      for transition in transitions { mutate(transition, states) }
      swap(transitions)
    }
  }

  /// The states that every machine has.
  private static let reserved = ["unactivated", "other"]

  private mutating func mutate(_ transition: Cursor, _ states: [String]) {
    drop(transition, .transitionDropped)
    if let role = transition["role"] { drop(role, .roleDropped) }
    if let to = transition["to"] { mutate(to, [to.text], states, .targetChanged) }
    let from = transition["from"]?.elements ?? []
    for source in from { mutate(source, from.map(\.text), states, .sourceChanged) }
    if let condition = transition["when"] { mutate(condition: condition) }
    for (name, value) in transition["set"]?.entries ?? [] {
      drop(value, .effectDropped)
      if let changed = changed(effect: value.text, on: name.text) {
        replace(value, by: changed, .effectChanged)
      }
    }
  }

  /// The name of a state wrong, and that of another state in its place.
  private mutating func mutate(
    _ name: Cursor, _ taken: [String], _ states: [String], _ kind: Mutation.Kind
  ) {
    if name.text != "any" { replace(name, by: name.text + "x", .stateMisspelled) }
    let others = states.filter { !taken.contains($0) }
    if let other = others.randomElement(using: &random) { replace(name, by: other, kind) }
  }

  /// Each transition exchanged with the next one that an event could take in its place; others commute.
  private mutating func swap(_ transitions: [Cursor]) {
    for (index, one) in transitions.enumerated() {
      guard let other = transitions[(index + 1)...].first(where: { Self.share(one, $0) }),
        let once = root.node.replacing(at: one.path[...], by: other.node),
        let twice = once.replacing(at: other.path[...], by: one.node)
      else { continue }
      note(.transitionsSwapped, at: one, "\(one.node.flowText) ↔ \(other.node.flowText)", twice)
    }
  }

  private static func share(_ one: Cursor, _ other: Cursor) -> Bool {
    let sources = [one, other].map { Set($0["from"]?.elements.map(\.text) ?? []) }
    let roles = [one, other].map { $0["role"]?.text ?? "passive" }
    guard roles[0] == roles[1] || roles.contains("any") else { return false }
    return sources.contains { $0.contains("any") } || !sources[0].isDisjoint(with: sources[1])
  }

  /// What an effect becomes with another sign or another constant; nil where nothing comes to mind.
  private mutating func changed(effect: String, on name: String) -> String? {
    for (sign, other) in [(" + ", " - "), (" - ", " + ")] where effect.contains(sign) {
      return effect.replacing(sign, with: other, maxReplacements: 1)
    }
    if effect == "true" || effect == "false" { return effect == "true" ? "false" : "true" }
    if let number = Int(effect) { return neighbour(of: number) }
    let values = root["variables"]?[name]?["values"]?.elements.map(\.text) ?? []
    return values.filter { $0 != effect }.randomElement(using: &random)
  }
}
