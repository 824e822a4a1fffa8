import Dramatis

/// What a service was found to want otherwise than it was asked, and what it said.
public struct ServiceLesson: Hashable, Sendable {
  /// What is done differently from then on.
  enum Change: Hashable {
    /// A parameter is left out.
    case leaveOut(String)
    /// A parameter goes by another name.
    case rename(String, to: String)
    /// A parameter has one value only.
    case use(String, JSONValue)
    /// A number is no larger.
    case atMost(String, Int)
    /// A number is no smaller.
    case atLeast(String, Int)
    /// What the system would say is said by the user.
    case withoutSystem
    /// Prompt and reply have no more tokens together.
    case context(Int)
    /// The model thinks before it speaks, and so many tokens more are allowed for that.
    case roomForThought(Int)
    /// So many requests are served at the same time.
    case slots(Int)
    /// Whether questions about a scene are answered rightly.
    case answersQuestions(Bool)
    /// The form of prompts in which lines are the character's own.
    case promptForm(PromptForm)
  }

  let change: Change
  /// What the service said, in its own words.
  public let reason: String

  init(_ change: Change, because reason: String) {
    self.change = change
    self.reason = reason
  }

  /// What is done differently, in a few words.
  public var text: String {
    switch change {
    case .leaveOut(let name): "'\(name)' is left out"
    case .rename(let name, let other): "'\(name)' is called '\(other)'"
    case .use(let name, let value): "'\(name)' is \(value.spelled)"
    case .atMost(let name, let number): "'\(name)' is at most \(number)"
    case .atLeast(let name, let number): "'\(name)' is at least \(number)"
    case .withoutSystem: "the system's text goes into the user's first message"
    case .context(let tokens): "prompt and reply have at most \(tokens) tokens"
    case .roomForThought(let tokens): "\(tokens) tokens more are allowed for what the model thinks"
    case .slots(let count): "\(count) \(count == 1 ? "request is" : "requests are") served at once"
    case .answersQuestions(let isGood):
      isGood ? "questions are put to the model" : "questions are left to the cues"
    case .promptForm(let form): "prompts are \(form.rawValue)"
    }
  }

  /// Whether another lesson is about the same matter, so that the newer one holds.
  func isAboutSame(as other: ServiceLesson) -> Bool { subject == other.subject }

  /// The same without a key that the service repeats.
  func without(_ key: APIKey?) -> ServiceLesson {
    ServiceLesson(change, because: reason.quotable(without: key))
  }

  private var subject: String {
    switch change {
    case .leaveOut(let name), .use(let name, _), .rename(let name, _): name
    case .atMost(let name, _): "\(name) <="
    case .atLeast(let name, _): "\(name) >="
    case .withoutSystem: "system"
    case .context: "context"
    case .roomForThought: "thought"
    case .slots: "slots"
    case .answersQuestions: "questions"
    case .promptForm: "form"
    }
  }

  /// Whether it is about how requests are written, rather than about the service or the model.
  var isAboutRequests: Bool {
    switch change {
    case .slots, .answersQuestions, .promptForm: false
    default: true
    }
  }
}

extension ServiceLesson {
  /// What is learnt from a refusal of a request with this body; nil where it names nothing that can be done otherwise.
  ///
  /// - Parameters:
  ///   - status: That of the response; nil for a failure after it was good.
  init?(from fault: ServiceFault, status: Int?, of body: JSONValue) {
    guard ![401, 402, 408, 429].contains(status),
      let change = Refusal(fault, status: status, body: body).change
    else { return nil }
    self.init(change, because: (fault.message ?? fault.words).quotable)
  }
}

/// A refusal and what it was about, while it is read.
private struct Refusal {
  let fault: ServiceFault
  let status: Int?
  let body: JSONValue
  let text: String

  init(_ fault: ServiceFault, status: Int?, body: JSONValue) {
    self.fault = fault
    self.status = status
    self.body = body
    text = fault.words.lowercased()
  }

  private static let refusing = [
    "support", "unknown", "unrecogni", "unexpected", "not permitted", "not allowed", "deprecated", "invalid",
    "unavailable",
    "not available", "not enabled", "extra", "forbidden", "only", "must", "cannot", "can't",
    "not implemented",
    "no longer", "unable", "too large", "too high", "too small", "disallow", "not valid", "incompatible",
    "removed",
    "exception", "not exist", "no such", "not have", "doesn't", "does not", "exceed", "at most", "at least",
    "maximum",
    "fail", "minimum", "not one of", "between", "range", "less than", "greater than", "reject", "refus",
    "unsupported",
    "不支持", "不支援", "无效", "無效", "未知", "不允许", "非法", "有误", "不合法", "必须", "超出", "超过", "错误", "不存在", "无法",
    "不能", "范围", "不识别", "禁止", "最大", "最小", "只能", "仅支持", "已弃用",
  ]

