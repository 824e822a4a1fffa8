import Dramatis
import DramatisCompiler

/// The trees of a character as a profile, with what each statement and gate rests on.
public struct InducedProfile: Hashable, Sendable {
  /// A tree with its topic.
  public struct Part: Hashable, Sendable {
    /// Which side of the character it is about.
    public let topic: InductionTopic
    /// The tree.
    public let tree: InducedTree

    /// Makes a part.
    public init(_ topic: InductionTopic, _ tree: InducedTree) {
      self.topic = topic
      self.tree = tree
    }
  }

  /// Who it is about.
  public let character: String
  /// The trees in order; those without a statement are left out.
  public let parts: [Part]
  /// How they were made, in words.
  public let method: String

  /// Makes a profile.
  public init(of character: String, _ parts: [Part], method: String) {
    self.character = character
    self.parts = parts.filter { !$0.tree.isEmpty }
    self.method = method
  }

  /// Whether there is no statement in it.
  public var isEmpty: Bool { parts.isEmpty }

  private static let mark = "# Induced by dramatis; "

  /// The text of a file, which says in its first line whether anybody has changed it since.
  public var yaml: String {
    var entries: [YAMLValue.KeyValue] = [("dramatis", "1"), ("character", .quoted(character))]
    if !parts.isEmpty {
      entries.append(("behavior", .mapping(parts.map(Self.topic))))
      entries.append(("provenance", .list(sources)))
    }
    let text = "# \(method.oneLine)\n" + YAMLWriter.text(of: entries)
    return "\(Self.mark)unchanged as long as this is \(Self.digest(of: text))\n" + text
  }

  /// Whether a file was written by ``yaml`` and changed by nobody, so that it may be written anew.
  public static func isUnchanged(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix(mark), let end = text.firstIndex(of: "\n") else { return false }
    return text[..<end].hasSuffix(digest(of: text[text.index(after: end)...]))
  }

  private static func digest(of text: some StringProtocol) -> String {
    String(SHA256.hex(text.utf8).prefix(16))
  }

  private static func topic(_ part: Part) -> YAMLValue.KeyValue {
    let items = YAMLValue.list(items(of: part.tree))
    guard let partner = part.topic.partner else { return (.quoted(part.topic.name), items) }
    let entries: [YAMLValue.KeyValue] = [("with", .quoted(partner)), ("statements", items)]
    return (.quoted(part.topic.name), .mapping(entries))
  }

  /// The depth of a tree is bounded, so the recursion is.
  private static func items(of tree: InducedTree) -> [YAMLValue] {
    tree.statements.map { .quoted($0.text) }
      + tree.gates.map { gate in
        let entries: [YAMLValue.KeyValue] = [
          ("when", .quoted(condition(gate.question))), ("then", .list(items(of: gate.child))),
        ]
        return .mapping(entries)
      }
  }

  private static func condition(_ question: String) -> String { "ask(\(question.conditionQuoted))" }

  private var sources: [YAMLValue] {
    parts.flatMap { part in Self.sources(of: part.tree, in: part.topic.name) }
  }

  private static func sources(of tree: InducedTree, in topic: String) -> [YAMLValue] {
    tree.statements.map { source("statement", named: $0.text, $0.evidence, in: topic) }
      + tree.gates.flatMap { gate in
        [source("gate", named: condition(gate.question), gate.evidence, in: topic)]
          + sources(of: gate.child, in: topic)
      }
  }

  private static func source(
    _ item: String, named name: String, _ evidence: Evidence, in topic: String
  ) -> YAMLValue {
    var entries: [YAMLValue.KeyValue] = [("of", .plain(item)), ("name", YAMLValue.quoted(name))]
    if !evidence.examples.isEmpty {
      entries.append(("at", .quoted("pairs \(evidence.examples.map(\.oneLine).joined(separator: ", "))")))
    }
    entries.append(("evidence", .quoted("\(topic.oneLine): \(evidence.summary)")))
    return .mapping(entries)
  }
}

extension Evidence {
  /// The figures on one line.
  public var summary: String {
    "support \(support) of \(pairs) pairs, precision \(precision.twoDigits), breadth \(breadth.twoDigits)"
  }
}

extension InducedProfile {
  /// Why trees cannot be put into a profile that is there.
  public struct MergeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in a sentence without a full stop.
    public let description: String
  }

  /// What came of putting trees into a profile.
  public struct Merge: Hashable, Sendable {
    /// The whole file; every byte that was there is still there.
    public let text: String
    /// The topics that were put in, and those that were there already and stay as they are.
    public let added, kept: [String]
  }

  /// Puts the trees into a profile, below those that are there; a topic that is there stays as somebody wrote it.
  ///
  /// - Throws: ``MergeError`` where the profile does not compile, is about somebody else, or has `behavior` or `provenance`
  ///   in braces.
  public func merged(into bytes: [UInt8], name: String) throws(MergeError) -> Merge {
    let before = Compilation(of: bytes, name: name)
    guard let program = before.program else {
      throw MergeError(description: "\(name.oneLine) does not validate; mend it first")
    }
    guard program.character.folded() == character.folded() else {
      throw MergeError(
        description:
          "\(name.oneLine) is about \(program.character.oneLine) and not about \(character.oneLine)")
    }
    let there = Set(program.topics.map(\.name))
    let new = InducedProfile(
      of: character, parts.filter { !there.contains($0.topic.name) }, method: method)
    let kept = parts.map(\.topic.name).filter(there.contains)
    guard !new.isEmpty else {
      return Merge(text: String(decoding: bytes, as: UTF8.self), added: [], kept: kept)
    }
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    try Self.insert(.mapping(new.parts.map(Self.topic)), below: "behavior", in: &lines)
    try Self.insert(.list(new.sources), below: "provenance", in: &lines)
    let text = lines.joined(separator: "\n") + "\n"
    let after = Compilation(of: Array(text.utf8), name: name)
    guard let merged = after.program, merged.topics.count == program.topics.count + new.parts.count else {
      throw MergeError(
        description: "the trees do not fit into \(name.oneLine) as it is written; give -o and copy them")
    }
    return Merge(text: text, added: new.parts.map(\.topic.name), kept: kept)
  }

  /// Writes entries at the end of a block, indented as it is; the block is made at the end of the file where it is missing.
  private static func insert(
    _ value: YAMLValue, below key: String, in lines: inout [String]
  ) throws(MergeError) {
    var writer = YAMLWriter()
    writer.write([(.plain(key), value)])
    var written = writer.text.split(separator: "\n").map(String.init)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("\(key):") }) else { return lines += written }
    let rest = lines[start].dropFirst(key.count + 1).trimmingPrefix(while: \.isWhitespace)
    guard rest.isEmpty || rest.hasPrefix("#") else {
      throw MergeError(description: "'\(key)' stands on one line; write it over several lines first")
    }
    let end = lines[(start + 1)...].firstIndex { line in
      line.first.map { !$0.isWhitespace && $0 != "#" && $0 != "-" } ?? false
    }
    let block = lines[(start + 1)..<(end ?? lines.count)]
    let last = block.lastIndex { $0.contains { !$0.isWhitespace } && !$0.hasPrefix("#") } ?? start
    let first = block.first {
      $0.contains { !$0.isWhitespace } && $0.drop(while: \.isWhitespace).first != "#"
    }
    let indent = first.map { $0.prefix { $0 == " " }.count } ?? 2
    written = written.dropFirst().map { String(repeating: " ", count: indent) + $0.dropFirst(2) }
    lines.insert(contentsOf: written, at: last + 1)
  }
}
