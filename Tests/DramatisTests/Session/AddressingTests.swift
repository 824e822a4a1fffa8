import Dramatis
import TestSupport
import Testing

/// Whom a typed text speaks to, in all the ways in which people write it.
@Suite struct AddressingTests {
  private static func turns(_ names: [String]) throws -> TurnTaking {
    TurnTaking(
      cast: try names.map { names in
        let parts = names.split(separator: "|")
        let aliases = parts.count > 1 ? "aliases: [\(parts[1])]\n" : ""
        return try compile("dramatis: 1\ncharacter: \(parts[0])\n\(aliases)lines: [Well.]\n")
      })
  }

  private static let guests = ["Mia", "Old Tom|gaffer", "Tomas", "Dr. No", "Hope", "Anne-Marie"]

  private static let calls: [(text: String, addressees: [String])] = [
    // At the start.
    ("Mia, come", ["Mia"]), ("Mia – come", ["Mia"]), ("Mia -- come", ["Mia"]), ("Mia - come", ["Mia"]),
    ("Mia; come", ["Mia"]), ("Mia! Come!", ["Mia"]), ("Mia ? Are you there", ["Mia"]), ("MIA: come", ["Mia"]),
    ("Mia… come", ["Mia"]), ("Mia... come", ["Mia"]), ("Mia ⋯ come", ["Mia"]), ("Mia~ come", ["Mia"]),
    ("Mia، تعالي", ["Mia"]), ("Mia： come", ["Mia"]), ("Mia", ["Mia"]), ("Mia.", ["Mia"]), ("¿Mia?", ["Mia"]),
    ("¡Mia, ven!", ["Mia"]), ("It rains. Mia, come in.", ["Mia"]), ("It rains!\nMia, come in.", ["Mia"]),
    ("Hey Mia, come", ["Mia"]), ("Hello Mia!", ["Mia"]), ("🙂 Mia, come", ["Mia"]),
    ("old  tom, sit", ["Old Tom"]),
    ("gaffer! sit", ["Old Tom"]), ("Dr. No, sit", ["Dr. No"]), ("Anne‑Marie, sit", ["Anne-Marie"]),
    ("He Mia, komm", ["Mia"]), ("he hope, and left", []), ("Hope, it rains", ["Hope"]),
    ("hope? are you there", ["Hope"]),
    // At the end.
    ("Come, Mia", ["Mia"]), ("Come, Mia.", ["Mia"]), ("Come – Mia!", ["Mia"]), ("Come… Mia?", ["Mia"]),
    ("Come, Mia! Now.", ["Mia"]), ("Come, Mia 🙂", ["Mia"]), ("Come, gaffer!", ["Old Tom"]),
    // In quotation marks, and beside what is done.
    ("«Mia, come»", ["Mia"]), ("„Mia, komm“", ["Mia"]), ("'Mia, come.'", ["Mia"]),
    ("I say: \"Come, Mia,\" and wait.", ["Mia"]),
    ("‹Come, Mia›", ["Mia"]), ("\"Mia\"", ["Mia"]), ("*looks at Tomas* Mia, come", ["Mia"]),
    ("(sighs) Mia, come", ["Mia"]),
    ("_sighs_ Mia, come", ["Mia"]), ("[sighs] Come, Mia", ["Mia"]), ("Come, Mia *waves*", ["Mia"]),
    ("**Mia**, come", ["Mia"]),
    // By a gesture, where nobody is named beside it.
    ("(to Mia) come", ["Mia"]), ("*turns to Tomas* come", ["Tomas"]),
    ("come [to Old Tom, softly]", ["Old Tom"]),
    ("_walks towards gaffer_ sit", ["Old Tom"]), ("*to Mia and Tomas* come", ["Mia", "Tomas"]),
    ("(zu Mia) komm", ["Mia"]), ("*to Mia, Hope and Tomas:* come", ["Mia", "Hope", "Tomas"]),
    ("*turns to Tomas* Mia, come", ["Mia"]), ("*points at Tomas* he did it", []), ("(Mia) come", []),
    ("*to the door* Mia was here", []), ("(to Miami) we go", []),
    ("*nods to Hope and looks for Mia* so", ["Hope"]),
    // Several.
    ("Mia, Tomas, come", ["Mia", "Tomas"]), ("Come, Tomas, Mia!", ["Tomas", "Mia"]),
    ("Tomas, you stay. Mia, you come.", ["Tomas", "Mia"]),
    // After the sign.
    ("@Mia come", ["Mia"]), ("so @mia come", ["Mia"]), ("@Old Tom sit", ["Old Tom"]),
    ("@old_tom sit", ["Old Tom"]),
    ("＠Mia come", ["Mia"]), ("@Mia's here", ["Mia"]), ("@Tomas: sit", ["Tomas"]),
    // Nobody.
    ("Mia comes", []), ("I saw Mia", []), ("I saw Mia.", []), ("Hello Mia", []),
    ("I saw Mia, and Tomas too", []),
    ("Miami, here I come", []), ("Anne, sit", []), ("Tom, sit", []), ("Marie, sit", []), ("Mia-Lou, sit", []),
    ("*Mia, the cat, sleeps* so", []), ("She is called \"Mia\".", []), ("Mia's, I think", []),
    ("mia@example.com", []), ("a@Mia", []), ("I hope, you know", []), ("What about hope", []), ("", []),
    ("@", []),
  ]

