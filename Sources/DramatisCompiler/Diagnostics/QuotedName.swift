extension String {
  /// A sentence that names something endless is cut, so that a report stays readable.
  var withinReason: String {
    unicodeScalars.count <= 300 ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(299))) + "…"
  }
}

extension StringProtocol {
  /// In single quotes for a message, and cut if it is long.
  package var quoted: String {
    let scalars = unicodeScalars
    guard scalars.count > 60 else { return "'\(self)'" }
    return "'\(String(String.UnicodeScalarView(scalars.prefix(59))))…'"
  }
}
