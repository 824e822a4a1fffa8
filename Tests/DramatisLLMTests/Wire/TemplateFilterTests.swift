import Testing

@testable import DramatisLLM

/// No reasoning and no mark of a template in a text, however it is split into pieces.
@Suite struct TemplateFilterTests {
  private static let reasoning: [(text: String, expected: String)] = [
    ("Hello", "Hello"), ("<think>no</think>Hello", "Hello"), ("<think>\nno\n</think>\n\nHello", "Hello"),
    (" \n<think></think> Hello", "Hello"), ("no</think>Hello", "Hello"), ("<think>never ends", ""),
    ("[THINK]no[/THINK]Hello", "Hello"), ("<thinking>no</thinking>Hello", "Hello"),
    ("a < b and [c] <thin", "a < b and [c] <thin"), ("Hi <think>no</think>you", "Hi you"),
    ("<think>a<think>b</think>Hello", "Hello"), ("<think>a</think><think>b</think>Hello", "Hello"), ("", ""),
    ("<think>a</thin</think>Hello", "Hello"), ("<b>Hello</b>", "<b>Hello</b>"), ("<<think>no</think>x", "<x"),
    ("<Thought>no</THOUGHT>Hello", "Hello"), ("<reflection>no</reflection>\nHello", "Hello"),
    ("<think duration=\"3\">no</think>Hello", "Hello"), ("◁think▷nein◁/think▷Hallo", "Hallo"),
    ("◁ and ▷ stay — as they are…", "◁ and ▷ stay — as they are…"), ("no◁/think▷Hello", "Hello"),
    ("<seed:think>no</seed:think>Hello", "Hello"), ("<thinking>no</thinking>Hello", "Hello"),
    ("<|START_THINKING|>no<|END_THINKING|><|START_RESPONSE|>Hello<|END_RESPONSE|>", "Hello"),
    ("<|begin_of_thought|>no<|end_of_thought|>\n<|begin_of_solution|>Hello<|end_of_solution|>", "Hello"),
    ("<|inner_prefix|>no<|inner_suffix|>Hello", "Hello"), ("<unused94>thought\nno<unused95>Hello", "Hello"),
    ("<|channel>thought\nno<channel|>Hello", "Hello"), ("<|channel>\nno\n<channel|>\nHello", "Hello"),
    ("<|think|>no<|end|><|begin|>assistant<|content|>Hello<|end|>", "Hello"),
    ("<details type=\"reasoning\" done=\"true\"><summary>3 s</summary>no</details>Hello", "Hello"),
    ("<think>no <answer>maybe</answer> no</think><answer>Hello</answer>", "Hello"),
    ("Here is my thought process:\nno\nHere is my response:\nHello", "Hello"),
    ("Here is my thought: it rains.", "Here is my thought: it rains."),
    ("<tool_call>{\"name\":\"look\"}</tool_call>Hello", "Hello"),
    ("<cot>no</cot>Hello", "Hello"), ("< think >no</ think >Hello", "Hello"),
    ("<planning\n>no</planning >Hello", "Hello"), ("<chain_of_thought>no</chain_of_thought>Hello", "Hello"),
    ("&lt;think&gt;no&lt;/think&gt;Hello", "Hello"), ("[Thought]no[/Thought] Hello", "Hello"),
    ("[Thinking] Well, sit.", "[Thinking] Well, sit."), ("**Thought:** no\n**Reply:** Hello", "Hello"),
    ("Reasoning: no\nFinal answer: Hello", "Hello"), ("Thinking: that is work.", "Thinking: that is work."),
    ("```reasoning\nno\n```\nHello", "Hello"),
    ("<details><summary>Thinking</summary>no</details>Hello", "Hello"),
    ("The mark is `<think>`, they say.", "The mark is `<think>`, they say."),
    ("<think>a<think>b</think>c</think>Hello", "Hello"),
    ("<think>a<think>b</think>c<think>d</think>e</think>Hello", "Hello"),
    ("<thinking>a <plan>b</plan> c</thinking>\nHello", "Hello"),
    ("<think>a<think>b<think>c</think>d</think>e</think>Hello", "Hello"),
    ("<think>\n<think>a</think>\nHello", "Hello"), ("<think><think>a</think></think>Hello", "Hello"),
    ("<think>I must close <think> first.</think>\n\nHello", "Hello"),
    ("<think>a<think>b</think>Hello<|im_end|>\n<|im_start|>user\nno", "Hello"),
    ("<think>a<think>b</think>c", "c"), ("<think>a<think>b", ""),
  ]

