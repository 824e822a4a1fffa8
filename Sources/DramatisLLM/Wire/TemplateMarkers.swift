/// A mark that templates, tokenizers and habits of models leave in a text, by what it does there.
enum TemplateMarker: Hashable, Sendable {
  /// Reasoning begins.
  case beginsReasoning(Reasoning)
  /// Reasoning ends; where none had begun, all before was reasoning.
  case endsReasoning
  /// The turn of whoever speaks is over.
  case endsTurn
  /// A turn begins, and who speaks in it stands behind the mark.
  case beginsTurn
  /// A turn of the model's own begins.
  case beginsOwnTurn
  /// A turn of somebody else begins.
  case beginsOtherTurn
  /// A channel begins, the name of which stands behind the mark.
  case beginsChannel
  /// What stands behind a mark for its turn or channel is over.
  case endsHeading
  /// A word begins, as in the pieces of a tokenizer.
  case space
  /// It has no meaning for a reader.
  case empty

  /// What reasoning stands in.
  enum Reasoning: Hashable, Sendable {
    /// Between two tags.
    case tags
    /// In a channel or a turn, with which it ends.
    case channel
    /// Behind words that may mean nothing, so that it is none where its end never comes.
    case words
  }
}

extension TemplateMarker {
  /// Whether it says that somebody's turn begins or ends.
  var isAboutTurns: Bool {
    switch self {
    case .endsTurn, .beginsTurn, .beginsOwnTurn, .beginsOtherTurn: true
    default: false
    }
  }

  /// Names of what a model thinks, as tags have them.
  private static let thoughts = [
    "think", "thinking", "thought", "thoughts", "reason", "reasoning", "reflection", "analysis", "scratchpad",
    "seed:think", "antml:thinking", "longcat_think", "mm:think", "inner_monologue", "internal_monologue",
    "cot",
    "chain_of_thought", "plan", "planning", "thought_process", "thinking_process", "reasoning_content",
  ]
  /// What reasoning is called that stands between brackets or behind a fence.
  private static let bracketed = ["thinking", "thought", "thoughts", "reasoning"]

  /// Every mark that is known by its spelling, in small letters; none of them is the beginning of another.
  static let table: [(marker: TemplateMarker, spellings: [String])] = [
    (
      .beginsReasoning(.tags),
      thoughts.flatMap { ["<\($0)>", "<\($0) ", "<\($0)\n", "< \($0) >"] }
        + [
          "[think]", "◁think▷", "◁thinking▷", "<unused94>", "<tool_call>", "<|tool_call>", "<|inner_prefix|>",
          "<|tool_calls_section_begin|>", "<details type=\"reasoning\"",
          "<details><summary>thinking", "<details><summary>reasoning", "<details><summary>thought",
        ]
    ),
    // A stage direction may say as much, so that it is reasoning only where its end comes.
    (.beginsReasoning(.words), bracketed.map { "[\($0)]" }),
    (.beginsReasoning(.channel), ["<|channel>"]),
    (
      .endsReasoning,
      thoughts.flatMap { ["</\($0)>", "</\($0) >", "</ \($0)>", "</ \($0) >"] } + bracketed.map { "[/\($0)]" }
        + [
          "[/think]", "◁/think▷", "◁/thinking▷", "<channel|>", "</channel|>", "<unused95>", "</tool_call>",
          "<tool_call|>", "<|inner_suffix|>", "<|tool_calls_section_end|>", "</details>",
        ]
    ),
    (
      .endsTurn,
      [
        "</s>", "<eos>", "[eos]", "<end_of_turn>", "<turn|>", "<end_of_utterance>", "</answer>",
        "</response>", "</output>", "</reply>", "</line>", "</message>", "</final_answer>",
        "<eot>", "[eot]", "<eom>", "<eot_id>", "<end_of_text>", "<end_of_sentence>", "<im_end>", "|im_end|>",
        "<end>",
        "[end]", "<|im_end|>", "[|endofturn|]", "[e~[", "<reserved_106>", "<eop>", "<sep>",
        "<|return|>", "<|call|>", "<|flush|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|endofturn|>",
        "</assistant>",
      ]
    ),
    (
      .beginsTurn,
      [
        "<|im_start|>", "<|start_header_id|>", "<|start|>", "<|begin|>", "<start_of_turn>", "<|turn>",
        "<|role|>", "<|start_of_role|>", "<|header_start|>", "<|im_assistant|>", "<|im_user|>",
        "<|im_system|>", "]~b]",
      ]
    ),
    (
      .beginsOtherTurn,
      [
        "[inst]", "<<sys>>", "[system_prompt]", "[|user|]", "[|system|]", "<|user|>", "<|system|>",
        "<|human|>", "[available_tools]",
      ]
    ),
    (.beginsOwnTurn, ["[/inst]", "<assistant>", "[|assistant|]"]),
    (.space, ["▁"]),
    (.beginsChannel, ["<|channel|>"]),
    (
      .endsHeading,
      [
        "<|message|>", "<|end_header_id|>", "<|content|>", "<|im_middle|>", "<|role_end|>", "<|end_of_role|>",
        "<|header_end|>",
      ]
    ),
    (
      .empty,
      [
        "<s>", "<bos>", "[bos]", "<pad>", "[pad]", "<unk>", "[unk]", "[cls]", "[sep]", "<</sys>>",
        "[/system_prompt]", "<answer>", "<response>", "<output>", "<reply>", "<line>", "<final_answer>",
        "<|constrain|>", "[gmask]", "<sop>", "<reserved_107>",
      ]
    ),
  ]

