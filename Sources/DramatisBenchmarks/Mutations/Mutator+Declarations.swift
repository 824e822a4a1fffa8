import DramatisCompiler

extension Mutator {
  mutating func mutateVariables() {
    for (_, variable) in root["variables"]?.entries ?? [] {
      for bound in [variable["min"], variable["max"]].compactMap(\.self) {
        if let number = Int(bound.text) { replace(bound, by: neighbour(of: number), .boundChanged) }
      }
      if let initial = variable["initial"], let other = other(than: initial.text, variable) {
        replace(initial, by: other, .initialChanged)
      }
    }
  }

  private mutating func other(than value: String, _ variable: Cursor) -> String? {
    if value == "true" || value == "false" { return value == "true" ? "false" : "true" }
    if let number = Int(value) { return neighbour(of: number) }
    return variable["values"]?.elements.map(\.text).filter { $0 != value }.randomElement(using: &random)
  }

  mutating func mutateQuestions() {
    for (_, question) in root["questions"]?.entries ?? [] {
      // Each phrase is measured by the utterances of `understanding`; here it counts that there are any.
      for cues in [question["cues"], question["counter-cues"]].compactMap(\.self) { drop(cues, .cueDropped) }
      for value in [question["otherwise"], question["over"]].compactMap(\.self) {
        drop(value, .questionChanged)
      }
    }
  }

  mutating func mutateRelevance() {
    guard let relevance = root["relevant"] else { return }
    drop(relevance, .relevanceDropped)
    mutate(condition: relevance)
  }

  mutating func mutateCommitments() {
    let conditions = ["trigger", "plant", "abandon-when"]
    for (_, commitment) in root["commitments"]?.entries ?? [] {
      drop(commitment, .commitmentChanged)
      for (key, value) in commitment.entries where !["foreshadow", "payoff"].contains(key.text) {
        if key.text != "trigger" { drop(value, .commitmentChanged) }
        if conditions.contains(key.text) { mutate(condition: value, .commitmentChanged) }
        if let number = Int(value.text) { replace(value, by: neighbour(of: number), .commitmentChanged) }
      }
    }
  }
}
