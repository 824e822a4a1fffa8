import Testing

@testable import DramatisLLM

/// What models write for JSON.
@Suite struct LooseJSONTests {
  @Test(arguments: [
    (#"Here: {"a": "yes"} Bye."#, #"{"a":"yes"}"#), (#"{a: yes, 'b': "no",}"#, #"{"a":"yes","b":"no"}"#),
    ("```json\n{\"a\": True, \"b\": None}\n```\n[see above]", #"{"a":true,"b":null}"#),
    (#"{“a”: “yes”}"#, #"{"a":"yes"}"#), (#"As {asked} and {so on}: {"a": 1}"#, #"{"a":1}"#),
    ("{\"a\": 1, // a remark\n \"b\": 2}", #"{"a":1,"b":2}"#), (#"{"a": "no", "b": "ye"#, #"{"a":"no"}"#),
    (#"{"a": "sh\u0065 \"said\"", "b": [1, 2,],}"#, #"{"a":"she \"said\"","b":[1,2]}"#),
    (#"{"a": {"b": [true]"#, #"{"a":{"b":[true]}}"#),
  ])
  func `the first object is read as it was meant`(text: String, expected: String) {
    #expect(LooseJSON.values(in: text, mayEndOpen: true).first?.spelled == expected)
  }

  @Test func `several are given in their order, and texts without any give none`() {
    #expect(LooseJSON.values(in: #"{"a":1} or rather {"a":2}"#).map(\.spelled) == [#"{"a":1}"#, #"{"a":2}"#])
    for text in ["", "{", "[]", "{}", "no braces", "{asked}", "} {", "{{{{{{", "[[[,", #"{"a": 1"#] {
      #expect(LooseJSON.values(in: text).isEmpty, "\(text)")
    }
  }

  @Test func `what is nested without end is given up`() {
    let deep = String(repeating: #"{"a":["#, count: 5000)
    #expect(LooseJSON.values(in: deep).count < 65)
  }
}
