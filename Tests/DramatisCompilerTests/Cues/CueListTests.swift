import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// Lists of cues that ship, and how a profile takes them over.
@Suite struct CueListTests {
  /// The question of a profile of a few lines.
  private func question(_ keys: String, language: String? = nil) throws -> Question {
    let text = """
      dramatis: 1
      character: Nell
      \(language.map { "language: \($0)" } ?? "aliases: [Nelly]")
      questions:
        asked: { ask: "Is it so?", \(keys) }
      machines:
        mood: { states: { warm: ~ }, transitions: [{ from: any, to: warm, when: asked }] }

      """
    let program = try #require(Compilation(of: Array(text.utf8), name: "nell.yaml").program)
    return try #require(program.questions.first)
  }

  private func list(_ name: String, _ language: String = "en") throws -> CueList {
    try #require(CueList.named(name, in: language))
  }

  @Test func `a question takes over the cues and the counter-cues of a list`() throws {
    let (thank, asked) = (try list("thank"), try question(#"cues: ["@thank"]"#))
    #expect(asked.cues == thank.cues)
    #expect(asked.counterCues == thank.counterCues)
  }

  @Test func `what is written stands beside the list, once`() throws {
    let (thank, asked) = (try list("thank"), try question(#"cues: [a curtsy, "@thank", Cheers]"#))
    #expect(asked.cues.prefix(2) == ["a curtsy", "Cheers"])
    #expect(asked.cues.count == thank.cues.count + 1)
  }

  @Test func `what is cut is gone, whatever its case`() throws {
    let asked = try question(#"cues: ["@thank", -CHEERS], counter-cues: [-thank god]"#)
    #expect(!asked.cues.contains("cheers"))
    #expect(!asked.counterCues.contains("thank god"))
    #expect(asked.cues.contains("thank*"))
  }

  @Test func `a list below counter-cues gives its cues`() throws {
    let (thank, asked) = (try list("thank"), try question(#"cues: [kneel*], counter-cues: ["@thank"]"#))
    #expect(asked.cues == ["kneel*"])
    #expect(asked.counterCues == thank.cues)
  }

  @Test func `what is written counts before what a list says of it`() throws {
    let asked = try question(#"cues: ["@thank", thank god], counter-cues: [cheers]"#)
    #expect(asked.cues.contains("thank god") && !asked.counterCues.contains("thank god"))
    #expect(asked.counterCues.contains("cheers") && !asked.cues.contains("cheers"))
  }

  @Test(
    arguments: [
      (#"cues: ["@thank"]"#, nil, "en"), (#"cues: ["@thank"]"#, "de", "de"),
      (#"cues: ["@thank"]"#, "de-AT", "de"),
      (#"cues: ["@thank.de"]"#, nil, "de"), (#"cues: ["@THANK.en"]"#, "de", "en"),
    ] as [(String, String?, String)])
  func `the language is that of the name, of the profile, or English`(
    keys: String, language: String?, expected: String
  ) throws {
    #expect(try question(keys, language: language).cues == (try list("thank", expected).cues))
  }

  @Test(arguments: ["@", "@ home", "-", "- dash", "->", "-)"])
  func `what names no list and cuts nothing is a cue`(text: String) throws {
    #expect(CueElement(text) == .phrase)
    #expect(try question("cues: ['\(text)', word]").cues == [text, "word"])
  }

  @Test func `a program keeps its language, and one without has none`() throws {
    let program = try compile("dramatis: 1\ncharacter: Nell\nlanguage: pt-BR\nlines: [Hm.]\n")
    #expect(program.language == "pt-BR")
    #expect(try Program(file: program.fileBytes()).language == "pt-BR")
    #expect(try compile("dramatis: 1\ncharacter: Nell\nlines: [Hm.]\n").language == nil)
  }

  @Test(arguments: ["English", "d", "de_AT", "en-", "1en-toolongpart"])
  func `what is no tag of a language is refused`(tag: String) {
    let text = "dramatis: 1\ncharacter: Nell\nlanguage: \(tag)\nlines: [Hm.]\n"
    #expect(Compilation(of: Array(text.utf8), name: "nell.yaml").errors.map(\.code) == [.unknownWord])
  }
}
