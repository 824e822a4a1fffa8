/// What a service says of a failure, however deep it hides it: in an object, a list, or JSON within a text.
struct ServiceFault: Sendable {
  /// For people: the outermost words, and the innermost where those say more; nil where there are none.
  let message: String?
  /// The names that it points to itself, such as those under `param`.
  private(set) var pointed: [String] = []
  /// All that it says.
  private(set) var words: String
  /// Its numbers by their names.
  private(set) var numbers: [String: Int] = [:]

  /// How deep values may lie in each other, JSON in texts included.
  private static let deepest = 12
  /// What holds words for people, the most telling first.
  private static let spoken = [
    "message", "msg", "error", "errors", "detail", "details", "metadata", "raw", "cause", "reason",
    "error_description", "error_message", "title",
  ]

  init(_ value: JSONValue) {
    var said: [String] = []
    Self.collect(from: value, depth: 0, into: &said)
    let messages = said.filter { $0.contains { !$0.isWhitespace } }
    let inner = messages.dropFirst().first { inner in !messages[0].contains(inner) }
    message = messages.first.map { outer in inner.map { "\(outer): \($0)" } ?? outer }
    words = ""
    scan(value, depth: 0)
  }

  /// Reads words that stand alone.
  init(words: String) {
    message = words
    self.words = words
    if let inner = Self.json(in: words) { scan(inner, depth: 1) }
  }

  /// Reads the body of an error, be it JSON, a page or a text.
  init(_ body: Span<UInt8>) {
    if let value = try? JSONValue(parsing: body) {
      self.init(value)
    } else {
      let text = body.extracting(first: 2000).text
      self.init(words: text.pageTitle.map { "a web page came: \($0)" } ?? text)
    }
  }

  /// The words for people, in the order in which they are most telling.
  private static func collect(from value: JSONValue, depth: Int, into said: inout [String]) {
    guard depth < deepest else { return }
    switch value {
    case .string(let text):
      if let inner = json(in: text) {
        collect(from: inner, depth: depth + 1, into: &said)
      } else {
        said.append(text)
      }
    case .array(let elements):
      for element in elements.prefix(4) { collect(from: element, depth: depth + 1, into: &said) }
    case .object:
      if let place = value["loc"]?.elements, let text = value["msg"]?.text {
        said.append("\(place.map { $0.text ?? $0.spelled }.joined(separator: ".")): \(text)")
        return
      }
      for name in spoken { value[name].map { collect(from: $0, depth: depth + 1, into: &said) } }
    default: break
    }
  }

  /// Every text, number and name that is pointed to.
  private mutating func scan(_ value: JSONValue, depth: Int, named name: String = "") {
    guard depth < Self.deepest else { return }
    switch value {
    case .string(let text):
      if ["param", "parameter", "field", "property", "argument"].contains(name) { pointed.append(text) }
      if let inner = Self.json(in: text) {
        scan(inner, depth: depth + 1)
      } else {
        words += words.isEmpty ? text : "\n" + text
      }
    case .number(let number): Int(exactly: number).map { numbers[name] = $0 }
    case .array(let elements):
      if name == "loc" {
        pointed.append(elements.map { $0.text ?? $0.spelled }.filter { $0 != "body" }.joined(separator: "."))
      }
      for element in elements { scan(element, depth: depth + 1, named: name == "loc" ? "" : name) }
    case .object(let members):
      for member in members { scan(member.value, depth: depth + 1, named: member.name) }
    default: break
    }
  }

  /// The object that a text holds from its first brace to its end, or the list that it is; nil where it is none.
  ///
  /// A list behind words belongs to them: "the range is [1, 128]".
  private static func json(in text: String) -> JSONValue? {
    let isList = text.utf8.first { $0 > 0x20 } == 0x5B
    guard text.utf8.count <= 1 << 16,
      let start = text.utf8.firstIndex(where: { $0 == 0x7B || isList && $0 == 0x5B })
    else { return nil }
    return try? JSONValue(
      parsing: Array(text.utf8[start...].reversed().drop { $0 != 0x7D && $0 != 0x5D }.reversed()))
  }
}

extension String {
  /// What a page in HTML is called, or that it has no title; nil for what is no page.
  var pageTitle: String? {
    let start = prefix(2000).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
    guard ["<!doctype", "<html", "<head", "<body"].contains(where: start.hasPrefix) else { return nil }
    guard let opens = firstRange(of: "<title>") ?? firstRange(of: "<TITLE>"),
      let title = self[opens.upperBound...].split(separator: "<", omittingEmptySubsequences: false).first
    else { return "it has no title" }
    return "'\(String(title).oneLine)'"
  }
}

extension ServiceFault {
  /// Whether it says no more than that something was not found, be it the path or the model.
  var isBare: Bool {
    let text = words.lowercased()
    return words.isEmpty || words.pageTitle != nil
      || text.utf8.count < 60 && (text.contains("not found") || text.contains("not allowed"))
        && !text.contains("model")
  }

