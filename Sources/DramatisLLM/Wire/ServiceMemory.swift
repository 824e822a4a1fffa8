import Dramatis
import Synchronization

/// What was learnt of a service and a model there; shared by all who ask it.
///
/// As text it is a line of JSON for each lesson, with service and model, so that one file serves for all of them.
public final class ServiceMemory: Sendable {
  private let state: Mutex<[ServiceLesson]>
  private let hasAskedForContext = Mutex(false)
  private let onLesson: @Sendable (ServiceLesson) -> Void
  /// What is known of the slots of a server that runs now.
  let slotPlan = Mutex(SlotPlan())

  /// Makes a memory.
  ///
  /// - Parameters:
  ///   - lessons: What was learnt before.
  ///   - onLesson: Is given each lesson when it is learnt.
  public init(
    _ lessons: [ServiceLesson] = [], onLesson: @escaping @Sendable (ServiceLesson) -> Void = { _ in }
  ) {
    state = Mutex([])
    self.onLesson = onLesson
    state.withLock { state in for lesson in lessons { Self.keep(lesson, in: &state) } }
  }

  /// What was learnt, oldest first.
  public var lessons: [ServiceLesson] { state.withLock { $0 } }

  /// How many tokens prompt and reply may have together; nil where the service never said.
  public var contextTokens: Int? {
    lessons.lazy.compactMap { if case .context(let tokens) = $0.change { tokens } else { nil } }.last
  }

  /// How many requests the service serves at the same time; nil where it never said.
  public var slots: Int? {
    lessons.lazy.compactMap { if case .slots(let count) = $0.change { count } else { nil } }.last
  }

  /// Whether control questions were answered rightly; nil where nobody has put them.
  public var answersQuestions: Bool? {
    lessons.lazy.compactMap { if case .answersQuestions(let isGood) = $0.change { isGood } else { nil } }.last
  }

  /// The form of prompts in which lines of control were the character's own; nil where nobody has asked for any.
  public var promptForm: PromptForm? {
    lessons.lazy.compactMap { if case .promptForm(let form) = $0.change { form } else { nil } }.last
  }

  /// How many tokens are allowed for what the model thinks, though nobody asked it to.
  var thoughtTokens: Int {
    lessons.lazy.compactMap { if case .roomForThought(let tokens) = $0.change { tokens } else { nil } }.last
      ?? 0
  }

  /// Whether nobody has asked the service yet how much room there is.
  func mayAskForContext() -> Bool {
    hasAskedForContext.withLock { hasAsked in
      defer { hasAsked = true }
      return !hasAsked
    }
  }

  /// Whether one of some parameters is left out.
  func leavesOut(_ names: String...) -> Bool {
    lessons.contains { if case .leaveOut(let name) = $0.change { names.contains(name) } else { false } }
  }

  /// Whether the user says what the system would.
  var isWithoutSystem: Bool { lessons.contains { $0.change == .withoutSystem } }

  /// Keeps a lesson; what is known already is not told again.
  func learn(_ lesson: ServiceLesson) {
    let isNew = state.withLock { state in
      guard !state.contains(where: { $0.change == lesson.change }) else { return false }
      Self.keep(lesson, in: &state)
      return true
    }
    if isNew { onLesson(lesson) }
  }

  private static func keep(_ lesson: ServiceLesson, in lessons: inout [ServiceLesson]) {
    let kept = lesson.replacing(renamed: lessons)
    lessons.removeAll { $0.isAboutSame(as: kept) }
    lessons.append(kept)
  }

  /// The body of a request as the service wants it.
  func adapted(_ body: JSONValue) -> JSONValue {
    let lessons = lessons
    guard !lessons.isEmpty, case .object(var members) = body else { return body }
    for lesson in lessons { lesson.change.apply(to: &members) }
    return .object(members)
  }
}

extension ServiceLesson {
  /// A parameter whose other name is refused as well is left out under its own, rather than called back and forth.
  fileprivate func replacing(renamed lessons: [ServiceLesson]) -> ServiceLesson {
    let refused: String
    switch change {
    case .leaveOut(let name), .rename(let name, to: _): refused = name
    default: return self
    }
    let own = lessons.lazy.compactMap {
      if case .rename(let own, to: refused) = $0.change { own } else { nil }
    }.first
    return own.map { ServiceLesson(.leaveOut($0), because: reason) } ?? self
  }
}

extension ServiceLesson.Change {
  /// Does it to the members of a request.
  fileprivate func apply(to members: inout [JSONValue.Member]) {
    switch self {
    case .leaveOut(let name):
      // What belongs to a parameter is refused without it.
      let names = [name] + (["logprobs", "top_logprobs"].contains(name) ? ["logprobs", "top_logprobs"] : [])
      members.edit { names.contains($0.name) ? nil : $0 }
    case .rename(let name, let other):
      members.edit { $0.name == name ? JSONValue.Member(other, $0.value) : $0 }
    case .use(let name, let value):
      members.edit { $0.name == name ? JSONValue.Member(name, value) : $0 }
      if name == "stream" { members.removeAll { $0.name == "stream_options" } }
    case .atMost(let name, let number):
      members.edit { $0.name == name ? $0.mapped { min($0, Double(number)) } : $0 }
    case .atLeast(let name, let number):
      members.edit { $0.name == name ? $0.mapped { max($0, Double(number)) } : $0 }
    case .withoutSystem: members.moveSystemText()
    case .context, .roomForThought, .slots, .answersQuestions, .promptForm: break
    }
  }
}

