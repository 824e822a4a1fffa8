import Dramatis

/// Finds texts that tell a language model to forget what it was told, where they would reach its prompt.
///
/// Cues are never part of a prompt, and looking for such words in what players say is a good use of them. What the character
/// says without a model is dialogue, in which soldiers and nurses talk like that. Where a commitment was found is for people.
enum InstructionToModel: LintRule {
  static let code = DiagnosticCode(
    "L022", name: "instruction-to-model", severity: .warning,
    summary: "A text that tells the model to forget its instructions.")
  static let looksAtStories = true
  private static let exempt = ["cues", "counter-cues", "say", "source"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for node in withoutLines(context.layout.root) {
      forEachText(in: node) { scalar in
        if let range = InstructionScan(scalar.text).first() {
          found.append(diagnostic(context.file.span(of: range, in: scalar)))
        }
      }
    }
    return found
  }

  private static func diagnostic(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code, message: "this text tells the model what to do with its instructions", at: span,
      label: "it would reach the prompt", help: ["say what the character does, or remove it"])
  }

  /// Calls for the texts of a document but for exempt keys, no deeper than a document nests.
  private static func forEachText(in node: Node, _ body: (Scalar) -> Void) {
    switch node.content {
    case .scalar(let scalar): body(scalar)
    case .sequence(let nodes): for node in nodes { forEachText(in: node, body) }
    case .mapping(let entries):
      for entry in entries where !exempt.contains(entry.key.text) { forEachText(in: entry.value, body) }
    }
  }

  /// A document without the lines that are mere texts.
  private static func withoutLines(_ root: Node) -> [Node] {
    root.entries.flatMap { entry in
      entry.key.text == ProfileKeys.keys.lines.name ? entry.value.elements.filter(\.isMapping) : [entry.value]
    }
  }
}

/// Looks through a text for the common ways to override a model's instructions.
///
/// Two things count: an imperative such as "ignore all previous instructions", and the marks with which chat templates
/// begin a turn of the system. Only ASCII letters are looked at, in either case.
struct InstructionScan {
  private struct Word {
    let range: Range<Int>
    /// Whether a sentence or a quotation begins here.
    let isFirst: Bool
  }

  private static let verbs: Set<String> = ["ignore", "disregard", "forget", "override", "bypass", "discard"]
  private static let disclosing: Set<String> = ["reveal", "print", "repeat", "output", "show"]
  /// All that such an imperative begins with.
  private static let openers = verbs.union(disclosing).sorted().map { Array($0.utf8) }
  private static let things: Set<String> = ["instruction", "instructions", "prompt", "prompts"]
  private static let wideThings: Set<String> = [
    "directions", "guidelines", "rules", "context", "messages", "text",
  ]
  private static let earlier: Set<String> = [
    "previous", "prior", "above", "earlier", "preceding", "foregoing", "system", "original", "initial",
  ]
  private static let all: Set<String> = ["all", "any", "every", "your", "these", "those"]
  private static let leading: Set<String> = [
    "please", "now", "and", "then", "must", "should", "just", "instead", "immediately",
  ]
  private static let marks = [
    "<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|eot_id|>",
    "[inst]", "[/inst]", "<<sys>>", "<system>", "</system>", "### instruction", "### system",
  ].map { Array($0.utf8) }
  /// How many words may stand between the verb and what it is about.
  private static let reach = 6

  private let bytes: [UInt8]

  init(_ text: String) {
    var bytes = Array(text.utf8)
    for place in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[place]) {
      bytes[place] |= 0x20
    }
    self.bytes = bytes
  }

  /// The bytes of the first instruction; nil where there is none.
  func first() -> Range<Int>? {
    firstMark() ?? firstImperative()
  }

  private func firstMark() -> Range<Int>? {
    for start in bytes.indices where bytes[start].beginsMark {
      if let mark = Self.marks.first(where: { bytes[start...].starts(with: $0) }) {
        return start..<(start + mark.count)
      }
    }
    return nil
  }

  private func firstImperative() -> Range<Int>? {
    let words = words()
    for (index, word) in words.enumerated() where isOpener(word) {
      guard word.isFirst || index > 0 && Self.leading.contains(text(of: words[index - 1])) else { continue }
      let rest = words[(index + 1)...].prefix(Self.reach).prefix { !$0.isFirst }
      if let end = Self.object(in: rest.map(text(of:)), Self.disclosing.contains(text(of: word))) {
        return word.range.lowerBound..<words[index + 1 + end].range.upperBound
      }
    }
    return nil
  }

  /// The word among those after a verb that says that it is about a model's instructions.
  private static func object(in words: [String], _ isDisclosing: Bool) -> Int? {
    if isDisclosing {
      guard let thing = words.firstIndex(where: things.contains) else { return nil }
      return words[..<thing].contains("system") ? thing : nil
    }
    guard let thing = words.firstIndex(where: { things.contains($0) || wideThings.contains($0) }) else {
      return nil
    }
    let before = words[...thing]
    if before.contains(where: earlier.contains) { return thing }
    return things.contains(words[thing]) && before.contains(where: all.contains) ? thing : nil
  }

  /// Compares bytes, since few words of a text are worth a string.
  private func isOpener(_ word: Word) -> Bool {
    Self.openers.contains { $0.count == word.range.count && bytes[word.range].elementsEqual($0) }
  }

  private func text(of word: Word) -> String { String(decoding: bytes[word.range], as: UTF8.self) }

  private func words() -> [Word] {
    var words: [Word] = []
    words.reserveCapacity(bytes.count / 5 + 1)
    var position = 0
    var isFirst = true
    while position < bytes.count {
      guard bytes[position].isLowerLetter else {
        if !bytes[position].isSpace { isFirst = true }
        position += 1
        continue
      }
      let start = position
      while position < bytes.count, bytes[position].isLowerLetter { position += 1 }
      words.append(Word(range: start..<position, isFirst: isFirst))
      isFirst = false
    }
    return words
  }
}

extension UInt8 {
  fileprivate var isLowerLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

  fileprivate var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A }

  /// Whether a mark of a chat template can begin here.
  fileprivate var beginsMark: Bool {
    self == UInt8(ascii: "<") || self == UInt8(ascii: "[") || self == UInt8(ascii: "#")
  }
}
