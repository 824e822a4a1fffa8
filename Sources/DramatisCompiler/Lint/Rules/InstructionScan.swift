/// Looks through a text for the common ways to override a model's instructions.
///
/// Two things count: an imperative such as "ignore all previous instructions", and the marks with which chat templates
/// begin a turn of the system. Only ASCII letters are looked at, in either case.
struct InstructionScan {
  private struct Word {
    let text: String
    let range: Range<Int>
    /// Whether a sentence or a quotation begins here.
    let isFirst: Bool
  }

  private static let verbs: Set<String> = ["ignore", "disregard", "forget", "override", "bypass", "discard"]
  private static let disclosing: Set<String> = ["reveal", "print", "repeat", "output", "show"]
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
    bytes = text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  /// The bytes of the first instruction; nil where there is none.
  mutating func first() -> Range<Int>? {
    firstMark() ?? firstImperative()
  }

  private func firstMark() -> Range<Int>? {
    for start in bytes.indices
    where [UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "#")].contains(bytes[start]) {
      if let mark = Self.marks.first(where: { bytes[start...].starts(with: $0) }) {
        return start..<(start + mark.count)
      }
    }
    return nil
  }

  private func firstImperative() -> Range<Int>? {
    let words = words()
    for (index, word) in words.enumerated() {
      let isDisclosing = Self.disclosing.contains(word.text)
      guard isDisclosing || Self.verbs.contains(word.text) else { continue }
      guard word.isFirst || index > 0 && Self.leading.contains(words[index - 1].text) else { continue }
      let rest = words[(index + 1)...].prefix(Self.reach).prefix { !$0.isFirst }
      if let end = Self.object(in: rest.map(\.text), isDisclosing) {
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

  private func words() -> [Word] {
    var words: [Word] = []
    var position = 0
    var isFirst = true
    while position < bytes.count {
      guard bytes[position].isLowerLetter else {
        if ![0x20, 0x09, 0x0A].contains(bytes[position]) { isFirst = true }
        position += 1
        continue
      }
      let end = bytes[position...].firstIndex { !$0.isLowerLetter } ?? bytes.count
      words.append(
        Word(
          text: String(decoding: bytes[position..<end], as: UTF8.self), range: position..<end,
          isFirst: isFirst))
      isFirst = false
      position = end
    }
    return words
  }
}

extension UInt8 {
  fileprivate var isLowerLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