extension JSONValue.Member {
  fileprivate func mapped(_ change: (Double) -> Double) -> Self {
    value.double.map { Self(name, .number(change($0))) } ?? self
  }
}

extension [JSONValue.Member] {
  /// Edits each member of a request and of its options; what becomes nil is removed.
  fileprivate mutating func edit(_ change: (JSONValue.Member) -> JSONValue.Member?) {
    self = compactMap { member in
      guard member.name == "options", case .object(let options) = member.value else { return change(member) }
      return JSONValue.Member(member.name, .object(options.compactMap(change)))
    }
  }

  /// Puts what the system says before what the user says first.
  fileprivate mutating func moveSystemText() {
    guard let index = firstIndex(where: { $0.name == "messages" }), let messages = self[index].value.elements
    else { return }
    let isSystem = { (message: JSONValue) in message["role"] == "system" }
    let apart = first { $0.name == "system" }?.value.text
    let texts = [apart].compactMap(\.self) + messages.filter(isSystem).compactMap { $0["content"]?.text }
    guard !texts.isEmpty else { return }
    var others = messages.filter { !isSystem($0) }
    let said = others.first?["role"] == "user" ? others.removeFirst()["content"]?.text : nil
    let text = (texts + [said].compactMap(\.self)).joined(separator: "\n\n")
    let first: JSONValue = ["role": "user", "content": .string(text)]
    self[index] = JSONValue.Member("messages", .array([first] + others))
    removeAll { $0.name == "system" }
  }
}

extension ServiceMemory {
  /// The lessons about a service and a model in the lines of a file; what is torn or foreign is passed over.
  public static func lessons(in lines: String, about endpoint: Endpoint) -> [ServiceLesson] {
    lines.split(whereSeparator: \.isNewline).compactMap { line in
      guard let value = try? JSONValue(parsing: Array(line.utf8)), isAbout(endpoint, value) else {
        return nil
      }
      return ServiceLesson(value)
    }
  }

  /// The lines of a file without those about a service and a model.
  public static func lines(_ lines: String, forgetting endpoint: Endpoint) -> String {
    let kept = lines.split(whereSeparator: \.isNewline).filter { line in
      (try? JSONValue(parsing: Array(line.utf8))).map { !isAbout(endpoint, $0) } ?? false
    }
    return kept.map { $0 + "\n" }.joined()
  }

  /// The line of a file for a lesson about a service and a model.
  public static func line(of lesson: ServiceLesson, about endpoint: Endpoint) -> String {
    let place: [JSONValue.Member] = [
      .init("service", .string(endpoint.address.text)), .init("model", .string(endpoint.model)),
      .init("protocol", .string(endpoint.dialect.name)),
    ]
    return JSONValue.object(place + lesson.members).spelled + "\n"
  }

  /// Whether bytes begin like a file of lessons.
  package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: #"{"service":"#.utf8)
  }

  private static func isAbout(_ endpoint: Endpoint, _ value: JSONValue) -> Bool {
    value["service"]?.text == endpoint.address.text && value["model"]?.text == endpoint.model
      && value["protocol"]?.text == endpoint.dialect.name
  }
}

extension ServiceLesson {
  fileprivate var members: [JSONValue.Member] {
    let said: [(String, JSONValue)] =
      switch change {
      case .leaveOut(let name): [("leave-out", .string(name))]
      case .rename(let name, let other): [("rename", .string(name)), ("to", .string(other))]
      case .use(let name, let value): [("use", .string(name)), ("value", value)]
      case .atMost(let name, let number): [("at-most", .string(name)), ("value", .number(Double(number)))]
      case .atLeast(let name, let number): [("at-least", .string(name)), ("value", .number(Double(number)))]
      case .withoutSystem: [("without-system", true)]
      case .context(let tokens): [("context", .number(Double(tokens)))]
      case .roomForThought(let tokens): [("room-for-thought", .number(Double(tokens)))]
      case .slots(let count): [("slots", .number(Double(count)))]
      case .answersQuestions(let isGood): [("answers-questions", .bool(isGood))]
      case .promptForm(let form): [("prompt-form", .string(form.rawValue))]
      }
    return (said + [("because", .string(reason))]).map { JSONValue.Member($0.0, $0.1) }
  }

  /// Reads what ``members`` are; nil for anything else.
  fileprivate init?(_ value: JSONValue) {
    let number = value["value"]?.int.flatMap { $0 > 0 ? $0 : nil }
    let change: Change? =
      if let name = value["leave-out"]?.text {
        .leaveOut(name)
      } else if let name = value["rename"]?.text, let other = value["to"]?.text {
        .rename(name, to: other)
      } else if let name = value["use"]?.text, let other = value["value"] {
        .use(name, other)
      } else if let name = value["at-most"]?.text, let number {
        .atMost(name, number)
      } else if let name = value["at-least"]?.text, let number {
        .atLeast(name, number)
      } else if value["without-system"] == true {
        .withoutSystem
      } else if let tokens = value["context"]?.int, tokens > 0 {
        .context(tokens)
      } else if let tokens = value["room-for-thought"]?.int, tokens > 0 {
        .roomForThought(tokens)
      } else if let count = value["slots"]?.int, count > 0 {
        .slots(count)
      } else if case .bool(let isGood)? = value["answers-questions"] {
        .answersQuestions(isGood)
      } else if let form = value["prompt-form"]?.text.flatMap(PromptForm.init(rawValue:)) {
        .promptForm(form)
      } else {
        nil
      }
    guard let change, let reason = value["because"]?.text else { return nil }
    self.init(change, because: reason.quotable)
  }
}