  /// How a prompt was too long: the tokens that there is room for, and those that it has, as far as they are said.
  struct Overflow: Hashable {
    let limit: Int?
    let prompt: Int?
  }

  private static let overflowing = [
    "context length", "context size", "context window", "context limit", "context_length", "context_size",
    "exceed context", "n_ctx", "context the overflows", "context overflow", "kv size", "kv cache size",
    "prompt is too long",
    "prompt too long", "input is too long", "too many tokens", "too many input tokens", "input token count",
    "reduce the length",
    "reduce your prompt", "maximum prompt length", "input length", "prompt length", "prompt contains",
    "is too long and exceeds", "`inputs` tokens", "max_model_len", "maximum input length",
    "request too large",
    "tokens exceed", "exceeds the limit of",
    "上下文长度", "上下文窗口", "上下文超", "输入长度", "输入过长", "输入太长", "提示过长", "提示词过长", "prompt 超长", "prompt超长", "最大长度",
    "token数超", "token 数超", "tokens超", "tokens 超", "输入超",
  ]
  private static let exceeding = [
    "exceed", "too long", "too big", "too large", "too many", "overflow", "maximum", "longer than",
    "larger than",
    "greater than", "must be <=", "reduce", "only", ">",
    "超", "过长", "太长", "最大",
  ]

  /// What the error says of a prompt that is too long; nil where it says something else.
  var overflow: Overflow? {
    let text = words.lowercased()
    guard numbers["n_ctx"] != nil || Self.overflowing.contains(where: text.contains),
      numbers["n_ctx"] != nil || Self.exceeding.contains(where: text.contains)
    else { return nil }
    let found = text.wholeNumbers.filter { $0.value >= 64 }
    let limit =
      numbers["n_ctx"] ?? found.first { $0.before.hasSuffix("> ") }?.value
      ?? found.first(where: Self.isLimit)?.value
      ?? (Set(found.map(\.value)).count > 1 ? found.map(\.value).min() : nil)
    let prompt =
      numbers["n_prompt_tokens"] ?? found.first(where: Self.isPrompt)?.value
      ?? found.map(\.value).filter { $0 != limit && $0 > (limit ?? 0) / 2 }.max()
    return Overflow(limit: limit, prompt: prompt)
  }

  private static func isLimit(_ number: WholeNumber) -> Bool {
    let ends = [
      "length is ", "length of ", "length of only ", "size (", "size of ", "size is ", "limit of ", "limit: ",
      "limit is ",
      "limit (", "window of ", "window (", "window is ", "<= ", "> ", "allowed (", "allowed is ", "max ",
      "maximum of ",
      "maximum is ", "at most ", "maximum: ", "limit ", "only ", "n_ctx = ", "n_ctx=", "n_ctx: ", "kv size (",
      "最大长度", "最大长度为", "最大长度 ", "最大长度为 ", "最大为", "最大为 ", "上限", "上限为", "上限为 ", "限制", "限制为", "限制为 ", "限制 ",
      "不能超过", "不能超过 ", "不超过", "长度为", "长度为 ", "长度是", "长度是 ", "长度", "长度 ", "最多", "最多 ",
    ]
    return ends.contains(where: number.before.hasSuffix) || number.after.hasPrefix(" maximum")
  }

  private static func isPrompt(_ number: WholeNumber) -> Bool {
    [
      " in the messages", " in the prompt", " of text input", " in your prompt", " input tokens",
      " prompt tokens",
      " tokens in the messages", " tokens from the input",
      "个输入", " 个输入",
    ].contains(where: number.after.hasPrefix)
  }
}

extension Character {
  /// Whether words go on with it that stand apart by spaces, as those of Chinese do not.
  var isPartOfWord: Bool {
    guard let scalar = unicodeScalars.first, scalar.value < 0x2E80 || (0xAC00...0xD7A3).contains(scalar.value)
    else { return false }
    return isLetter || isNumber || self == "_"
  }
}

/// A whole number in a text, with what stands before and after it.
struct WholeNumber {
  let value: Int
  let before: Substring
  let after: Substring
}

extension String {
  /// The whole numbers of a text, those with commas in them included.
  var wholeNumbers: [WholeNumber] {
    var numbers: [WholeNumber] = []
    var start = startIndex
    while let first = self[start...].firstIndex(where: { $0.isASCII && $0.isNumber }) {
      var end =
        self[first...].firstIndex { !($0.isASCII && $0.isNumber || $0 == "," || $0 == "_") } ?? endIndex
      while end > first, [",", "_"].contains(self[index(before: end)]) { end = index(before: end) }
      let digits = self[first..<end].filter(\.isNumber)
      let isFraction = self[end...].hasPrefix(".") && self[end...].dropFirst().first?.isNumber == true
      let isWord = self[..<first].last.map { ($0.isPartOfWord && !$0.isNumber) || $0 == "." } ?? false
      if let value = Int(digits), !isFraction, !isWord {
        numbers.append(
          WholeNumber(value: value, before: self[..<first].suffix(24), after: self[end...].prefix(32)))
      }
      start = end
    }
    return numbers
  }
}
