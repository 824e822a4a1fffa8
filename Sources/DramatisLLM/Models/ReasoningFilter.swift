/// Takes reasoning out of a text that comes in pieces, for services that leave it there.
///
/// A block begins with a tag such as `<think>` and ends with its counterpart. A counterpart alone means that all
/// before it was reasoning: some prompts end with the opening tag.
struct ReasoningFilter {
  private static let names = ["think", "thinking", "thought", "reasoning"]
  private static let opening = names.map { "<\($0)>" } + ["[THINK]"]
  private static let closing = names.map { "</\($0)>" } + ["[/THINK]"]
  private static let longest = 12

  /// All that is no reasoning.
  private(set) var text = ""
  private var pending = ""
  /// The tag that ends the block we are in.
  private var end: String?

  /// Takes a piece and returns what can be shown.
  mutating func take(_ piece: String) -> String {
    let mayHoldTag = piece.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") }
    if end == nil, pending.isEmpty, !mayHoldTag { return show(piece) }
    pending += piece
    var shown = ""
    while let tag = nextTag() { shown += pass(tag) }
    let held = heldBack
    if end == nil { shown += show(String(pending.dropLast(held))) }
    pending = String(pending.suffix(held))
    return shown
  }

  /// Returns what was held back in case it should become a tag.
  mutating func finish() -> String {
    defer { pending = "" }
    return end == nil ? show(pending) : ""
  }

  private func nextTag() -> (range: Range<String.Index>, tag: String)? {
    let tags = end.map { [$0] } ?? Self.opening + Self.closing
    let found = tags.compactMap { tag in pending.firstRange(of: tag).map { (range: $0, tag: tag) } }
    return found.min { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func pass(_ found: (range: Range<String.Index>, tag: String)) -> String {
    defer { pending = String(pending[found.range.upperBound...]) }
    if end != nil {
      end = nil
      return ""
    }
    if let index = Self.opening.firstIndex(of: found.tag) {
      end = Self.closing[index]
      return show(String(pending[..<found.range.lowerBound]))
    }
    text = ""
    return ""
  }

  /// How many characters at the end could be the beginning of a tag.
  private var heldBack: Int {
    let tags = end.map { [$0] } ?? Self.opening + Self.closing
    for count in stride(from: min(Self.longest, pending.count), to: 0, by: -1) {
      let suffix = pending.suffix(count)
      if tags.contains(where: { $0.hasPrefix(suffix) }) { return count }
    }
    return 0
  }

  /// Drops the space with which a reply begins, or that follows the reasoning before it.
  private mutating func show(_ piece: String) -> String {
    let shown = text.isEmpty ? String(piece.drop { $0.isWhitespace }) : piece
    text += shown
    return shown
  }
}
