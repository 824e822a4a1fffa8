import Dramatis

/// Makes keys of the bytes that a terminal sends.
///
/// Bytes may be split anywhere. What is unknown is swallowed, and no sequence, however long, is stored beyond a bound.
struct KeyParser {
  /// Where in a sequence the parser stands.
  private enum State: Equatable {
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

  private var state = State.ground
  /// Bytes of text that are no key yet.
  private(set) var text: [UInt8] = []
  /// The parameters of a control sequence.
  private(set) var parameters: [UInt8] = []
  private(set) var pasted: [UInt8] = []
  private var keys: [Key] = []
  /// The bytes of a paste beyond which the rest is dropped.
  private let limit: Int

  private static let maximumParameters = 32

  init(limit: Int = LineReader.maximumLength) {
    self.limit = limit
  }

  /// The keys that are complete with these bytes.
  mutating func parse(_ bytes: some Sequence<UInt8>) -> [Key] {
    for byte in bytes { parse(byte) }
    emitText(keeping: incompleteCount)
    return flushKeys()
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
    return flushKeys()
  }

  /// The milliseconds after which bytes that are no key yet will not become one; nil if there are none.
  var patience: Int32? {
    switch state {
    case .ground: text.isEmpty ? nil : 1000
    case .paste: 2000
    default: 60
    }
  }

  private mutating func emit(_ key: Key?) {
    guard let key else { return }
    emitText(keeping: 0)
    keys.append(key)
  }

  private mutating func emitText(keeping count: Int) {
    guard text.count > count else { return }
    keys.append(.text(String(decoding: text.dropLast(count), as: UTF8.self)))
    text.removeFirst(text.count - count)
  }

  private mutating func flushKeys() -> [Key] {
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

extension KeyParser {
  private mutating func parse(_ byte: UInt8) {
    switch state {
    case .ground: parseGround(byte)
    case .escape: parseEscape(byte)
    case .control: parseControl(byte)
    case .shift: parseShift(byte)
    case .function: parseFunction(byte)
    case .string: parseString(byte)
    case .stringEscape: parseStringEscape(byte)
    case .paste: parsePaste(byte)
    }
  }

  private mutating func parseGround(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00...0x1F, 0x7F: emit(Key(control: byte))
    default: text.append(byte)
    }
  }

  /// A second escape begins anew, so that Alt with an arrow works where it sends two.
  private mutating func parseEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case UInt8(ascii: "["):
      parameters = []
      state = .control
    case UInt8(ascii: "O"): state = .shift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string
    case 0x80...: text.append(byte)
    default: emit(Key(alt: byte))
    }
  }

  private mutating func parseControl(_ byte: UInt8) {
    switch byte {
    case 0x20...0x3F:
      if parameters.count <= Self.maximumParameters { parameters.append(byte) }
    case UInt8(ascii: "[") where parameters.isEmpty: state = .function
    case 0x40...0x7E: endControl(byte)
    default: abandon(byte)
    }
  }

  private mutating func endControl(_ final: UInt8) {
    state = .ground
    guard parameters.count <= Self.maximumParameters else { return }
    if final == UInt8(ascii: "~"), parameters == Array("200".utf8) {
      state = .paste
    } else {
      emit(Key(final: final, parameters: parameters))
    }
  }

  private mutating func parseShift(_ byte: UInt8) {
    guard (0x20...0x7E).contains(byte) else { return abandon(byte) }
    state = .ground
    emit(byte == UInt8(ascii: "M") ? .enter : Key(final: byte, parameters: []))
  }

  private mutating func parseFunction(_ byte: UInt8) {
    guard (0x20...0x7E).contains(byte) else { return abandon(byte) }
    state = .ground
  }

  /// Ctrl-C ends a string as well, so that it always works.
  private mutating func parseString(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .stringEscape
    case 0x07, 0x18, 0x1A: state = .ground
    case 0x03: abandon(byte)
    default: break
    }
  }

  private mutating func parseStringEscape(_ byte: UInt8) {
    state = .ground
    if byte != UInt8(ascii: "\\") { parseEscape(byte) }
  }

  /// The sequence was none: the byte counts for itself.
  private mutating func abandon(_ byte: UInt8) {
    state = .ground
    parseGround(byte)
  }
}

/// Pastes.
extension KeyParser {
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private mutating func parsePaste(_ byte: UInt8) {
    pasted.append(byte)
    if byte == Self.pasteEnd.last, pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
      endPaste(dropping: Self.pasteEnd.count)
    } else if pasted.count > limit + Self.pasteEnd.count {
      pasted.remove(at: limit + 1)
    }
  }

  /// A paste that was too long stays so by one byte, and is refused by whoever knows the limit.
  private mutating func endPaste(dropping count: Int) {
    state = .ground
    let bytes = pasted.dropLast(count)
    pasted = []
    if !bytes.isEmpty { emit(.paste(String(decoding: bytes, as: UTF8.self))) }
  }
}
