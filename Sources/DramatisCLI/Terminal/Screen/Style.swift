/// How parts of the conversation look.
struct Style {
  let hasColour: Bool

  func dim(_ text: String) -> String { wrapped(text, "2") }
  func bold(_ text: String) -> String { wrapped(text, "1") }

  private func wrapped(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
