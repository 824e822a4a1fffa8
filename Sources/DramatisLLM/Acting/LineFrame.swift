import Dramatis

/// All that is known of a line before it comes, so that it can be told from what does not belong to it.
struct LineFrame: Sendable {
  let names: SpeakerNames
  /// The lines of the direction as they are compared, without what marks them as a list.
  let direction: [DirectedLine]

  /// A line of the direction.
  struct DirectedLine: Sendable {
    let folded: [Unicode.Scalar]
    /// Whether it is taken for an echo only where it is marked as part of a list: a character may say as much.
    let needsBullet: Bool
  }

  /// - Parameters:
  ///   - others: Everybody else who is known by name.
  ///   - heading: With what the direction begins.
  ///   - direction: The lines of the direction, marked as a list.
  init(of program: Program, others: [String] = [], heading: String = "", direction: [String] = []) {
    names = SpeakerNames(of: program, others: others, direction: heading)
    let machines = program.machines.flatMap { ["- \($0.name):", "- \($0.name), "] }
    self.direction = direction.map { line in
      let text = line.unicodeScalars.drop { "-[ ".unicodeScalars.contains($0) }
      let end = text.lastIndex { $0 != "]" && $0 != " " }.map { text.index(after: $0) } ?? text.startIndex
      return DirectedLine(
        folded: text[..<end].map(\.labelled), needsBullet: !machines.contains { line.hasPrefix($0) })
    }.filter { $0.folded.count > 8 }
  }
}

extension LineFrame {
  /// With what a model announces a reply instead of giving it.
  private static let announcements = [
    "sure", "certainly", "of course", "okay", "here is", "here's", "absolutely", "```",
  ]
  .map { $0.unicodeScalars.map(\.labelled) }
  /// What the text of a reply is called in an object.
  private static let texts = [
    "line", "reply", "response", "answer", "text", "message", "content", "dialogue", "speech", "output",
  ]

  /// The reply that a model wrapped in an object; nil where no text of it is known to be that.
  func reply(in text: String) -> String? {
    guard case .object(let members)? = LooseJSON.values(in: text).first else { return nil }
    let only = members.count == 1 ? members.first?.value.text : nil
    return only ?? Self.texts.lazy.compactMap { name in members.first { $0.name == name }?.value.text }.first
  }

  private static let announced = ["reply", "response", "line", "answer", "in character"]

  /// Whether a text may come to announce the reply.
  func mayPreface(_ text: [Unicode.Scalar]) -> Bool {
    Self.announcements.contains { zip($0, text).allSatisfy { $0 == $1 } }
  }

  /// Whether a line announces the reply: it ends with a colon and names the reply, or opens a fence.
  func isPreface(_ text: [Unicode.Scalar]) -> Bool {
    guard text.last == "\n" else { return false }
    if text.starts(with: "```".unicodeScalars) { return text.dropLast().allSatisfy { $0.value > 0x20 } }
    guard text.last(where: { !$0.properties.isWhitespace }) == ":" else { return false }
    let line = String(String.UnicodeScalarView(text))
    return Self.announced.contains { line.contains($0) }
  }
}
