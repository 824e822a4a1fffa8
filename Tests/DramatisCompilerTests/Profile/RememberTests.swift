import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// Standing questions in profiles and stories.
@Suite struct RememberTests {
  private static let ines = """
    dramatis: 1
    character: Ines
    language: en
    questions: { asked: { ask: Was anything asked?, cues: ["@question"] } }
    remember:
      name: { ask: "What is {user} called?", cues: ["@ask-name", my name is], counter-cues: [my name is mud], keep: 3 }
      asked_for: { ask: What was asked?, when: asked and turn > 1, role: any }
    remember-budget: 99

    """

  @Test func `what is written arrives, and outlives the compiled file`() throws {
    let program = try compile(Self.ines)
    let (name, asked) = (program.standingQuestions[0], program.standingQuestions[1])
    #expect(name.question.text == "What is {user} called?")
    #expect(name.question.cues.first == "my name is")
    #expect(name.question.cues.count > 10, "a list that ships")
    #expect(name.keeps == 3)
    #expect(asked.keeps == StandingQuestion.standardKeep)
    #expect(asked.role == .any)
    #expect(asked.condition.map { program.text(of: program.loreConditions[$0]) } == "asked and turn > 1")
    #expect(program.memoryBudget == 99)
    #expect(program.questionUses[0] == [QuestionUse(kind: .remember, place: "remember.asked_for")])
    #expect(try Program(file: program.fileBytes()) == program)
  }

  @Test func `a profile without them is the same program as ever`() throws {
    let program = try compileMara("lines: [Hm.]\n")
    #expect(program.standingQuestions == [])
    #expect(program.memoryBudget == 256)
    #expect(!String(decoding: program.fileBytes(), as: UTF8.self).contains("remember"))
  }

  @Test func `a damaged program is refused`() throws {
    let bytes = String(decoding: try compile(Self.ines).fileBytes(), as: UTF8.self)
    for (old, new) in [("\"keep\":3", "\"keep\":0"), ("\"memoryBudget\":99", "\"memoryBudget\":-1")] {
      let body = Array(bytes.replacing(old, with: new).utf8).drop { $0 != UInt8(ascii: "\n") }.dropFirst()
      #expect(body.count == bytes.utf8.drop { $0 != UInt8(ascii: "\n") }.count - 1)
      #expect(throws: ProgramError.self) {
        try Program(
          file: Array("dramatis-program 1 sha256:\(SHA256.hex(Array(body)))\n".utf8) + body)
      }
    }
  }

  @Test func `a story adds its own to those of its cast`() throws {
    let story = """
      story: 1
      title: Fog
      cast: [ines.yaml, bo.yaml]
      questions: { fog: { ask: Is there fog?, cues: [fog] } }
      remember: { fog_seen: { ask: What was said of the fog?, when: fog } }

      """
    let bo = "dramatis: 1\ncharacter: Bo\nlore: [{ content: It is cold., when: turn > 3 }]\n"
    let compilation = StoryCompilation(story, profiles: ["ines.yaml": Self.ines, "bo.yaml": bo])
    let cast = try #require(compilation.story?.cast)
    #expect(
      cast.map { $0.standingQuestions.map(\.name) } == [["name", "asked_for", "fog_seen"], ["fog_seen"]])
    for program in cast {
      let condition = try #require(program.standingQuestions.last?.condition)
      #expect(program.text(of: program.loreConditions[condition]) == "fog")
    }
    #expect(cast.map(\.memoryBudget) == [99, 256])
  }

  @Test(arguments: [
    ("remember: { name: { ask: a? } }", "the name 'name' is defined twice"),
    ("remember: { n: { ask: a?, keep: 0 } }", "1 to 100"),
    ("remember: { n: { cues: [b] } }", "ask"),
    ("remember: { n: { ask: a?, when: nothing } }", "nothing"),
    ("remember: { \"a b\": { ask: a? } }", "a b"),
    ("remember: [a]", "standing questions"),
  ])
  func `what is wrong is said where it stands`(remember: String, message: String) {
    let story = "story: 1\ntitle: Fog\ncast: [ines.yaml]\n\(remember)\n"
    let compilation = StoryCompilation(story, profiles: ["ines.yaml": Self.ines])
    #expect(compilation.report().contains(message))
    #expect(compilation.story == nil)
  }
}
