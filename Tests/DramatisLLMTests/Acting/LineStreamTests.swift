import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// The line in what a model writes, however it is split into pieces.
@Suite struct LineStreamTests {
  typealias Sample = (text: String, line: String)

  /// Mara, also called innkeeper, in talk with Rowan Ashby and Old Tom.
  static func frame() throws -> LineFrame {
    LineFrame(
      of: try ActingTests.mara(), others: ["Rowan Ashby", "Old Tom"], heading: "For Mara only",
      direction: [
        "- mood: Mara watches hands.", "- Mara steps between the two. [So be it.]",
        "- Say it in another way than before.",
      ])
  }

  private static let plain: [Sample] = [
    ("Mar", "Mar"), ("Maraschino", "Maraschino"), ("  \n Fine,\n\n yes\t", "Fine,\n\n yes"), (" \n ", ""),
    ("e\u{301} 👩‍👩‍👧 日本", "e\u{301} 👩‍👩‍👧 日本"), ("\u{1B}[31mRed\u{1B}[0m wine.", "Red wine."),
    ("Mara pours. It is late.", "Mara pours. It is late."), ("*Mara smiles.* Sit.", "*Mara smiles.* Sit."),
    ("**Mara** smiles.", "**Mara** smiles."), ("Mara's ale is thin.", "Mara's ale is thin."),
    ("Ale: two.\nStew: three.", "Ale: two.\nStew: three."), ("Listen: it rains.", "Listen: it rains."),
    ("Rowan, sit: you are wet.", "Rowan, sit: you are wet."), ("I told Rowan: no.", "I told Rowan: no."),
    ("Well.\nRowan stays dry.", "Well.\nRowan stays dry."), ("Rowan :) Come in.", "Rowan :) Come in."),
    ("Well. \"Rowan\" is a fine name.", "Well. \"Rowan\" is a fine name."), ("You: out!", "You: out!"),
    ("Users come and go.\nModels too: many.", "Users come and go.\nModels too: many."),
    ("Response: none.", "Response: none."), ("- one\n- two", "- one\n- two"),
    ("[sighs] Fine.", "[sighs] Fine."),
    ("Mara (the elder) is dead.", "Mara (the elder) is dead."), ("*", "*"), ("\"Mara", "\"Mara"),
    ("For Mara only the best.", "For Mara only the best."),
    ("Assistants leave at noon.", "Assistants leave at noon."),
    ("Hm. Mara :D", "Hm. Mara :D"), ("Odds are 3:1. Tom:2.", "Odds are 3:1. Tom:2."),
    ("The slate says:\n- Rowan: four\n- Tom: two", "The slate says:\n- Rowan: four\n- Tom: two"),
    ("Mara — that is my name.", "Mara — that is my name."), ("Hm.\n---\nSit.", "Hm.\n---\nSit."),
    ("Sure, sit.", "Sure, sit."), ("Here is what I know:\nnothing.", "Here is what I know:\nnothing."),
    ("10:30 is late.", "10:30 is late."), ("{so it stands}", "{so it stands}"),
    ("{\"two\": \"ales\", \"one\": \"stew\"}", "{\"two\": \"ales\", \"one\": \"stew\"}"),
    ("1. Sit.\n2. Drink.", "1. Sit.\n2. Drink."),
    ("Three came.\nRowan\nOld Tom\nYou.", "Three came.\nRowan\nOld Tom\nYou."),
    ("Two names.\nRowan\nOld Tom.", "Two names.\nRowan\nOld Tom."),
    ("Yours,\nRowan\nThat is all.", "Yours,\nRowan\nThat is all."), ("Well.\nRowan", "Well.\nRowan"),
    ("It is signed.\nRowan\n\nShe folds it.", "It is signed.\nRowan\n\nShe folds it."),
    ("Well.\nRowan\nof the mill", "Well.\nRowan\nof the mill"),
    ("Well.\nrowan\nAle.", "Well.\nrowan\nAle."), ("Rowan\nSit.", "Rowan\nSit."),
    ("Rowan — Sit down.", "Rowan — Sit down."), ("Hm.\nRowan — you drip.", "Hm.\nRowan — you drip."),
    ("Hm.\nRowan — You drip.", "Hm.\nRowan — You drip."), ("Hm. Rowan - Sit.", "Hm. Rowan - Sit."),
  ]

