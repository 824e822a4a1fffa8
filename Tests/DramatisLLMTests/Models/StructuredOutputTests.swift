import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// Values that fit, whatever the model writes around them.
@Suite struct StructuredOutputTests {
  private static let schema = OutputSchema(
    name: "mood",
    [
      "type": "object",
      "properties": [
        "mood": ["type": "string", "enum": ["warm", "wary"]],
        "trust": ["type": "integer", "minimum": -5, "maximum": 5],
        "notes": ["type": "array", "items": ["type": "string", "minLength": 1], "maxItems": 2],
      ],
      "required": ["mood"], "additionalProperties": false,
    ])
  private static let request = ModelRequest([.init(.user, "How is Mara?")])

  private func value(_ model: FakeModel) async throws(ModelError) -> JSONValue {
    try await StructuredOutput(model: model, schema: Self.schema).value(for: Self.request)
  }

  @Test(arguments: [
    #"{"mood":"warm"}"#, " {\"mood\": \"warm\"}\n", "```json\n{\"mood\":\"warm\"}\n```",
    "Here it is: {\"mood\":\"warm\"} I hope it helps.",
  ])
  func `a value is found in what surrounds it`(text: String) async throws {
    #expect(try await value(FakeModel(text)) == ["mood": "warm"])
  }

  @Test func `members that nobody asked for are passed over`() async throws {
    let model = FakeModel(#"{"x":1,"mood":"warm"}"#)
    #expect(try await value(model)["mood"] == "warm")
    #expect(model.requests.count == 1)
  }

  private static let misfits = [
    "", "warm", "{}", "[]", "null", #"{"mood":"angry"}"#, #"{"mood":1}"#,
    #"{"mood":"warm","trust":6}"#, #"{"mood":"warm","trust":-6}"#, #"{"mood":"warm","trust":1.5}"#,
    #"{"mood":"warm","notes":["a","b","c"]}"#, #"{"mood":"warm","notes":[""]}"#,
    #"{"mood":"warm","notes":[1]}"#,
    #"{"mood":"warm""#,
  ]

  @Test(arguments: misfits)
  func `what does not fit is asked for once more, with the reason`(text: String) async throws {
    let model = FakeModel(text, #"{"mood":"wary","trust":5,"notes":["a"]}"#)
    #expect(try await value(model)["mood"] == "wary")
    let repair = try #require(model.requests.last?.messages.last)
    #expect(repair.role == .user && repair.text.hasPrefix("This does not fit: "))
  }

  @Test(arguments: misfits)
  func `what does not fit twice is a typed error`(text: String) async {
    let model = FakeModel(text)
    let error = await #expect(throws: ModelError.self) { try await value(model) }
    #expect(error?.code == "invalid-output")
    #expect(model.requests.count == 2)
  }

  @Test func `a service that refuses the schema is asked in words`() async throws {
    let model = FakeModel { request, _ throws(ModelError) in
      if request.schema != nil { throw .refused(status: 400, message: "no schema", retryAfter: nil) }
      return Completion(text: #"{"mood":"warm"}"#)
    }
    #expect(try await value(model) == ["mood": "warm"])
    let asked = model.requests.map { $0.messages.last?.text ?? "" }
    #expect(asked.count == 2 && asked.allSatisfy { $0.contains(#""enum":["warm","wary"]"#) })
  }

  @Test(arguments: [
    ("yes", "yes"), (" Yes", "yes"), ("YES.", "yes"), ("\"no\"", "no"), ("y", "yes"), ("n", "no"),
    ("Un", "unknown"),
    ("unknown", "unknown"), ("not", nil), ("maybe", nil), ("", nil), (" ", nil), ("yesterday", nil),
    ("▁no", "no"),
  ])
  func `spellings of the three words are told apart`(text: String, expected: String?) {
    #expect(AnswerWord(text)?.rawValue == expected)
  }

  @Test func `probabilities of all spellings are added up and normalised`() throws {
    func alternative(_ text: String, _ p: Double) -> TokenAlternative {
      TokenAlternative(text, logProbability: p.logarithm)
    }
    let answer = try #require(
      Answer([
        alternative("yes", 0.3), alternative(" Yes", 0.1), alternative("No", 0.2),
        alternative("unknown", 0.2),
        alternative("maybe", 0.2),
      ]))
    #expect(abs(answer.probability - 0.625) < 1e-12)
    #expect(Answer([alternative("maybe", 1)]) == nil)
    #expect(Answer([]) == nil)
    #expect(Answer([TokenAlternative("yes", logProbability: .nan)]) == nil)
    #expect(Answer([TokenAlternative("yes", logProbability: .infinity)]) == .yes)
    #expect(Answer([TokenAlternative("yes", logProbability: -.infinity)]) == nil)
  }
}
