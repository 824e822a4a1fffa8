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
