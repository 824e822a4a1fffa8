import Synchronization

/// Finds out what a service can do, with a handful of short requests.
public struct EndpointProbe: Sendable {
  let endpoint: Endpoint
  private let client: HTTPClient
  let model: any LanguageModel
  /// How many requests were sent to the model, those that were asked once more included.
  let sent = RequestCount()

  /// Makes a probe; nothing is sent yet.
  public init(_ endpoint: Endpoint, client: HTTPClient = .shared) {
    self.endpoint = endpoint
    self.client = client
    model = ServiceModel(endpoint, client: client) { [sent] _ in sent.add() }
  }

  /// Probes everything in order, and stops where nothing further can be found out.
  ///
  /// - Parameter onFinding: Is given each finding as soon as there is one.
  /// - Returns: All findings.
  /// - Throws: ``ModelError/cancelled``.
  public func run(onFinding: (Finding) -> Void = { _ in }) async throws(ModelError) -> [Finding] {
    var findings: [Finding] = []
    func add(_ new: [Finding]) {
      new.forEach(onFinding)
      findings += new
    }
    let offered = try await list()
    add(offered.findings)
    guard !findings.contains(where: { $0.verdict == .failed }) else { return findings }
    let spoken = try await streaming(isListed: offered.models?.contains { $0.name == endpoint.model })
    if offered.findings.isEmpty { add([reachability(spoken)]) }
    add(spoken)
    guard !findings.contains(where: { $0.verdict == .failed }) else { return findings }
    add([try await schema()])
    add([try await probabilities()])
    _ = await endpoint.window(mayAsk: true, offered: offered.models, client: client)
    add([context(offered.models ?? [])])
    add([try await roles()])
    add([try await reasoning()])
    add([try await stop()])
    add([parallel])
    add([try await controlQuestions()])
    add([try await controlLines()])
    add(lessons)
    return findings
  }

  /// What was learnt by now, from these requests and earlier ones.
  private var lessons: [Finding] {
    endpoint.memory.lessons.filter(\.isAboutRequests).map {
      Finding(.parameters, .fallback, "\($0.text), since it said: \($0.reason)")
    }
  }

  /// What the list of models tells; nothing where there is none, for a service may work all the same.
  private func list() async throws(ModelError) -> (models: [OfferedModel]?, findings: [Finding]) {
    do {
      let models = try await endpoint.models(client: client)
      let many = "\(models.count) \(models.count == 1 ? "model" : "models")"
      return (models, [Finding(.reachable, .fine, "it answers and offers \(many)")])
    } catch .cancelled {
      throw .cancelled
    } catch .refused(let status, _, _) where status == 401 || status == 403 {
      return (nil, [Finding(.reachable, .fine, "it answers"), refusedKey(status)])
    } catch {
      switch error {
      case .refused, .failed, .malformed, .tooLong, .cutOff: return (nil, [])
      default: return (nil, [Finding(.reachable, .failed, "\(error)")])
      }
    }
  }

  /// Without a list only a reply shows that it is a service which answers.
  private func reachability(_ spoken: [Finding]) -> Finding {
    spoken.contains { $0.subject == .model && $0.verdict == .fine }
      ? Finding(.reachable, .fine, "it answers, but lists no models")
      : Finding(.reachable, .unknown, "something answers; that it is a service of models is not known")
  }

  private func refusedKey(_ status: Int) -> Finding {
    let what = endpoint.key == nil ? "it wants a key, and none is configured" : "it does not take the key"
    return Finding(.key, .failed, "\(what) (status \(status))")
  }

  /// The first completion also shows whether key and model are right.
  private func streaming(isListed: Bool?) async throws(ModelError) -> [Finding] {
    let pieces = Atomic(0)
    let request = ModelRequest([.init(.user, "Count from one to ten in words.")], maxTokens: 48)
    do {
      _ = try await model.complete(request) { _ in pieces.add(1, ordering: .relaxed) }
    } catch .cancelled {
      throw .cancelled
    } catch .refused(let status, _, _) where status == 401 || status == 403 {
      return [refusedKey(status)]
    } catch {
      let hint = isListed == false ? "; it is not among those that 'dramatis models' lists" : ""
      return [unknownKey, Finding(.model, .failed, "'\(endpoint.model)' does not answer: \(error)\(hint)")]
    }
    let count = pieces.load(ordering: .relaxed)
    let isStreamed = count > 1
    return [
      key, Finding(.model, .fine, "'\(endpoint.model)' answers"),
      isStreamed
        ? Finding(.streaming, .fine, "a reply comes in pieces (\(count) of them)")
        : Finding(.streaming, .fallback, "a reply comes in one piece: lines are shown when they are whole"),
    ]
  }

