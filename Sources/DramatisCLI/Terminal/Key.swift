/// What somebody did at the keyboard.
enum Key: Equatable, Sendable {
  case text(String)
  /// Text between the marks of a bracketed paste; its line breaks send nothing.
  case paste(String)
  case move(Movement)
  /// Removes what lies between the cursor and where a movement leads.
  case erase(Movement)
  /// Removes it and keeps it for `yank`.
  case kill(Movement)
  case yank
  case transpose
  case up
  case down
  case enter
  case newline
  case tab
  case search
  /// Ctrl-D: the end of input on an empty line, otherwise it deletes.
  case endOrDelete
  case interrupt
  case clearScreen
  /// A lone escape or Ctrl-G.
  case cancel
}

/// Where a cursor can go within a line.
enum Movement: Equatable, Sendable, CaseIterable {
  case left
  case right
  case wordLeft
  case wordRight
  /// To the start of what is not white space.
  case blankLeft
  case lineStart
  case lineEnd
}

extension Key {
  /// The key that a control character means, as in other line editors.
  init?(control byte: UInt8) {
    switch byte {
    case 0x01: self = .move(.lineStart)
    case 0x02: self = .move(.left)
    case 0x03: self = .interrupt
    case 0x04: self = .endOrDelete
    case 0x05: self = .move(.lineEnd)
    case 0x06: self = .move(.right)
    case 0x07: self = .cancel
    case 0x08, 0x7F: self = .erase(.left)
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x0B: self = .kill(.lineEnd)
    case 0x0C: self = .clearScreen
    case 0x0E: self = .down
    case 0x10: self = .up
    case 0x12: self = .search
    case 0x14: self = .transpose
    case 0x15: self = .kill(.lineStart)
    case 0x17: self = .kill(.blankLeft)
    case 0x19: self = .yank
    default: return nil
    }
  }

  /// The key that a byte after an escape means, which is how Alt arrives.
  init?(alt byte: UInt8) {
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): self = .move(.wordLeft)
    case UInt8(ascii: "f"), UInt8(ascii: "F"): self = .move(.wordRight)
    case UInt8(ascii: "d"), UInt8(ascii: "D"): self = .kill(.wordRight)
    case 0x08, 0x7F: self = .kill(.wordLeft)
    case 0x0A, 0x0D: self = .newline
    case 0x00...0x1F: self.init(control: byte)
    default: return nil
    }
  }

  /// The key that a control sequence means; its second parameter holds the modifiers.
  ///
  /// One that begins with a private mark is an answer of the terminal.
  init?(final: UInt8, parameters: [UInt8]) {
    if let first = parameters.first, (0x3C...0x3F).contains(first) { return nil }
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    let isWord = modifiers & 0b110 != 0
    switch final {
    case UInt8(ascii: "A"): self = .up
    case UInt8(ascii: "B"): self = .down
    case UInt8(ascii: "C"): self = .move(isWord ? .wordRight : .right)
    case UInt8(ascii: "D"): self = .move(isWord ? .wordLeft : .left)
    case UInt8(ascii: "H"): self = .move(.lineStart)
    case UInt8(ascii: "F"): self = .move(.lineEnd)
    case UInt8(ascii: "u"): self.init(codePoint: numbers.first ?? 0, isModified: modifiers != 0)
    case UInt8(ascii: "~"): self.init(number: numbers, isWord: isWord)
    default: return nil
    }
  }

  private init?(number: [Int], isWord: Bool) {
    switch number.first {
    case 1, 7: self = .move(.lineStart)
    case 3: self = isWord ? .kill(.wordRight) : .erase(.right)
    case 4, 8: self = .move(.lineEnd)
    case 27: self.init(codePoint: number.last ?? 0, isModified: true)
    default: return nil
    }
  }

  /// Return with a modifier is what terminals tell apart in this way.
  private init?(codePoint: Int, isModified: Bool) {
    guard codePoint == 0x0D else { return nil }
    self = isModified ? .newline : .enter
  }
}
