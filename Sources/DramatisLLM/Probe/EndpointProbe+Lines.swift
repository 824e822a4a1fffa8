import Dramatis
import Synchronization

/// How the model speaks as a character, with prompts in either form.
extension EndpointProbe {
  /// In which form lines are the character's own; the other one is tried only where some are not.
  ///
  /// What comes out is learnt, so that a chat lays prompts out so where neither flag, profile nor configuration says otherwise.
  func controlLines() async throws(ModelError) -> Finding {
    do {
      let requests = try await Self.controlRequests()
      let cached = try await slips(in: requests, form: .cached)
      guard !cached.isEmpty else {
        return choice(.cached, "\(requests.count) control lines are the character's own")
      }
      let compact = try await slips(in: requests, form: .compact)
      let count = { (slips: [LineSlip]) in "\(slips.count) of \(requests.count)" }
      let why =
        "with 'cached' \(count(cached)) control lines \(LineSlip.sentence(of: cached)), with 'compact' \(count(compact))"
      return choice(compact.count < cached.count ? .compact : .cached, why)
    } catch let error as ModelError {
      if case .cancelled = error { throw .cancelled }
      return Finding(.promptForm, .unknown, "it could not be found out: \(error)")
    } catch {
      return Finding(.promptForm, .unknown, "it could not be found out")
    }
  }

  private func choice(_ form: PromptForm, _ why: String) -> Finding {
    endpoint.memory.learn(ServiceLesson(.promptForm(form), because: why))
    switch form {
    case .cached: return Finding(.promptForm, .fine, "chat uses 'cached': \(why)")
    case .compact:
      return Finding(
        .promptForm, .fallback,
        "chat uses 'compact', which suits small models and leaves less in a service's cache: \(why); '--prompt-form cached' uses the other"
      )
    }
  }

  /// What is wrong with the lines in one form.
  private func slips(in requests: [LineRequest], form: PromptForm) async throws(ModelError) -> [LineSlip] {
    let renderer = PromptRenderer(user: Self.user, form: form)
    var slips: [LineSlip] = []
    for request in requests {
      guard sent.count < Self.mostRequests else {
        throw .failed("too many requests were needed for the rest")
      }
      let asked = ModelRequest(renderer.messages(for: request), maxTokens: 80, temperature: 0)
      let completion = try await model.complete(asked)
      LineSlip(completion.text, for: request, by: renderer).map { slips.append($0) }
    }
    return slips
  }

  /// Together with the list of models and the properties fewer than 20.
  private static let mostRequests = 17

  // MARK: What is asked

  private static let user = "Wen"

  /// What is said to the character, and what it says to that.
  private static let controls = [
    ("Good evening. Is there a boat to the island today?", "One. It leaves when the tide lets it."),
    ("Bram says you took his oars. Did you?", "Bram says a lot once his cup is empty."),
    ("Then tell me what I should do now.", "Sit down. You drip."),
  ]

  /// The requests for the lines of a short conversation.
  static func controlRequests() async throws -> [LineRequest] {
    let statements = ["Ada coils a rope while she talks.", "Ada does not look at whoever speaks."]
    let program = Program(
      character: "Ada", aliases: [], summary: "Rows the ferry to the island, and trusts nobody who smiles.",
      voice: "Short sentences. Dry.", setting: "A jetty in the rain.", greetings: [],
      examples: [Example(event: "Wen: Cold today.", line: "It is a river. What did you expect?")],
      window: 10, statementBudget: nil, relevance: nil, variables: [], questions: [], machines: [],
      topics: [Topic(name: "manner", partner: nil, root: 0)],
      treeNodes: [TreeNode(statements: Array(statements.indices), gates: [])], statements: statements,
      commitments: [], lines: [])
    let performer = ControlPerformer(lines: controls.map(\.1))
    let session = try Session(cast: [program], user: user, performer: performer)
    for (text, _) in controls { _ = try await session.respond(to: Event(actor: user, text: text)) }
    return performer.requests
  }
}

/// Says what it is given, and keeps what it was asked.
private final class ControlPerformer: Performer {
  private let lines: [String]
  private let asked = Mutex<[LineRequest]>([])

  init(lines: [String]) {
    self.lines = lines
  }

  var requests: [LineRequest] { asked.withLock { $0 } }

  func line(for request: LineRequest) async throws -> SpokenLine? {
    let number = asked.withLock { asked in
      asked.append(request)
      return asked.count - 1
    }
    return lines.indices.contains(number) ? SpokenLine(lines[number]) : nil
  }
}

/// What makes a line none of the character's.
enum LineSlip: CaseIterable {
  /// It goes on with what somebody else says.
  case speaksForOthers
  /// What was told for the character only stands in it.
  case repeatsDirection
  /// It gives back what was said to the character.
  case repeatsOthers
  /// There is none.
  case isEmpty

  /// What is wrong with what a model wrote; nil where nothing is.
  init?(_ text: String, for request: LineRequest, by renderer: PromptRenderer) {
    let frame = renderer.frame(for: request)
    var stream = LineStream(frame)
    let line = stream.push(text) + stream.finish()
    let said = (request.event.text ?? "").folded()
    let leftOut = stream.leftOut.joined(separator: "\n").folded()
    if stream.isOver {
      self = .speaksForOthers
    } else if request.program.statements.contains(where: { leftOut.contains($0.folded()) }) {
      self = .repeatsDirection
    } else if line.allSatisfy(\.isWhitespace) {
      self = .isEmpty
    } else if !said.isEmpty, line.folded().hasPrefix(said) {
      self = .repeatsOthers
    } else {
      return nil
    }
  }

  private var words: String {
    switch self {
    case .speaksForOthers: "speak for others"
    case .repeatsDirection: "repeat the direction"
    case .repeatsOthers: "repeat what was said"
    case .isEmpty: "are empty"
    }
  }

  /// What some lines do, each kind once.
  static func sentence(of slips: [LineSlip]) -> String {
    allCases.filter(slips.contains).map(\.words).joined(separator: " or ")
  }
}

/// How many requests were sent.
final class RequestCount: Sendable {
  private let number = Atomic(0)

  var count: Int { number.load(ordering: .relaxed) }

  func add() { number.add(1, ordering: .relaxed) }
}