  /// What to do otherwise.
  var change: ServiceLesson.Change? {
    if refusesSystem { return .withoutSystem }
    // One schema that is wrong says nothing of schemas.
    if text.contains("json schema error") { return nil }
    guard let name = name ?? suspect else { return nil }
    if let limit = other(of: name) { return .rename(name, to: limit) }
    if let bound = bound(of: name) { return bound }
    if name == "stream" { return .use(name, false) }
    if let value = instead(of: name) { return .use(name, value) }
    return .leaveOut(name)
  }

  /// What is left out of a request of which nothing is said but that it is bad: what the fewest services know.
  private var suspect: String? {
    // What it does not do at all, of a request that asks for nothing besides, is the stream.
    if status == 501, fault.pointed.isEmpty, body["stream"] == true,
      !["response_format", "format", "output_config", "logprobs"].contains(where: body.parameters.contains)
    {
      return "stream"
    }
    guard status == 400 || status == 422, text.utf8.count < 40, fault.pointed.isEmpty,
      text.wholeNumbers.isEmpty,
      text.isEmpty || text.contains("bad request") || text.contains("unprocessable")
    else { return nil }
    return ["stream_options", "chat_template_kwargs", "response_format", "reasoning_effort"]
      .first(where: body.parameters.contains)
  }

  /// Whether the words that surround a name are those of a refusal.
  private var isRefusing: Bool { Self.refusing.contains(where: text.contains) }

  // MARK: The system's role

  private var refusesSystem: Bool {
    guard body.hasSystemText else { return false }
    if fault.pointed.contains(where: { $0 == "system" || $0.hasPrefix("messages") && $0.hasSuffix("role") }) {
      return true
    }
    let names = [
      "system role", "system message", "system prompt", "system instruction", "developer instruction",
      "role system",
      "role 'system'", "role: system", "role \"system\"", "role `system`", "role=system", "'system' role",
      "system角色", "system 角色", "系统角色", "系统消息", "系统提示", "角色system", "角色 system",
      "\"system\" role", "`system` role", "roles are supported", "'system'", "`system`", "\"system\"",
    ]
    let orders = [
      "must alternate", "must start with", "must begin with", "first message must be", "should alternate",
    ]
    return names.contains(where: text.contains) && isRefusing || orders.contains(where: text.contains)
  }

  // MARK: Which parameter

  /// The parameter that is refused: one that is pointed to, else quoted, else named.
  private var name: String? {
    let names = body.parameters
    for pointed in fault.pointed {
      let parts = pointed.split { ".[]/".contains($0) }.map(String.init)
      if let name = names.first(where: { $0 == pointed || parts.contains($0) }) { return name }
    }
    guard isRefusing else { return nil }
    let quoted = names.compactMap { name in
      place(of: Self.quotations(of: name)).map { (name, $0) }
    }
    let found =
      quoted.isEmpty ? names.compactMap { name in placeUnquoted(of: name).map { (name, $0) } } : quoted
    let ordered = found.sorted { $0.1 < $1.1 }
    // Two that do not go together: the first is what was asked for.
    return text.contains(" both ") ? ordered.last?.0 : ordered.first?.0
  }

  private static func quotations(of name: String) -> [String] {
    let spellings = Set([name, name.split(separator: "_").joined()]).map { $0.lowercased() }
    return spellings.flatMap { name in
      [
        ("'", "'"), ("\"", "\""), ("`", "`"), ("“", "”"), ("‘", "’"), ("*", "*"), ("'", "."), ("`", "."),
        ("\"", "."),
        ("`", ":"), ("[", "]"), ("'", "="), ("(", ")"),
      ].map { "\($0.0)\(name)\($0.1)" }
    }
  }

  private func place(of spellings: [String]) -> String.Index? {
    spellings.compactMap { text.firstRange(of: $0)?.lowerBound }.min()
  }

  /// Where a parameter is named without quotes; a short name, which may be a word like any other, only near a word of refusal.
  private func placeUnquoted(of name: String) -> String.Index? {
    let words =
      ([name, name.replacing("_", with: " "), name.split(separator: "_").joined()] + Self.otherNames(of: name))
    return words.compactMap { word in
      guard let range = text.rangeOfWord(word) else { return nil }
      let isPlain = word.utf8.count < 7
      // A service that broke down speaks of streams and stops of its own.
      if isPlain, (status ?? 500) >= 500, status != 501 { return nil }
      return isPlain && !isRefused(near: range) ? nil : range.lowerBound
    }.min()
  }

  private func isRefused(near range: Range<String.Index>) -> Bool {
    let near = text[..<range.lowerBound].suffix(40) + " | " + text[range.upperBound...].prefix(32)
    let words = [
      "support", "unknown", "unrecogni", "unexpected", "invalid", "parameter", "param ", "field", "argument",
      "property", "不支持", "无效", "未知", "参数", "非法", "不允许", "字段", "不合法", "有误",
      "permitted", "allowed", "deprecated", "forbidden", "unavailable", "extra input", "option",
    ]
    return text[range.upperBound...].hasPrefix(":") || words.contains(where: near.contains)
  }