  private static let own: [Sample] = [
    ("Mara: Fine. ", "Fine."), ("  \n Mara:  Well,\n\n yes\t", "Well,\n\n yes"), ("innkeeper: Hm.", "Hm."),
    ("\u{1B}[31mMara\u{1B}[0m: red", "red"), ("Mara: Mara: twice", "twice"), ("*Mara:* Hm.", "Hm."),
    ("__MARA__: Hm.", "Hm."), ("***mara:*** Hm.", "Hm."), ("**Mara**:Hm.", "Hm."),
    ("Mara\u{A0}:\nHm.", "Hm."),
    ("MARA：Hm.", "Hm."), ("(Mara) Hm.", "(Mara) Hm."), ("[Mara] Hm.", "Hm."), ("<Mara> Hm.", "Hm."),
    ("【Mara】Hm.", "【Mara】Hm."), ("【Mara】: Hm.", "Hm."), ("### Mara\nHm.", "Hm."), ("Mara\n\nHm.", "Hm."),
    ("**Mara: Hm.**", "**Hm.**"), ("\"Mara: Hm.\"", "\"Hm.\""), ("[Mara: Hm.]", "[Hm.]"),
    ("> Mara: Hm.", "Hm."),
    ("Mara (wiping the bar): Hm.", "Hm."), ("Mara *wipes the bar*: Hm.", "Hm."),
    ("Mara [dryly] : Hm.", "Hm."),
    ("**Mara (dryly):** Hm.", "Hm."), ("Mara, wiping the bar: Hm.", "Hm."), ("Innkeeper : Hm.", "Hm."),
    ("Assistant: Hm.", "Hm."), ("AI: Hm.", "Hm."), ("assistant\nHm.", "Hm."), ("{{char}}: Hm.", "Hm."),
    ("### Response:\nHm.", "Hm."), ("Hm.\n\nMara: Sit.", "Hm.\n\nSit."), ("Hm. Mara: Sit.", "Hm. Sit."),
    ("Mara:", ""), ("Mara : Don't.", "Don't."), ("Mara — Hm.", "Hm."), ("Mara - \"Hm.\"", "\"Hm.\""),
    ("Mara | Hm.", "Hm."), ("Mara> Hm.", "Hm."), ("@Mara: Hm.", "Hm."), ("🍺 Mara: Hm.", "Hm."),
    ("[18:02] Mara: Hm.", "Hm."), ("1. Mara: Hm.", "Hm."), ("Mara → Rowan: Hm.", "Hm."),
    ("Mara to Rowan: Hm.", "Hm."), ("Mara says: Hm.", "Hm."), ("The innkeeper: Hm.", "Hm."),
    ("Mara the innkeeper: Hm.", "Hm."), ("Mara:: Hm.", "Hm."), ("\u{200B}Mara: Hm.", "Hm."),
    ("Sure! Here is Mara's reply:\n\nHm.", "Hm."), ("---\nMara: Hm.", "Hm."), ("Character: Hm.", "Hm."),
    ("{\"line\": \"Hm.\"}", "Hm."), ("{\"mood\": 1, \"reply\": \"Mara: Hm.\"}", "Hm."),
    ("```\nHm.\n```", "Hm."), ("```json\n{\"text\": \"Hm.\"}\n```", "Hm."),
  ]

  private static let others: [Sample] = [
    ("Hm.\nRowan\nAle.", "Hm."), ("Hm.\n\nRowan Ashby\n\"Ale!\"", "Hm."),
    ("Hm.\nOld Tom\nAle, please!\nMara\nTwo.", "Hm."),
    ("Mara — Hm.\nRowan — Ale.", "Hm."), ("Mara - Hm.\nRowan - Ale.\nMara - Two.", "Hm."),
    ("Mara | Hm.\nOld Tom | Ale.", "Hm."), ("Mara — Hm.\nMara — Sit.", "Hm.\nSit."),
    ("Mara\nHm.\nRowan\nale", "Hm."), ("Mara\nHm\nRowan\n\nAle.", "Hm"),
    ("Hm.\nRowan Ashby: Ale!", "Hm."), ("Hm.\n\nRowan: Ale!\n\nMara: Two.", "Hm."),
    ("Hm.\n**rowan ashby**: Ale!", "Hm."),
    ("Hm.\nROWAN : Ale!", "Hm."), ("Hm.\nRowan（grinning）：Ale!", "Hm."), ("Hm.\n[Rowan] Ale!", "Hm."),
    ("Hm.\n*Ashby:* Ale!", "Hm."), ("Hm.\n### Old Tom\nAle!", "Hm."), ("Hm.\nTom: Ale!", "Hm."),
    ("Hm. Tom: Ale!", "Hm."),
    ("*She nods.* Rowan: Ale!", "*She nods.*"), ("Hm.\nUser: Ale!\nAssistant: Two.", "Hm."),
    ("Hm.\nHuman: Ale!", "Hm."),
    ("Hm.\nuser\nAle!", "Hm."), ("Hm.assistant\n\nTwo.", "Hm."), ("Hm.\nYou: Ale!", "Hm."),
    ("Hm.\n### Instruction:\nGo on.", "Hm."), ("Hm.\n{{user}}: Ale!", "Hm."), ("Hm.\n<USER>: Ale!", "Hm."),
    ("Hm.\nNarrator: It rains.", "Hm."), ("Hm.\n\"Rowan: Ale!\"", "Hm."), ("Rowan: Ale!", ""),
    ("Rowan: Ale!\nMara: Two.", "Two."), ("User: Ale!\nAssistant: Two.", "Two."),
    ("Rowan: Ale! Mara: Two.", "Two."),
    ("Rowan: Ale!\nTom: Me too.\n**Mara:** Two each.\nRowan: Ah.", "Two each."), ("Hm.\nRowan:", "Hm."),
    ("Hm.\n用户：啤酒！", "Hm."), ("Hm.\nGuest: Ale!", "Hm."), ("Hm.\nTraveller: Ale!", "Hm."),
    ("Hm.\nPlayer 1: Ale!", "Hm."), ("Hm.\nユーザー: Ale!", "Hm."), ("Hm.\n---\nRowan: Ale!", "Hm."),
    ("Hm.\n***\n\nRowan: Ale!", "Hm."),
  ]

