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
