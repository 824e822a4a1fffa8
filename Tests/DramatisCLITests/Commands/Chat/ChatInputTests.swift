import Testing

@testable import DramatisCLI

@Suite struct ChatInputTests {
  private static let inputs: [(String, ChatInput)] = [
    ("", .nothing), ("  \t", .nothing), (" hello ", .say("hello")), ("//shrug", .say("/shrug")),
    ("// a note", .say("/ a note")), ("/", .unknown("/")),
    ("/state Mara", .command(.state, argument: "Mara")),
    ("/exit", .command(.quit, argument: "")), ("/sate", .unknown("/sate")), ("help", .say("help")),
  ]

  @Test(arguments: inputs)
  func `a slash begins a command, and two begin words with a slash`(typed: String, expected: ChatInput) {
    #expect(ChatInput(typed) == expected)
  }

  private static let names: [(String, String, String)] = [
    ("Bram hello there", "Bram", "hello there"), ("Old_Tom hello", "Old Tom", "hello"),
    ("\"Old Tom\" hello", "Old Tom", "hello"), ("'Old Tom' hello", "Old Tom", "hello"),
    ("„Frau Öhlmann“ guten Abend", "Frau Öhlmann", "guten Abend"), ("“Old Tom” hello", "Old Tom", "hello"),
    ("« Vieux Tom » salut", "Vieux Tom", "salut"), ("\"Old Tom hello", "", ""), ("\"\" hello", "", "hello"),
    ("\"O'Hara\" hello", "O'Hara", "hello"), ("Bram", "Bram", ""),
  ]

  @Test(arguments: names)
  func `a name is a word, or stands in quotes`(typed: String, name: String, rest: String) {
    let parts = typed.firstNameAndRest
    #expect(parts.name == name && parts.rest == rest)
  }

  @Test(arguments: [
    ("no turn has been taken.", "No turn has been taken."), ("out.md: damaged.", "out.md: damaged."),
    ("mara-20261123: damaged.", "mara-20261123: damaged."), ("'a' is no name.", "'a' is no name."),
    ("evening/x is full.", "evening/x is full."), ("élan is a word.", "Élan is a word."), ("", ""),
  ])
  func `a message begins as a sentence does, but the name of a file stays as it is`(
    message: String, shown: String
  ) {
    #expect(message.capitalisedFirst == shown)
  }
}
