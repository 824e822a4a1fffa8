import Testing

@testable import DramatisLLM

/// No reasoning in a line, however it is split into pieces.
@Suite struct ReasoningFilterTests {
  private static let samples: [(text: String, expected: String)] = [
    ("Hello", "Hello"), ("<think>no</think>Hello", "Hello"), ("<think>\nno\n</think>\n\nHello", "Hello"),
    (" \n<think></think> Hello", "Hello"), ("no</think>Hello", "Hello"), ("<think>never ends", ""),
    ("[THINK]no[/THINK]Hello", "Hello"), ("<thinking>no</thinking>Hello", "Hello"),
    ("a < b and [c] <thin", "a < b and [c] <thin"), ("Hi <think>no</think>you", "Hi you"),
    ("<think>a<think>b</think>Hello", "Hello"), ("<think>a</think><think>b</think>Hello", "Hello"), ("", ""),
    ("<think>a</thin</think>Hello", "Hello"), ("<b>Hello</b>", "<b>Hello</b>"), ("<<think>no</think>x", "<x"),
  ]

  @Test(arguments: samples.indices)
  func `reasoning is taken out, wherever the text is split`(index: Int) {
    let (text, expected) = Self.samples[index]
    for size in 1...max(text.count, 1) {
      var filter = ReasoningFilter()
      var rest = text[...]
      var shown = ""
      while !rest.isEmpty {
        shown += filter.push(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      shown += filter.finish()
      #expect(filter.text == expected)
      #expect(shown.hasSuffix(expected))
      if !text.hasPrefix("no</think>") { #expect(shown == expected) }
    }
  }
}