  /// Reasoning that is told by words at the very start of a reply, where tokens were taken out of it.
  static let openingWords =
    ["analysis", "here is my thought process:", "here's my thought process:"]
    + ["thinking", "thought", "thoughts", "reasoning", "thought process"].flatMap {
      ["\($0):", "**\($0):**", "**\($0)**:"]
    }
    + bracketed.map { "```\($0)\n" }
  /// What ends reasoning that began with such words.
  static let closingWords =
    ["assistantfinal", "here is my response:", "here's my response:", "```"]
    + ["response", "answer", "reply", "final answer", "line"].flatMap {
      ["\n\($0):", "**\($0):**", "**\($0)**:"]
    }

  /// How marks begin of which any name can follow up to a `>`.
  static let openSpellings = ["<|", "<｜", "<unused", "<special_", "<extra_id_", "<0x"]

  /// The byte that a tokenizer wrote out, as in `<0x0A>`.
  static func byte(of mark: [UInt8]) -> UInt8? {
    guard mark.count == 6, mark.starts(with: Array("<0x".utf8)), mark[5] == UInt8(ascii: ">") else {
      return nil
    }
    return UInt8(String(decoding: mark[3...4], as: UTF8.self), radix: 16)
  }

  /// A spelling as it stands in a text that was written for a web page, or in which signs are escaped.
  static func escaped(_ spelling: String) -> [String] {
    var forms: [String] = []
    if spelling.contains("<") {
      forms.append(spelling.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
    }
    if spelling.contains("|") { forms.append(spelling.replacing("|", with: "\\|")) }
    return forms
  }

  /// What a mark means that is in no table, by the words of its name: no text for readers has any such mark.
  init(named name: String) {
    let letters = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let isEnd = name.contains("/") || letters.contains { $0.hasPrefix("end") || Self.ends.contains($0) }
    if letters.contains(where: Self.thoughts.contains) {
      self = isEnd ? .endsReasoning : .beginsReasoning(.channel)
    } else if isEnd {
      self = .endsTurn
    } else if letters.first == "extra" {
      self = .beginsTurn
    } else if letters.contains(where: Self.ownRoles.contains) {
      self = .beginsOwnTurn
    } else if letters.contains(where: Self.others.contains) {
      self = .beginsOtherTurn
    } else {
      self = .empty
    }
  }

  private static let ends: Set = ["eot", "eos", "eom", "eod", "stop", "eoa", "eoh"]
  private static let others: Set = [
    "user", "human", "system", "observation", "environment", "tool", "instruction",
  ]
  /// Who speaks in a turn of the model's own.
  static let ownRoles: Set = ["assistant", "model", "bot", "chatbot", "gpt", "ai"]

  /// Whose turn a heading says it is: the model's own, somebody else's, or nobody's where it is no heading.
  static func isOwn(role: String) -> Bool? {
    ownRoles.contains(role) ? true : others.contains(role) ? false : nil
  }
}

/// All marks as a tree of their bytes, in which small and capital letters are the same.
struct MarkerTree: Sendable {
  /// A node with the bytes that lead on, and the marker that ends in it.
  private struct Node: Sendable {
    var next: [(byte: UInt8, node: Int)] = []
    var marker: TemplateMarker?
    /// Whether a mark has begun that may have any name.
    var isOpen = false
  }

  /// Anywhere in a text.
  static let anywhere = MarkerTree()
  /// Before anything was said.
  static let atStart = MarkerTree(with: TemplateMarker.openingWords, for: .beginsReasoning(.words))
  /// Within reasoning that is told by words.
  static let inWords = MarkerTree(with: TemplateMarker.closingWords, for: .endsReasoning)

  static let root = 0
  private var nodes = [Node()]

  private init(with words: [String] = [], for marker: TemplateMarker = .empty) {
    // First, for what is inserted below a node is open where that is.
    for spelling in TemplateMarker.openSpellings {
      let node = insert(spelling)
      nodes[node].isOpen = true
    }
    for (marker, spellings) in TemplateMarker.table {
      for spelling in spellings {
        mark(spelling, as: marker)
        for form in TemplateMarker.escaped(spelling) { mark(form, as: marker) }
      }
    }
    for word in words { mark(word, as: marker) }
  }

  private mutating func mark(_ spelling: String, as marker: TemplateMarker) {
    let node = insert(spelling)
    nodes[node].marker = marker
  }

  /// The node of a spelling, which is made where there is none.
  private mutating func insert(_ spelling: String) -> Int {
    spelling.utf8.reduce(Self.root) { node, byte in
      if let next = step(from: node, by: byte) { return next }
      nodes.append(Node(isOpen: nodes[node].isOpen))
      nodes[node].next.append((byte, nodes.count - 1))
      return nodes.count - 1
    }
  }

  /// The node to which a byte leads; nil where no mark goes on with it.
  func step(from node: Int, by byte: UInt8) -> Int? {
    let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    return nodes[node].next.first { $0.byte == small }?.node
  }

  /// The marker that ends in a node.
  func marker(at node: Int) -> TemplateMarker? { nodes[node].marker }

  /// Whether the mark that led to a node may have any name.
  func isOpen(at node: Int) -> Bool { nodes[node].isOpen }
}
