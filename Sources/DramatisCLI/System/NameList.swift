extension [String] {
  /// The texts as a sentence lists them: "Orla, Bram and Wen".
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}
