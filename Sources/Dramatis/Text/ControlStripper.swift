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

extension String {
  /// Without escape sequences, control characters and marks that reorder text.
  package func strippedOfControls() -> String {
    guard hasControls else { return self }
    var stripper = ControlStripper()
    return stripper.strip(self)
  }

  /// Whether there is anything to strip.
  package var hasControls: Bool {
    !isPlain && unicodeScalars.contains(where: \.isControl)
  }

  /// Whether it is printable ASCII, which most texts are and which need not be decoded.
  private var isPlain: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }

  /// Stripped, with every tab and line break printed as one space.
  package var oneLine: String {
    guard !isPlain else { return self }
    let spaced = strippedOfControls().unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "\t", "\n", "\u{2028}", "\u{2029}": " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(spaced))
  }
}

extension Unicode.Scalar {
  /// LF and TAB are no controls here; marks that reorder or hide text are.
  var isControl: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

extension String {
  /// JSON in which nothing can steer a terminal; encoders escape the older controls themselves.
  package var withControlsEscaped: String {
    guard hasControls else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isControl {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
