import Dramatis

/// Builds nodes out of libyaml's events.
struct TreeBuilder {
  /// Reading cannot go on; why has been reported.
  private struct Stop: Error {}

  private let file: SourceFile
  private let limits: ReadLimits
  private(set) var root: Node?
  private(set) var diagnostics: [Diagnostic] = []
  /// Why libyaml gave up; nil where it did not.
  private(set) var problem: SyntaxProblem?
  private var open: [OpenCollection] = []
  private var anchors = AnchorTable()
  private var nodeCount = 0
  private var aliasBytes = 0
  private var documentCount = 0

  init(file: SourceFile, limits: ReadLimits) {
    self.file = file
    self.limits = limits
  }

  /// False if reading stopped before the end of the first document.
  mutating func build(from input: UnsafeBufferPointer<UInt8>) -> Bool {
    do throws(Stop) {
      try read(input)
      return true
    } catch {
      return false
    }
  }

  private mutating func read(_ input: UnsafeBufferPointer<UInt8>) throws(Stop) {
    guard var events = EventStream(input) else {
      throw stop(Diagnostic(.yamlSyntax, message: "there is not enough memory"))
    }
    var goesOn = true
    while goesOn {
      goesOn = try add(try next(&events))
    }
    if root == nil, documentCount < 2 { report { $0.emptyFile } }
    // A name that is misspelt where it should be repeated is one mistake.
    guard diagnostics.isEmpty else { return }
    for anchor in anchors.unused { report { $0.unusedAnchor(anchor.name, at: anchor.place) } }
  }

  private mutating func next(_ events: inout EventStream) throws(Stop) -> YAMLEvent {
    do throws(SyntaxProblem) {
      return try events.next()
    } catch {
      problem = error
      throw Stop()
    }
  }

  /// False at the end of what is read.
  private mutating func add(_ event: YAMLEvent) throws(Stop) -> Bool {
    switch event.kind {
    case .documentStart: return startDocument(event)
    case .streamEnd: return false
    case .alias(let name): try addAlias(name, at: place(of: event))
    case .scalar(let text, let style): try addScalar(text, as: style, from: event)
    case .sequenceStart: try beginCollection(event, isMapping: false)
    case .mappingStart: try beginCollection(event, isMapping: true)
    case .collectionEnd: endCollection(at: place(of: event))
    case .documentEnd, .other: break
    }
    return true
  }

  private mutating func startDocument(_ event: YAMLEvent) -> Bool {
    documentCount += 1
    if documentCount > 1 { report { $0.severalDocuments(at: $0.place(of: event)) } }
    return documentCount == 1
  }

  private mutating func addScalar(
    _ text: String, as style: ScalarStyle, from event: YAMLEvent
  ) throws(Stop) {
    let place = place(of: event)
    let first = place.isEmpty ? 0 : file.bytes[place.lowerBound]
    let isMarked = first == UInt8(ascii: "&") || first == UInt8(ascii: "!")
    let content = isMarked ? contentStart(of: event, in: place) : place.lowerBound
    try count(1, at: place)
    let own = content..<place.upperBound
    if open.isEmpty, own.isEmpty, event.anchor == nil, !isMarked { return }
    let node =
      isMarked && event.hasTag && own.isEmpty ? .broken(at: file.span(place)) : node(text, as: style, at: own)
    let placed = PlacedNode(node: node, place: own, bytes: text.utf8.count)
    if let anchor = event.anchor { anchors.complete(anchors.begin(anchor, at: place), with: placed) }
    attach(placed)
  }

  private mutating func node(_ text: String, as style: ScalarStyle, at place: Range<Int>) -> Node {
    let span = file.span(place)
    // What was passed over may begin in the next line.
    if file.passedOver.touches(place.lowerBound..<place.upperBound + 2),
      text.isEmpty || file.bytes[place].contains(where: { $0 == 0x0A || $0 == 0x0D })
    {
      return .broken(at: file.span(place.lowerBound..<place.lowerBound))
    }
    if text.utf8.count <= limits.scalarBytes { return Node(Scalar(text: text, style: style, span: span)) }
    report { $0.scalarTooLong(text.utf8.count, at: span) }
    return .broken(at: span)
  }

  private mutating func beginCollection(_ event: YAMLEvent, isMapping: Bool) throws(Stop) {
    let place = place(of: event)
    let hasProperties = event.anchor != nil || event.hasTag
    let start =
      hasProperties
      ? contentStart(of: event, in: place.lowerBound..<file.bytes.count) : place.lowerBound
    try count(1, at: place)
    if open.count >= limits.depth { throw stop(nestingTooDeep(at: place)) }
    let anchor = event.anchor.map { anchors.begin($0, at: place) }
    open.append(OpenCollection(isMapping: isMapping, start: start, anchor: anchor))
  }

  private mutating func endCollection(at bracket: Range<Int>) {
    guard let collection = open.popLast() else { return }
    let placed = collection.close(at: bracket, in: file)
    if let anchor = collection.anchor { anchors.complete(anchor, with: placed) }
    attach(placed)
  }

