/// A scene, a question and the first byte of their hash.
struct HashGolden: Sendable {
  let scene, question: String
  let byte: UInt8

  static let all = [
    HashGolden(scene: "", question: "", byte: 0x6e),
    HashGolden(scene: "scene", question: "question", byte: 0x5d),
    HashGolden(scene: "Rowan: Hi.\nMara: Well?", question: "Is a guest in danger?", byte: 0x20),
    HashGolden(scene: "é", question: "é?", byte: 0xc0),
    HashGolden(scene: "e\u{301}", question: "e\u{301}?", byte: 0x6d),
    HashGolden(scene: "👩‍👩‍👧", question: "🦊?", byte: 0xc6),
    HashGolden(scene: "a\0b", question: "c", byte: 0x8b),
    HashGolden(scene: "a", question: "b\0c", byte: 0x8b),
    HashGolden(
      scene: String(repeating: "x", count: 200), question: String(repeating: "y", count: 200), byte: 0xda),
    HashGolden(scene: "line\r\n", question: "?", byte: 0x6f),
  ]
}