  /// Nothing is known of a key before a reply has come.
  private var unknownKey: Finding {
    let kind = endpoint.key == nil ? "none is sent, and whether it needs one" : "whether it is taken"
    let exposed = endpoint.exposesKey ? "; anybody on the way can read it: use https" : ""
    return Finding(.key, .unknown, "\(kind) is not known, since no reply came\(exposed)")
  }

  private var key: Finding {
    let kind = endpoint.key == nil ? "it needs none, and none is sent" : "it is taken"
    return endpoint.exposesKey
      ? Finding(.key, .fallback, "\(kind), and anybody on the way can read it: use https")
      : Finding(.key, .fine, kind)
  }

  /// The question asks for a text, so that only a service which sees to the schema answers with it.
  private func schema() async throws(ModelError) -> Finding {
    let words = "asked for in words instead, checked here, and asked for once more where it does not fit"
    let shape = OutputSchema(
      name: "probe",
      [
        "type": "object", "properties": ["colour": ["type": "string", "enum": ["red", "green"]]],
        "required": ["colour"], "additionalProperties": false,
      ])
    let request = ModelRequest(
      [.init(.user, "Say hello in a sentence.")], maxTokens: 64, temperature: 0, schema: shape)
    return try await finding(on: .schema, from: request) { completion in
      if endpoint.memory.leavesOut("response_format", "format", "output_config") {
        return Finding(.schema, .fallback, "it refuses a schema: the shape is \(words)")
      }
      if case .success = StructuredOutput.value(in: completion, schema: shape.schema) {
        return Finding(.schema, .fine, "it sees to the shape of a reply")
      }
      return Finding(.schema, .fallback, "it accepts a schema and does not keep to it: the shape is \(words)")
    } refused: {
      Finding(.schema, .fallback, "it refuses a schema: the shape is \(words)")
    }
  }

  private func probabilities() async throws(ModelError) -> Finding {
    let instead = "questions are answered by the word that it says"
    let request = ModelRequest(
      [.init(.user, "Is water wet? Answer with one word: yes, no or unknown.")], maxTokens: 1, temperature: 0,
      alternatives: 5, isStreamed: false)
    return try await finding(on: .probabilities, from: request) { completion in
      if endpoint.memory.leavesOut("logprobs", "top_logprobs") {
        return Finding(.probabilities, .fallback, "it refuses to give any: \(instead)")
      }
      return completion.alternatives.isEmpty
        ? Finding(.probabilities, .fallback, "it gives none: \(instead)")
        : Finding(.probabilities, .fine, "it gives those of \(completion.alternatives.count) tokens")
    } refused: {
      Finding(.probabilities, .fallback, "it refuses to give any: \(instead)")
    }
  }

  private func context(_ models: [OfferedModel]) -> Finding {
    if endpoint.dialect.wire.servesAnyContext {
      let asked = endpoint.contextTokens.map { "\($0) tokens are asked for" }
      return Finding(
        .context, .fine, "it serves as much as it is asked for: \(asked ?? "its own value is used")")
    }
    guard
      let tokens = endpoint.memory.contextTokens
        ?? models.first(where: { $0.name == endpoint.model })?.contextTokens
    else {
      let what = "it does not say how long: history is cut at 'context' of the configuration"
      return Finding(.context, .fallback, "\(what), 4096 tokens unless given")
    }
    return Finding(.context, .fine, "prompt and reply may have \(tokens) tokens; say so under 'context'")
  }

  private func roles() async throws(ModelError) -> Finding {
    let always = "neighbours of one role are sent as one message in any case"
    let strict = ModelRequest(
      [
        .init(.system, "Be brief."), .init(.user, "Hello."), .init(.assistant, "Hello."),
        .init(.user, "How are you?"),
      ],
      maxTokens: 8)
    let loose = ModelRequest([.init(.user, "Hello."), .init(.user, "How are you?")], maxTokens: 8)
    let first = try await finding(on: .roles, from: strict) { _ in
      endpoint.memory.isWithoutSystem
        ? Finding(
          .roles, .fallback, "it takes no system: what it would say goes into the user's first message")
        : Finding(.roles, .fine, "it takes system, user and assistant")
    } refused: {
      Finding(.roles, .failed, "it refuses system, user and assistant in turn, as every prompt has them")
    }
    guard first.verdict == .fine else { return first }
    return try await finding(on: .roles, from: loose) { _ in
      first
    } refused: {
      Finding(.roles, .fallback, "it insists that roles alternate: \(always)")
    }
  }

  func finding(
    on subject: Finding.Subject, from request: ModelRequest, answered: (Completion) -> Finding,
    refused: () -> Finding
  ) async throws(ModelError) -> Finding {
    do {
      return answered(try await model.complete(request))
    } catch .cancelled {
      throw .cancelled
    } catch .refused(let status, _, _) where [400, 404, 405, 415, 422, 500, 501].contains(status) {
      return refused()
    } catch {
      return Finding(subject, .unknown, "it could not be found out: \(error)")
    }
  }
}
