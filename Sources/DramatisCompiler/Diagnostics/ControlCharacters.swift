extension String {
  /// Without escape sequences, control characters and marks that reorder text.
  package func strippedOfControls() -> String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var stripper = ControlStripper(Array(unicodeScalars))
    return stripper.strip()
  }

  /// Stripped, with every tab and line break printed as one space.
  package var oneLine: String {
    let spaced = strippedOfControls().unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "\t", "\n", "\u{2028}", "\u{2029}": " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(spaced))
  }
}

/// Takes text apart the way a terminal does.
private struct ControlStripper {
  private let scalars: [Unicode.Scalar]
  private var offset = 0
  private var kept = String.UnicodeScalarView()

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  mutating func strip() -> String {
    while let scalar = peek() {
      offset += 1
      if !scalar.isControl { kept.append(scalar) } else { skipSequence(begunBy: scalar) }
    }
    return String(kept)
  }

  private func peek() -> Unicode.Scalar? {
    offset < scalars.count ? scalars[offset] : nil
  }

  private mutating func skipSequence(begunBy scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{1B}": skipEscape()
    case "\u{9B}": skipControlSequence()
    case "\u{9D}": skipString(endsAtBell: true)
    case "\u{90}", "\u{98}", "\u{9E}", "\u{9F}": skipString(endsAtBell: false)
    default: break
    }
  }

  private mutating func skipEscape() {
    switch peek() {
    case "[": skipIntroducer { $0.skipControlSequence() }
    case "]": skipIntroducer { $0.skipString(endsAtBell: true) }
    case "P", "X", "^", "_": skipIntroducer { $0.skipString(endsAtBell: false) }
    default: skipFinal(after: 0x20...0x2F, in: 0x30...0x7E)
    }
  }

  private mutating func skipIntroducer(_ rest: (inout ControlStripper) -> Void) {
    offset += 1
    rest(&self)
  }

  private mutating func skipControlSequence() {
    skip(0x30...0x3F)
    skipFinal(after: 0x20...0x2F, in: 0x40...0x7E)
  }

  private mutating func skipFinal(after intermediate: ClosedRange<UInt32>, in final: ClosedRange<UInt32>) {
    skip(intermediate)
    if let scalar = peek(), final.contains(scalar.value) { offset += 1 }
  }

  private mutating func skip(_ range: ClosedRange<UInt32>) {
    while let scalar = peek(), range.contains(scalar.value) { offset += 1 }
  }

  /// An escape that begins another sequence ends the string, as CAN and SUB do.
  private mutating func skipString(endsAtBell: Bool) {
    while let scalar = peek() {
      if scalar == "\u{1B}" { return skipTerminator() }
      offset += 1
      if scalar == "\u{9C}" || scalar == "\u{18}" || scalar == "\u{1A}" { return }
      if endsAtBell, scalar == "\u{07}" { return }
    }
  }

  private mutating func skipTerminator() {
    if offset + 1 < scalars.count, scalars[offset + 1] == "\\" { offset += 2 }
  }
}

extension Unicode.Scalar {
  /// LF and TAB are no controls here; marks that reorder or hide text are.
  fileprivate var isControl: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
