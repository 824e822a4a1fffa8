import Dramatis

/// Where what lore tells stands in a prompt, and the words of cards that stand in place of ours.
extension PromptRenderer {
  /// What is put around the character and its examples.
  struct Surroundings {
    var before: [String] = []
    var after: [String] = []
    var aroundExamples: (before: [String], after: [String]) = ([], [])
    var aroundNote: (before: [String], after: [String]) = ([], [])

    init(_ lore: LorePlacement) {
      func texts(_ position: LoreEntry.Place) -> [String] { (lore.fixed[position] ?? []).map(\.content) }
      before = texts(.beforeCharacter)
      after = texts(.afterCharacter)
      aroundExamples = (texts(.examplesTop), texts(.examplesBottom))
      aroundNote = (texts(.noteTop), texts(.noteBottom))
    }
  }

  /// Who the character is, with what lore puts around that, and what a card tells a model in place of our task.
  func character(_ parts: PromptParts, withExamples: Bool) -> String {
    let request = parts.request
    let lore = Surroundings(request.lore)
    let text = parts.character(withExamples: withExamples, in: lore)
    return filled(text, for: request, original: parts.task)
  }

  /// The text with its macros filled, those of time with the present.
  func filled(_ text: String, for request: LineRequest, original: String? = nil) -> String {
    guard text.contains("{{") || text.contains("<") else { return text }
    let (program, snapshot) = (request.program, request.snapshot)
    var macros = Macros(
      character: program.character, user: request.event.actor ?? user,
      chance: Macros.Chance(seed: snapshot.seed, turn: snapshot.turn, attempt: request.attempt),
      variables: Dictionary(
        zip(program.variables, snapshot.variables).map { ($0.name, $0.text($1)) }, uniquingKeysWith: { $1 }),
      original: original, time: MacroTime(now()),
      outlets: request.lore.outlets.mapValues { $0.map(\.content).joined(separator: "\n") })
    return macros.filled(text)
  }

  /// What a card tells a model behind the conversation; nothing of ours is replaced by it.
  func postHistory(for request: LineRequest) -> String {
    filled(request.program.postHistory, for: request, original: "")
  }

  /// The conversation with what lore puts between its messages, counted from the end.
  func told(
    _ messages: [ModelRequest.Message], with lore: LorePlacement, for request: LineRequest
  ) -> [ModelRequest.Message] {
    var result = messages
    // What stands lowest goes in first, so that what is counted from the end stays where it is.
    let places = lore.atDepth.sorted { ($0.depth, $1.role) < ($1.depth, $0.role) }
    for place in places {
      let text = place.entries.map { filled($0.content, for: request) }.joined(separator: "\n")
      // Many templates refuse a system's word between the others; in brackets a user's is told as one.
      let message: ModelRequest.Message =
        switch place.role {
        case 2: ModelRequest.Message(.assistant, text)
        case 1: ModelRequest.Message(.user, text)
        default: ModelRequest.Message(.user, "[\(text)]")
        }
      result.insert(message, at: max(0, messages.count - place.depth))
    }
    return result
  }
}