  /// How else people speak of a parameter.
  private static func otherNames(of name: String) -> [String] {
    switch name {
    case "response_format", "format", "output_config":
      [
        "response format", "structured output", "structured outputs", "json_schema", "json schema",
        "json mode", "json_object",
        "json object", "grammar", "generate parser", "guided decoding", "guided_json", "constrained decoding",
      ]
    case "logprobs", "top_logprobs":
      ["log probabilities", "log probs", "logprob", "logprobs", "log-probabilities"]
    case "stop", "stop_sequences":
      [
        "stop sequence", "stop sequences", "stop token", "stop tokens", "stop string", "stop strings",
        "stop words",
      ]
    case "stream": ["streaming", "stream this model"]
    case "frequency_penalty", "presence_penalty", "repeat_penalty", "repetition_penalty":
      ["penalty", "penalties"]
    case "stream_options": ["include_usage", "stream options"]
    case "think", "thinking", "reasoning", "reasoning_effort", "chat_template_kwargs":
      ["thinking", "reasoning", "think value", "reasoning effort", "enable_thinking", "template kwargs"]
    default: []
    }
  }

  // MARK: What instead

  private static let limitNames = [
    "max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens",
  ]

  /// What a limit of tokens goes by where its name is not known, which the service may say.
  private func other(of name: String) -> String? {
    guard Self.limitNames.contains(name), bound(of: name) == nil || text.contains("unsupported parameter")
    else { return nil }
    let others = Self.limitNames.filter { $0 != name }
    return others.first(where: text.contains) ?? others.first
  }

  /// A bound that the service says for a number.
  private func bound(of name: String) -> ServiceLesson.Change? {
    guard let sent = body.parameter(name)?.double else { return nil }
    let numbers = text.wholeNumbers.filter { Double($0.value) != sent }.map(\.value)
    let high = [
      "too large", "too high", "at most", "maximum", "exceed", "less than", "<=", " > ", "between", "range",
      "no more than", "up to", "超过", "超出", "最大", "不能大于", "不得大于", "小于等于", "小于或等于", "范围", "之间", "以内", "上限",
    ]
    let low = [
      "at least", "minimum", "greater than", ">=", " < ", "too small", "too low", "between", "range",
      "至少", "最小", "大于等于", "大于或等于", "不能小于", "不得小于", "范围", "之间", "下限",
    ]
    let isCount = sent >= 2 || Self.limitNames.contains(name) || name == "top_logprobs"
    let below = numbers.filter { Double($0) < sent && $0 > 0 }.max()
    if high.contains(where: text.contains), let below { return .atMost(name, below) }
    let above = numbers.filter { Double($0) > sent }.min()
    if isCount, low.contains(where: text.contains), let above { return .atLeast(name, above) }
    return nil
  }

  /// Another value of a parameter that takes some words only.
  private func instead(of name: String) -> JSONValue? {
    switch name {
    case "think":
      if body.parameter(name)?.text != nil { return true }
    case "thinking":
      if text.contains("adaptive"), body["thinking"]?["type"] != "adaptive" { return ["type": "adaptive"] }
    case "reasoning_effort":
      let efforts = ["none", "minimal", "low", "medium", "high", "xhigh"]
      guard let sent = body.parameter(name)?.text, let wanted = efforts.firstIndex(of: sent) else {
        return nil
      }
      let supported = efforts.indices.filter {
        $0 != wanted && place(of: Self.quotations(of: efforts[$0])) != nil
      }
      return supported.min { abs($0 - wanted) < abs($1 - wanted) }.map { .string(efforts[$0]) }
    default: break
    }
    return nil
  }
}

extension String {
  /// Where a word stands that is not part of another one.
  fileprivate func rangeOfWord(_ word: String) -> Range<String.Index>? {
    let isPart = { (character: Character?) in character?.isPartOfWord ?? false }
    return ranges(of: word).first { range in
      !isPart(self[..<range.lowerBound].last) && !isPart(self[range.upperBound...].first)
    }
  }
}

extension JSONValue {
  /// The names of what a request says besides whom it asks and what was said; those of Ollama's options among them.
  fileprivate var parameters: [String] {
    guard case .object(let members) = self else { return [] }
    let inner: [Member] = if case .object(let options) = self["options"] { options } else { [] }
    return (members + inner).map(\.name).filter { !["model", "messages", "system", "options"].contains($0) }
  }

  /// The value of a parameter, be it one of Ollama's options.
  fileprivate func parameter(_ name: String) -> JSONValue? { self[name] ?? self["options"]?[name] }

  /// Whether the system says something in a request.
  fileprivate var hasSystemText: Bool {
    self["system"] != nil || self["messages"]?.elements?.contains { $0["role"] == "system" } == true
  }
}