  private static let templates: [(text: String, expected: String)] = [
    ("Hello<|im_end|>", "Hello"), ("Hello<|im_end|>\n<|im_start|>user\nno", "Hello"),
    ("Hello</s>no", "Hello"),
    ("<|im_start|>assistant\nHello<|im_end|>", "Hello"),
    ("<|im_end|>\n<|im_start|>assistant\nHello", "Hello"),
    ("<|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user", "Hello"),
    ("<start_of_turn>model\nHello<end_of_turn>\n<start_of_turn>user\nno", "Hello"),
    ("<|turn>model\nHello<turn|>", "Hello"), ("Hello<|end|><|user|>no", "Hello"),
    ("<|assistant|>Hello", "Hello"),
    ("Hello [INST] no [/INST] no", "Hello "), ("[INST] no [/INST] Hello", "Hello"), ("<s>Hello</s>", "Hello"),
    ("<bos>Hello<eos>", "Hello"), ("Hello<|endoftext|>no", "Hello"), ("Hello<｜end▁of▁sentence｜>no", "Hello"),
    ("Hello<｜User｜>no<｜Assistant｜>no", "Hello"), ("Hello<|END_OF_TURN_TOKEN|>no", "Hello"),
    ("Hel<|reserved_special_token_3|>lo<unused6226>", "Hello"), ("[PAD][PAD]Hello[PAD]", "Hello"),
    ("<|im_start|>user\nno<|im_end|>\n<|im_start|>assistant\nHello", "Hello"), ("Hello<|eom_id|>", "Hello"),
    ("<|im_start|>Hello there, this is no heading", "Hello there, this is no heading"), ("x <| y", "x <| y"),
    ("a <|b c", "a <|b c"), ("<answer>Hello</answer> no", "Hello"), ("<pad>Hello", "Hello"),
    ("<|start_of_role|>assistant<|end_of_role|>Hello<|end_of_text|>", "Hello"),
    ("<|header_start|>assistant<|header_end|>\n\nHello<|eot|>", "Hello"),
    ("Hello[|endofturn|]\n[|user|]no", "Hello"), ("[gMASK]<sop>Hello<eop>", "Hello"),
    ("<extra_id_1>Assistant\nHello\n<extra_id_1>User\nno", "Hello\n"), ("Hello<SPECIAL_7>", "Hello"),
    ("Hello<im_end>", "Hello"), ("Hello<|im_en", "Hello"), ("Hello&lt;/s&gt;no", "Hello"),
    ("Hello<\\|im_end\\|>no", "Hello"), ("<reserved_107>Hello<reserved_106>no", "Hello"),
    ("Hel<0x6C>o<0x21>", "Hello!"), ("▁Hello▁there", "Hello there"), ("Hello[END]no", "Hello"),
    ("Hello<end_of_text>", "Hello"), ("Hello[e~[\n]~b]user\nno", "Hello"), ("<reply>Hello</reply>", "Hello"),
    ("<|im_assistant|>assistant<|im_middle|>Hello<|im_end|><|im_user|>user<|im_middle|>no", "Hello"),
  ]

  private static let channels: [(text: String, expected: String)] = [
    ("<|channel|>analysis<|message|>no<|end|><|start|>assistant<|channel|>final<|message|>Hello", "Hello"),
    ("<|channel|>final<|message|>Hello<|return|>", "Hello"), ("<|message|>Hello<|return|>no", "Hello"),
    ("<|channel|>commentary<|message|>no<|end|><|start|>assistant<|channel|>final<|message|>Hello", "Hello"),
    ("<|start|>assistant<|channel|>analysis<|message|>no<|channel|>final<|message|>Hello", "Hello"),
    ("<|channel|>final <|constrain|>text<|message|>Hello<|end|><|start|>user<|message|>no", "Hello"),
    ("analysisThe guest is wet.assistantfinalHello", "Hello"),
    ("analysis of tides is dull work", "analysis of tides is dull work"),
    ("<|channel|>analysis<|message|>no", ""),
  ]

  static let samples = reasoning + templates + channels

  @Test func `thought within thought is not shown while it comes`() {
    var filter = TemplateFilter()
    let pieces = ["<think>a", "<think>b</th", "ink>c ", "d</think>", "\nHel", "lo"]
    let shown = pieces.map { filter.push($0) } + [filter.finish()]
    #expect(shown == ["", "", "", "", "Hel", "lo", ""] && filter.text == "Hello")
    #expect(filter.removed.runs.joined().contains("c d"))
  }

  @Test(arguments: samples.indices)
  func `reasoning and marks are taken out, wherever the text is split`(index: Int) {
    let (text, expected) = Self.samples[index]
    let scalars = Array(text.unicodeScalars)
    for size in 1...max(scalars.count, 1) {
      let pieces = stride(from: 0, to: scalars.count, by: size).map {
        String(String.UnicodeScalarView(scalars[$0..<min($0 + size, scalars.count)]))
      }
      check(pieces, expected: expected)
    }
    for split in 0...scalars.count {
      check(
        [scalars[..<split], scalars[split...]].map { String(String.UnicodeScalarView($0)) },
        expected: expected)
    }
  }

  private func check(_ pieces: [String], expected: String) {
    var filter = TemplateFilter()
    let shown = pieces.map { filter.push($0) }.joined() + filter.finish()
    #expect(filter.text == expected, "\(pieces)")
    #expect(shown.hasSuffix(expected), "\(pieces)")
    // Where nothing said that reasoning had begun, it was shown.
    if !pieces.joined().hasPrefix("no") { #expect(shown == expected, "\(pieces)") }
  }

  @Test func `what is taken out is kept`() {
    var filter = TemplateFilter()
    _ = filter.push("<think>It rains.</think>Hello<|im_end|>\n<|im_start|>user\nAle!")
    _ = filter.finish()
    #expect(filter.removed.runs == ["<think>It rains.</think>", "<|im_end|>\n<|im_start|>user\nAle!"])
    var late = TemplateFilter()
    _ = late.push("It rains.</think>Hello")
    _ = late.finish()
    #expect(late.removed.runs == ["It rains.</think>"])
  }

  @Test func `no more is held back than what may become a mark`() {
    var filter = TemplateFilter()
    let pieces = ["Well", " <", "b>", " [TH", "ere] ", "<|", "x|> a"]
    #expect(pieces.map { filter.push($0) } == ["Well", " ", "<b>", " ", "[THere] ", "", " a"])
  }

  @Test func `a text of nothing but beginnings is read in time that grows with its length`() {
    for beginning in ["<", "[TH", "<|a", "<|im_start", "◁th", "<unused", "analysi"] {
      var filter = TemplateFilter()
      let text = String(repeating: beginning, count: 20_000)
      let shown = filter.push(text) + filter.finish()
      // The stream may be cut within the last.
      let isCut = beginning == "<|im_start"
      #expect(shown == (isCut ? String(text.dropLast(beginning.count)) : text), "\(beginning)")
    }
  }
}
