import Dramatis
import DramatisCompiler
import DramatisLLM

/// Writes what was found of an endpoint into the file of endpoints, and leaves all else there byte for byte as it is.
struct ConfigurationWriter {
  /// A key with its value as it is written.
  struct Setting: Hashable {
    let key: String
    let value: String

    init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }

    /// A value that is a text, in quotes where it could be read as something else.
    init(_ key: String, text: String) {
      let isPlain =
        text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._/:".contains($0)) }
        && text.first?.isLetter == true && !text.contains(": ") && text.last != ":"
      self.init(key, isPlain ? text : JSONValue.string(text).spelled)
    }
  }

  /// What is changed.
  struct Change {
    let text: String
    /// The lines that are new.
    let added: [String]
    /// The keys that stand there already and stay as they are.
    let kept: [String]
  }

  private let file: SourceFile
  private let root: Node?
  private let before: ModelConfiguration

  /// - Throws: ``Failure`` at the first mistake of the file.
  init(_ bytes: [UInt8], name: String) throws(Failure) {
    before = try ModelConfiguration(bytes, name: name)
    let reading = DocumentReader().read(name: name, bytes: bytes)
    (file, root) = (reading.file, reading.root)
  }

  /// The file with settings of an endpoint, which is made where it is not there; what a person wrote stays.
  ///
  /// - Parameter place: What a new endpoint says besides.
  /// - Throws: ``Failure`` with the lines to add by hand where the file is laid out in a way that leaves no place for them.
  func adding(_ settings: [Setting], to name: String, at place: [Setting]) throws(Failure) -> Change {
    let known = before.endpoints[name] == nil ? [] : keys(of: entry(name))
    let new = settings.filter { !known.contains($0.key) }
    let kept = settings.map(\.key).filter(known.contains)
    let added = known.isEmpty ? place + new : new
    guard !added.isEmpty else { return Change(text: file.text, added: [], kept: kept) }
    let change = known.isEmpty ? insertion(of: added, as: name) : insertion(of: added, into: entry(name))
    guard let (offset, lines) = change, let text = inserting(lines, at: offset),
      isRight(text, with: added, in: name)
    else {
      let lines = (["\(Setting(name, text: name).value):"] + added.map { "  \($0.key): \($0.value)" })
      throw Failure(
        "\(file.name.oneLine) is laid out so that nothing was written; put these under 'endpoints':\n"
          + lines.joined(separator: "\n"), .input)
    }
    return Change(text: text, added: lines, kept: kept)
  }

  // MARK: Where it goes

  private func value(of key: String, in node: Node?) -> Node? {
    guard case .mapping(let entries)? = node?.content else { return nil }
    return entries.first { if case .scalar(let name) = $0.key.content { name.text == key } else { false } }?
      .value
  }

  private func entry(_ name: String) -> Node? { value(of: name, in: value(of: "endpoints", in: root)) }

  private func keys(of node: Node?) -> [String] {
    guard case .mapping(let entries)? = node?.content else { return [] }
    return entries.compactMap { if case .scalar(let name) = $0.key.content { name.text } else { nil } }
  }

  /// Behind the last key of an endpoint.
  private func insertion(of settings: [Setting], into node: Node?) -> (offset: Int, lines: [String])? {
    guard let node, case .mapping(let entries) = node.content, let first = entries.first else { return nil }
    let indent = String(repeating: " ", count: first.key.span.start.column - 1)
    return (end(of: node), settings.map { "\(indent)\($0.key): \($0.value)" })
  }

  /// Behind the last endpoint, or at the end of a file that has none.
  private func insertion(of settings: [Setting], as name: String) -> (offset: Int, lines: [String])? {
    var lines = ["\(Setting(name, text: name).value):"] + settings.map { "  \($0.key): \($0.value)" }
    let endpoints = value(of: "endpoints", in: root)
    if let endpoints {
      guard case .mapping(let entries) = endpoints.content, let first = entries.first else { return nil }
      let indent = String(repeating: " ", count: first.key.span.start.column - 1)
      return (end(of: endpoints), lines.map { indent + $0 })
    }
    lines = ["endpoints:"] + lines.map { "  \($0)" }
    return (root.map { end(of: $0) } ?? file.text.utf8.count, lines)
  }

  /// Where the last line of a node ends, as far as something of it stands there.
  private func end(of node: Node) -> Int {
    switch node.content {
    case .scalar(let scalar): scalar.span.end.offset
    case .sequence(let nodes): nodes.last.map { end(of: $0) } ?? node.span.end.offset
    case .mapping(let entries): entries.last.map { end(of: $0.value) } ?? node.span.end.offset
    }
  }

  /// The text with lines below the one that holds a place; nil where that place is none.
  private func inserting(_ lines: [String], at offset: Int) -> String? {
    let bytes = Array(file.text.utf8)
    guard offset <= bytes.count else { return nil }
    var place = offset
    let isLineStart = place == 0 || bytes[place - 1] == 0x0A
    if !isLineStart { while place < bytes.count, bytes[place] != 0x0A { place += 1 } }
    if !isLineStart, place < bytes.count { place += 1 }
    let ending = file.text.contains("\r\n") ? "\r\n" : "\n"
    let isOpen = place > 0 && bytes[place - 1] != 0x0A
    let text = (isOpen ? ending : "") + lines.map { $0 + ending }.joined()
    return String(decoding: bytes[..<place] + Array(text.utf8) + bytes[place...], as: UTF8.self)
  }

  /// Whether a text says of one endpoint what it is to say, and of all else what it said before.
  private func isRight(_ text: String, with settings: [Setting], in name: String) -> Bool {
    guard var after = try? ModelConfiguration(Array(text.utf8), name: file.name),
      let written = after.endpoints[name]
    else { return false }
    let alone =
      "endpoints: {x: {base-url: x, \(settings.filter { $0.key != "base-url" }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}}"
    guard let wanted = try? ModelConfiguration(Array(alone.utf8), name: "x").endpoints["x"] else {
      return false
    }
    var expected = before.endpoints[name] ?? wanted
    expected.take(wanted)
    expected.address = before.endpoints[name]?.address ?? written.address
    after.endpoints[name] = before.endpoints[name]
    return written == expected && after.endpoints == before.endpoints && after.standard == before.standard
  }
}

extension EndpointEntry {
  /// Takes over what another one says and a doctor writes.
  fileprivate mutating func take(_ other: EndpointEntry) {
    dialect = other.dialect ?? dialect
    model = other.model ?? model
    promptForm = other.promptForm ?? promptForm
    atOnce = other.atOnce ?? atOnce
    contextTokens = other.contextTokens ?? contextTokens
    if other.key != .none { key = other.key }
  }
}
