/// Strips text of controls chunk by chunk, taking it apart the way a terminal does.
///
/// A sequence that one chunk begins may end in another; how the text was cut makes no difference.
package struct ControlStripper: Sendable {
  /// Where in a sequence the text stands.
  private enum State {
    case ground
    case escape
    /// After an escape and a byte that only a final one follows.
    case escapeIntermediate
    case parameters
    case intermediates
    case string(endsAtBell: Bool)
    /// After an escape in a string.
    case terminator
  }

  private var state = State.ground

  package init() {}

  /// The part of a chunk that is text.
  package mutating func strip(_ chunk: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in chunk.unicodeScalars where isText(scalar) { kept.append(scalar) }
    return String(kept)
  }

  private mutating func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch state {
    case .ground: return isTextOutsideSequences(scalar)
    case .escape: return continueEscape(scalar)
    case .escapeIntermediate: return skip(scalar, in: 0x20...0x2F, until: 0x30...0x7E)
    case .parameters:
      if (0x20...0x2F).contains(scalar.value) { state = .intermediates }
      return skip(scalar, in: 0x20...0x3F, until: 0x40...0x7E)
    case .intermediates: return skip(scalar, in: 0x20...0x2F, until: 0x40...0x7E)
    case .string(let endsAtBell): skipString(scalar, endsAtBell: endsAtBell)
    case .terminator: return endString(scalar)
    }
    return false
  }

  private mutating func isTextOutsideSequences(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isControl else { return true }
    switch scalar {
    case "\u{1B}": state = .escape
    case "\u{9B}": state = .parameters
    case "\u{9D}": state = .string(endsAtBell: true)
    case "\u{90}", "\u{98}", "\u{9E}", "\u{9F}": state = .string(endsAtBell: false)
    default: break
    }
    return false
  }

  private mutating func continueEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "[": state = .parameters
    case "]": state = .string(endsAtBell: true)
    case "P", "X", "^", "_": state = .string(endsAtBell: false)
    default:
      state = .escapeIntermediate
      return skip(scalar, in: 0x20...0x2F, until: 0x30...0x7E)
    }
    return false
  }

  /// What is in neither range ends the sequence and counts for itself.
  private mutating func skip(
    _ scalar: Unicode.Scalar, in range: ClosedRange<UInt32>, until final: ClosedRange<UInt32>
  ) -> Bool {
    if range.contains(scalar.value) { return false }
    state = .ground
    return final.contains(scalar.value) ? false : isTextOutsideSequences(scalar)
  }

  /// An escape that begins another sequence ends the string, as CAN and SUB do.
  private mutating func skipString(_ scalar: Unicode.Scalar, endsAtBell: Bool) {
    switch scalar {
    case "\u{1B}": state = .terminator
    case "\u{9C}", "\u{18}", "\u{1A}": state = .ground
    case "\u{07}" where endsAtBell: state = .ground
    default: break
    }
  }

  private mutating func endString(_ scalar: Unicode.Scalar) -> Bool {
    state = scalar == "\\" ? .ground : .escape
    return scalar == "\\" ? false : continueEscape(scalar)
  }
}
