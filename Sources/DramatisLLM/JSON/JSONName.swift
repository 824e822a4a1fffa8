/// The name of a member of an object, as it is compared with names that are known.
struct JSONName {
  /// Without escapes.
  let bytes: ArraySlice<UInt8>

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func ~= (known: StaticString, name: JSONName) -> Bool { name.bytes.elementsEqual(known) }
}