  private static let echoes: [Sample] = [
    (
      "Hm.\n\n[For Mara only:\n- mood: Mara watches hands.\n- Mara steps between the two. [So be it.]]", "Hm."
    ),
    ("[For Mara only:\n- mood: Mara watches hands.]\n\nHm.", "Hm."), ("[for mara only: x] Hm.", "Hm."),
    ("Hm.\n(For Mara only: be dry.)\nSit.", "Hm.\nSit."),
    ("Hm.\nFor Mara only:\n- be dry\n\nSit.", "Hm.\nSit."),
    ("Hm.\n- mood: Mara watches hands.", "Hm."),
    ("Hm.\nmood: mara watches hands.\nSit.", "Hm.\nSit."), ("Hm.\nAssistant: Two.", "Hm."),
    ("* Say it in another way than before.\nHm.", "Hm."),
    ("Mara steps between the two.", "Mara steps between the two."),
    ("Hm.\n- Mara steps between the two. [So be it.]]", "Hm."),
    ("- mood: Mara watches the door.", "- mood: Mara watches the door."),
    ("Hm.\n[For Mara only: it never ends", "Hm."),
  ]

  static let samples = plain + own + others + echoes

  @Test(arguments: samples.indices)
  func `a line is the same however it is cut into pieces`(index: Int) throws {
    let (text, line) = Self.samples[index]
    let frame = try Self.frame()
    let scalars = Array(text.unicodeScalars)
    for size in 1...max(scalars.count, 1) {
      var stream = LineStream(frame)
      var shown = ""
      for start in stride(from: 0, to: scalars.count, by: size) {
        shown += stream.push(
          String(String.UnicodeScalarView(scalars[start..<min(start + size, scalars.count)])))
      }
      shown += stream.finish()
      #expect(shown == line && stream.line == line, "in pieces of \(size): \(text)")
    }
  }

  /// Replies as services send them: marks of templates, names, the direction, in any order.
  @Test func `random replies come to the same line wherever they are cut`() throws {
    let parts = [
      "Mara: ", "**Mara:** ", "Rowan: ", "\nUser: ", "<think>hm</think>", "<|im_end|>", "\n", "Hm. ",
      "Sit, Rowan.",
      "[For Mara only:\n- x]", "\n- mood: Mara watches hands.", "◁think▷x◁/think▷", "*nods* ", "</think>",
      "[", "<|",
    ]
    let frame = try Self.frame()
    var random = SeededGenerator(seed: 11)
    func line(_ pieces: [String]) -> String {
      var (filter, stream) = (TemplateFilter(), LineStream(frame))
      for piece in pieces { _ = filter.push(piece) }
      _ = filter.finish()
      _ = stream.push(filter.text)
      _ = stream.finish()
      return stream.line
    }
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      let scalars = Array(text.unicodeScalars)
      let expected = line([text])
      for split in 0...scalars.count {
        let pieces = [scalars[..<split], scalars[split...]].map { String(String.UnicodeScalarView($0)) }
        #expect(line(pieces) == expected, "\(text) split at \(split)")
      }
    }
  }

  @Test func `no more is held back than what may become a name`() throws {
    var stream = LineStream(try Self.frame())
    let pieces = ["Ma", "ny ", "guests.", " R", "ain", "\n", "Ro", "om", "\n", "Rowan", " sits"]
    #expect(
      pieces.map { stream.push($0) } == [
        "", "Many", " guests.", "", " Rain", "", "", "\nRoom", "", "", "\nRowan sits",
      ])
  }

  @Test func `what does not belong to the line is kept`() throws {
    var stream = LineStream(try Self.frame())
    _ = stream.push("Mara: Hm.\n[For Mara only: x]\nSit.\nRowan: Ale!") + stream.finish()
    #expect(stream.leftOut == ["Mara:", "[For Mara only: x]", "Rowan: Ale!"])
    #expect(stream.isOver)
  }

  @Test func `a line of nothing but beginnings of names is read in time that grows with its length`() throws {
    for beginning in ["\nMara (", "\n**Mar", "\n- mood: Mara w", ". Row", "\nMara, a"] {
      var stream = LineStream(try Self.frame())
      let text = String(repeating: beginning, count: 2000)
      _ = stream.push(text) + stream.finish()
      #expect(!stream.isOver && !stream.line.isEmpty)
    }
  }
}