  @Test(arguments: calls)
  func `a name that is set off at the start or the end of a sentence is an address`(
    text: String, addressees: [String]
  ) throws {
    #expect(try Self.turns(Self.guests).addressees(of: text).map(\.character) == addressees)
  }

  private static let scripts: [(text: String, addressees: [String])] = [
    ("愛、おいで", ["愛"]), ("愛，来", ["愛"]), ("愛…おいで", ["愛"]), ("愛！", ["愛"]), ("おいで、愛。", ["愛"]), ("「愛、おいで」", ["愛"]),
    ("愛さん、おはよう", ["愛"]), ("おはよう、愛ちゃん！", ["愛"]), ("＊手を振る＊愛、おいで", ["愛"]), ("（笑う）愛、おいで", ["愛"]),
    ("@愛おいで", ["愛"]),
    ("さくら～おいで", ["さくら"]), ("민수야, 안녕", ["민수"]), ("안녕, 민수 씨", []), ("안녕, 민수씨!", ["민수"]),
    ("愛している、と言う", []), ("愛犬、おいで", []), ("民主", []), ("ทราย", []), ("さくらんぼ、おいしい", []),
  ]

  @Test(arguments: scripts)
  func `so it is in scripts without spaces, where a name may begin a word`(
    text: String, addressees: [String]
  ) throws {
    #expect(try Self.turns(["愛", "さくら", "민수"]).addressees(of: text).map(\.character) == addressees)
  }

  @Test(arguments: [
    ("@Miamor come", ["Miamor"]), ("@Tom sit", ["Tom"]), ("@Mia and @Nobody-else", ["Nobody-else"]),
    ("@Mia", []),
    ("at 5 @ the inn, @7", []), ("me@example.com", []), ("*@Nobody*", []),
  ])
  func `a name after the sign that nobody has is told`(text: String, unknown: [String]) throws {
    #expect(try Self.turns(Self.guests).unknownNames(in: text) == unknown)
  }

  private static let mentions: [(text: String, speaker: String)] = [
    ("I saw Tomas there", "Tomas"), ("Tomas was here", "Tomas"), ("I trust Hope", "Hope"),
    ("Tomas's hat", "Tomas"),
    ("I hope it rains", "Mia"), ("Hope is all we have", "Mia"), ("the tomas of old", "Mia"),
    ("Tomasina", "Mia"),
  ]

  @Test(arguments: mentions)
  func `a word that only looks like a name is nobody's`(text: String, speaker: String) throws {
    #expect(try Self.turns(Self.guests).speaker(after: text, last: "Anne-Marie") == .member(speaker))
  }

  @Test(arguments: [
    ("愛犬がいる", "健二"), ("愛がほしい", "健二"), ("愛さんは？", "愛"), ("健二は元気？", "健二"), ("健二郎は元気？", "健二"), ("小明在哪里", "小明"),
    ("ハナが来た", "ハナ"), ("ハナコが来た", "健二"),
  ])
  func `a character of a word is nobody's name`(text: String, speaker: String) throws {
    let turns = try Self.turns(["健二", "愛", "小明", "ハナ"])
    #expect(turns.speaker(after: text, last: "ハナ") == .member(speaker))
  }

  @Test func `a long text is read in time`() throws {
    let text = String(repeating: "Mia, *Old Tom_ (", count: 20_000)
    #expect(try Self.turns(Self.guests).addressees(of: text).map(\.character) == ["Mia"])
  }
}
