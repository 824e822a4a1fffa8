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
