/// Which slot of a server takes which requests, so that each finds what it begins with in the slot's cache.
///
/// A server that keeps a prompt in each of its slots would else let questions drive lines out of them. It is asked how many it has
/// once lines and questions take turns, and its replies look like those of such a server; what was learnt of it earlier does
/// not count, for it may have been started anew.
struct SlotPlan {
  private var hasLines = false
  private var hasQuestions = false
  private var hasAsked = false
  /// Whether its replies look like those of a server that has slots.
  var isLikely = false
  /// How many slots there are; nil where nobody told.
  private(set) var count: Int?
  /// How many tokens prompt and reply have room for in one; nil where nobody told.
  private(set) var tokens: Int?
  /// Who has spoken, in order.
  private var characters: [String] = []

  /// Notes what is asked for; whether the server is to be asked for its slots first.
  mutating func note(_ purpose: ModelRequest.Purpose) -> Bool {
    switch purpose {
    case .line(let character):
      hasLines = true
      if !characters.contains(character) { characters.append(character) }
    case .questions: hasQuestions = true
    }
    guard hasLines, hasQuestions, isLikely, !hasAsked else { return false }
    hasAsked = true
    return true
  }

  /// Takes up what the server says of itself.
  mutating func learn(_ properties: JSONValue) {
    guard let slots = properties["total_slots"]?.int, slots > 0 else { return }
    (hasAsked, count) = (true, slots)
    tokens = properties["default_generation_settings"]?["n_ctx"]?.int
  }

  /// Forgets the server, which may be another one from now on.
  mutating func forget() { (hasAsked, count, tokens) = (false, nil, nil) }

  /// The slot for a request; nil where there is no choice.
  ///
  /// Lines take the first slots, one for each character as far as there are any, and questions the last ones.
  func slot(for purpose: ModelRequest.Purpose) -> Int? {
    guard let count, count > 1 else { return nil }
    switch purpose {
    case .line(let character): return (characters.firstIndex(of: character) ?? 0) % (count - 1)
    case .questions(let part):
      let others = count - min(max(characters.count, 1), count - 1)
      return count - 1 - part % others
    }
  }

  /// Whether a prompt with its reply has room.
  func hasRoom(for messages: [ModelRequest.Message], reply: Int) -> Bool {
    tokens.map { TokenCounter().tokens(in: messages) + reply <= $0 } ?? true
  }
}

extension Endpoint {
  /// Finds out how many slots the server has, where that is worth a request.
  func findSlots(for request: ModelRequest, client: HTTPClient) async {
    guard let purpose = request.purpose, wire.propertiesPath != nil,
      memory.slotPlan.withLock({ $0.note(purpose) })
    else { return }
    _ = await properties(client: client)
  }

  /// What the service says of itself; its slots are learnt from it.
  func properties(client: HTTPClient) async -> JSONValue? {
    guard let path = wire.propertiesPath,
      let properties = try? await value(of: request(path: path, body: nil), client: client)
    else { return nil }
    memory.slotPlan.withLock { $0.learn(properties) }
    if let slots = properties["total_slots"]?.int, slots > 0 {
      memory.learn(ServiceLesson(.slots(slots), because: "its properties say so"))
    }
    return properties
  }

  /// The request as it suits the slots of the server.
  ///
  /// Where there is one slot, questions come behind what the next line begins with, which then stays in its cache.
  func suited(_ request: ModelRequest) -> ModelRequest {
    let plan = memory.slotPlan.withLock { $0 }
    guard plan.count == 1, case .questions? = request.purpose, let awaited = request.awaited else {
      return request
    }
    let messages = request.messages(behind: awaited)
    guard plan.hasRoom(for: messages, reply: request.maxTokens ?? 0) else { return request }
    var suited = request
    suited.messages = messages
    return suited
  }

  /// What asks for the slot that a request goes to.
  func slotMembers(for request: ModelRequest) -> [JSONValue.Member] {
    guard let purpose = request.purpose else { return [] }
    let plan = memory.slotPlan.withLock { $0 }
    return plan.count == nil ? [] : wire.members(forSlot: plan.slot(for: purpose))
  }

  /// What lets the slot of a line read what the line will begin with, while questions are answered in another one.
  func readingAhead(of request: ModelRequest) -> ModelRequest? {
    guard request.purpose == .questions(part: 0), let awaited = request.awaited,
      memory.slotPlan.withLock({ $0 }).count ?? 1 > 1
    else { return nil }
    var ahead = ModelRequest(awaited.messages, maxTokens: 1, temperature: 0, isStreamed: false)
    ahead.purpose = .line(of: awaited.character)
    return ahead
  }
}
