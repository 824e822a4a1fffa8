import Dramatis

/// Makes keys of the bytes that a terminal sends.
///
/// Bytes may be split anywhere. What is unknown is swallowed, and no sequence, however long, is stored beyond a bound.
struct KeyParser {
  /// Where in a sequence the parser stands.
  enum State: Equatable {
    case ground
    case escape
    /// After `ESC [`.
    case control
    /// After `ESC O`.
    case shift
    /// After `ESC [ [`, the function keys of the Linux console.
    case function
    /// In a string that answers a request, or that somebody sends to see what happens.
    case string
    case stringEscape
    case paste
  }

  var state = State.ground
  /// Bytes of text that are no key yet.
  var text: [UInt8] = []
  /// The parameters of a control sequence.
  var parameters: [UInt8] = []
  var pasted: [UInt8] = []
  private var keys: [Key] = []
  /// The bytes of a paste beyond which the rest is dropped.
  let limit: Int

  static let maximumParameters = 32

  init(limit: Int = LineReader.maximumLength) {
    self.limit = limit
  }

  /// The keys that are complete with these bytes.
  mutating func parse(_ bytes: some Sequence<UInt8>) -> [Key] {
    for byte in bytes { take(byte) }
    emitText(keeping: incompleteCount)
    return takeKeys()
  }

  /// What the bytes so far mean if no more come.
  mutating func flush() -> [Key] {
    switch state {
    case .escape: emit(.cancel)
    case .paste: endPaste(dropping: 0)
    default: break
    }
    state = .ground
    emitText(keeping: 0)
    return takeKeys()
  }

  /// The milliseconds after which bytes that are no key yet will not become one; nil if there are none.
  var patience: Int32? {
    switch state {
    case .ground: text.isEmpty ? nil : 1000
    case .paste: 2000
    default: 60
    }
  }

  mutating func emit(_ key: Key?) {
    guard let key else { return }
    emitText(keeping: 0)
    keys.append(key)
  }

  private mutating func emitText(keeping count: Int) {
    guard text.count > count else { return }
    keys.append(.text(String(decoding: text.dropLast(count), as: UTF8.self)))
    text.removeFirst(text.count - count)
  }

  private mutating func takeKeys() -> [Key] {
    defer { keys = [] }
    return keys
  }

  /// The bytes at the end of the text that begin a scalar and do not finish it.
  private var incompleteCount: Int {
    for count in 1...3 where count <= text.count {
      let byte = text[text.count - count]
      if byte < 0x80 { return 0 }
      if byte >= 0xC0 { return count < Self.length(ofScalarBegunBy: byte) ? count : 0 }
    }
    return 0
  }

  private static func length(ofScalarBegunBy byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
