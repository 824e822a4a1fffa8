import Dramatis

/// Where a chat shows what is said and what it notes besides.
struct ChatScreen {
  private let style = Style(hasColour: Console.output.hasColour)

  /// Shows what a character says.
  func say(_ character: String, _ text: String) {
    Console.output.write("\(style.bold(character.oneLine)): \(text.shown.replacing("\n", with: "\n  "))\n")
  }

  /// Shows something that nobody says.
  func note(_ text: String) {
    Console.output.write(text.shown.split(separator: "\n").map { style.dim(String($0)) + "\n" }.joined())
  }

  /// What stands before the line that is typed.
  func prompt(for user: String) -> String {
    style.bold("\(user)> ".shown)
  }
}
