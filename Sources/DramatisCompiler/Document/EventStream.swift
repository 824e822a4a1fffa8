import CYAML

/// Pulls events out of libyaml, one at a time.
struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// The input must outlive the stream; nil if there is no memory for a parser.
  init?(_ input: UnsafeBufferPointer<UInt8>) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    self.parser = parser
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(SyntaxProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw SyntaxProblem(parser.pointee) }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }
}

/// One step of libyaml through a document.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(String)
    case scalar(String, ScalarStyle)
    case sequenceStart
    case mappingStart
    case collectionEnd
    case other
  }

  let kind: Kind
  /// From its start to its end, in Unicode scalars.
  let marks: Range<Int>
  let anchor: String?
  let hasTag: Bool
}

extension YAMLEvent {
  init(_ event: yaml_event_t) {
    let start = Int(event.start_mark.index)
    marks = start..<max(start, Int(event.end_mark.index))
    kind = Kind(event)
    let properties = event.properties
    anchor = properties.anchor.map { String(cString: $0) }
    hasTag = properties.tag != nil
  }
}

extension YAMLEvent.Kind {
  fileprivate init(_ event: yaml_event_t) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_STREAM_END_EVENT: self = .streamEnd
    case YAML_ALIAS_EVENT: self = .alias(event.data.alias.anchor.map { String(cString: $0) } ?? "")
    case YAML_SCALAR_EVENT: self = .scalar(event.scalarText, ScalarStyle(event.data.scalar.style))
    case YAML_SEQUENCE_START_EVENT: self = .sequenceStart
    case YAML_MAPPING_START_EVENT: self = .mappingStart
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: self = .collectionEnd
    default: self = .other
    }
  }
}

extension yaml_event_t {
  fileprivate typealias Properties = (
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?
  )

  fileprivate var properties: Properties {
    switch type {
    case YAML_SCALAR_EVENT: (data.scalar.anchor, data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: (data.sequence_start.anchor, data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: (data.mapping_start.anchor, data.mapping_start.tag)
    default: (nil, nil)
    }
  }

  fileprivate var scalarText: String {
    let buffer = UnsafeBufferPointer(start: data.scalar.value, count: Int(data.scalar.length))
    return String(decoding: buffer, as: UTF8.self)
  }
}

extension ScalarStyle {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