  private mutating func addAlias(_ name: String, at place: Range<Int>) throws(Stop) {
    anchors.use(name)
    switch anchors[name] {
    case .complete(let target): try addCopy(of: target, at: place)
    case .open: attachBroken({ $0.recursiveAlias(name, at: place) }, at: place)
    case nil: attachBroken({ $0.undefinedAlias(name, at: place) }, at: place)
    }
  }

  private mutating func addCopy(of target: PlacedNode, at place: Range<Int>) throws(Stop) {
    try count(target.size, at: place)
    aliasBytes += target.bytes
    if aliasBytes > limits.aliasBytes { throw stop(tooMuchRepeated(at: place)) }
    if open.count + target.height > limits.depth { throw stop(nestingTooDeep(at: place)) }
    attach(
      PlacedNode(
        node: target.node, place: place, size: target.size, bytes: target.bytes, height: target.height))
  }

  private mutating func attachBroken(_ mistake: (TreeBuilder) -> Diagnostic, at place: Range<Int>) {
    report(mistake)
    attach(PlacedNode(node: .broken(at: file.span(place)), place: place))
  }

  private mutating func attach(_ child: PlacedNode) {
    guard !open.isEmpty else { return root = child.node }
    if let mistake = open[open.count - 1].add(child, in: file) { report { _ in mistake } }
  }

  private mutating func contentStart(of event: YAMLEvent, in place: Range<Int>) -> Int {
    let properties = NodeProperties(in: file.bytes, range: place)
    if let tag = properties.tag { report { $0.tagNotAllowed(at: tag) } }
    return properties.contentStart
  }

  private mutating func count(_ nodes: Int, at place: Range<Int>) throws(Stop) {
    nodeCount += nodes
    if nodeCount > limits.nodes { throw stop(tooManyNodes(at: place)) }
  }

  private func place(of event: YAMLEvent) -> Range<Int> {
    file.offset(ofScalar: event.marks.lowerBound)..<file.offset(ofScalar: event.marks.upperBound)
  }

  private mutating func report(_ diagnostic: (TreeBuilder) -> Diagnostic) {
    if diagnostics.count < limits.diagnostics { diagnostics.append(diagnostic(self)) }
  }

  /// What stops reading is reported even if the list is full.
  private mutating func stop(_ diagnostic: Diagnostic) -> Stop {
    diagnostics.append(diagnostic)
    return Stop()
  }
}

extension TreeBuilder {
  private var emptyFile: Diagnostic {
    Diagnostic(
      .emptyFile, message: "the file is empty", help: ["a profile begins with 'dramatis: 1'"])
  }

  private func severalDocuments(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .severalDocuments, message: "the file holds more than one document", at: file.span(place),
      label: "the second begins here", help: ["put every document into a file of its own"])
  }

  private func nestingTooDeep(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, message: "lists and mappings are nested more than \(limits.depth) deep",
      at: file.span(place), help: ["flatten the structure"])
  }

  private func undefinedAlias(_ name: String, at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .undefinedAlias, message: "undefined alias \(name.quoted)", at: file.span(place),
      label: "no anchor of this name comes before it",
      help: nearest(name, among: anchors.recentNames).map { ["did you mean \($0.quoted)?"] }
        ?? ["put quotes around text that begins with '*'"])
  }

  /// At the name itself, which may stand behind a tag.
  private func unusedAnchor(_ name: String, at place: Range<Int>) -> Diagnostic {
    let line = file.lineRange(file.position(at: place.lowerBound).line)
    let sign = file.bytes[place.lowerBound..<line.upperBound].firstIndex(of: UInt8(ascii: "&"))
    let start = sign ?? place.lowerBound
    return Diagnostic(
      .unusedAnchor, message: "nothing repeats \("&\(name)".quoted)",
      at: file.span(start..<min(start + 1 + name.utf8.count, file.bytes.count)),
      label: "it is a name for what stands behind it, and no part of the text",
      help: ["remove it, or put quotes around text that begins with '&'"])
  }

  private func recursiveAlias(_ name: String, at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .recursiveAlias, message: "the alias \(name.quoted) contains itself", at: file.span(place),
      label: "this is inside the value that it repeats")
  }

  private func tooManyNodes(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .aliasExpansion, message: "the file holds more than \(limits.nodes) values", at: file.span(place),
      label: "the limit is passed here", help: ["an alias counts as all the values that it repeats"])
  }

  private func tooMuchRepeated(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .aliasExpansion, message: "aliases repeat more than \(limits.aliasBytes) bytes of text",
      at: file.span(place),
      label: "the limit is passed here", help: ["an alias counts as all the text that it repeats"])
  }

  private func scalarTooLong(_ length: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .scalarTooLong, message: "a text of \(length) bytes is longer than the \(limits.scalarBytes) allowed",
      at: span, help: ["split it into several texts"])
  }

  private func tagNotAllowed(at place: Range<Int>) -> Diagnostic {
    let tag = String(decoding: file.bytes[place], as: UTF8.self)
    return Diagnostic(
      .tagNotAllowed, message: "the tag \(tag.quoted) is not allowed", at: file.span(place),
      help: ["remove it", "put quotes around text that begins with '!'"])
  }
}
