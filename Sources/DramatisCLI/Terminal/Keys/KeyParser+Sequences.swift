extension KeyParser {
  mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeGround(byte)
    case .escape: takeEscape(byte)
    case .control: takeControl(byte)
    case .shift: takeShift(byte)
    case .function: takeFunction(byte)
    case .string: takeString(byte)
    case .stringEscape: takeStringEscape(byte)
    case .paste: takePaste(byte)
    }
  }

  private mutating func takeGround(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00...0x1F, 0x7F: emit(Key(control: byte))
    default: text.append(byte)
    }
  }

  /// A second escape begins anew, so that Alt with an arrow works where it sends two.
  private mutating func takeEscape(_ byte: UInt8) {
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

  private mutating func takeControl(_ byte: UInt8) {
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

  private mutating func takeShift(_ byte: UInt8) {
    guard (0x20...0x7E).contains(byte) else { return abandon(byte) }
    state = .ground
    emit(byte == UInt8(ascii: "M") ? .enter : Key(final: byte, parameters: []))
  }

  private mutating func takeFunction(_ byte: UInt8) {
    guard (0x20...0x7E).contains(byte) else { return abandon(byte) }
    state = .ground
  }

  /// Ctrl-C ends a string as well, so that it always works.
  private mutating func takeString(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .stringEscape
    case 0x07, 0x18, 0x1A: state = .ground
    case 0x03: abandon(byte)
    default: break
    }
  }

  private mutating func takeStringEscape(_ byte: UInt8) {
    state = .ground
    if byte != UInt8(ascii: "\\") { takeEscape(byte) }
  }

  /// The sequence was none: the byte counts for itself.
  private mutating func abandon(_ byte: UInt8) {
    state = .ground
    takeGround(byte)
  }
}

/// Pastes.
extension KeyParser {
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private mutating func takePaste(_ byte: UInt8) {
    pasted.append(byte)
    if byte == Self.pasteEnd.last, pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
      endPaste(dropping: Self.pasteEnd.count)
    } else if pasted.count > limit + Self.pasteEnd.count {
      pasted.remove(at: limit + 1)
    }
  }

  /// A paste that was too long stays so by one byte, and is refused by whoever knows the limit.
  mutating func endPaste(dropping count: Int) {
    state = .ground
    let bytes = pasted.dropLast(count)
    pasted = []
    if !bytes.isEmpty { emit(.paste(String(decoding: bytes, as: UTF8.self))) }
  }
}
