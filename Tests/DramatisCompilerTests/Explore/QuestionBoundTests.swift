import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@Suite struct QuestionBoundTests {
  private func bound(_ body: String, partners: Int? = 1) throws -> QuestionBound {
    QuestionBound(of: try compileMara(body), partners: partners)
  }

  @Test func `a gate below a gate is a round more, and only the greatest branch counts`() throws {
    let bound = try bound(
      """
      behavior:
        t:
          - when: ask("1")
            then: [{ when: 'ask("2")', then: [s] }, { when: 'ask("3")', then: [s] }]
            else: [{ when: 'ask("4")', then: [s] }]
          - { when: 'ask("1") or ask("5")', then: [s] }
      """)
    #expect(bound.eventQuestions == 4 || bound.eventQuestions == 5)
    #expect(bound.eventRounds == 2 && bound.questions == bound.eventQuestions && bound.rounds == 2)
  }

  @Test func `of a machine the guards that leave one state count, and a gate that reads it waits for them`()
    throws
  {
    let bound = try bound(
      """
      machines:
        m:
          states: { a: "" }
          transitions:
            - { from: unactivated, to: a, when: 'ask("1") and ask("2")' }
            - { from: a, to: other, when: 'ask("3")' }
            - { from: a, to: other, when: 'ask("own")', role: active }
      behavior:
        t: [{ when: m == a, then: [{ when: 'ask("4")', then: [s] }] }]
      lines: [{ when: 'ask("5")', say: [x] }]
      """)
    #expect([bound.eventQuestions, bound.lineQuestions, bound.ownQuestions] == [3, 1, 1])
    #expect([bound.eventRounds, bound.lineRounds, bound.ownRounds] == [2, 1, 1])
  }

  @Test func `one partner counts unless all are named`() throws {
    let body = """
      behavior:
        a: { with: Ann, statements: [{ when: 'ask("1")', then: [s] }, { when: 'ask("2")', then: [s] }] }
        b: { with: Bob, statements: [{ when: 'ask("3")', then: [s] }] }
      """
    #expect(try bound(body).questions == 2)
    #expect(try bound(body, partners: nil).questions == 3)
  }

  @Test func `every place that asks a question is named`() throws {
    let program = try compileMara(
      """
      questions: { q: { ask: Does it? } }
      machines: { m: { states: {}, transitions: [{ from: any, to: other, when: q }] } }
      behavior: { t: [{ when: chance(0.5), then: [{ when: not q, then: [s] }] }] }
      lines: [{ when: q, say: [x] }]
      """)
    #expect(
      program.questionUses == [
        [
          QuestionUse(kind: .guard, place: "m.1"), QuestionUse(kind: .gate, place: "t.1.then.1"),
          QuestionUse(kind: .line, place: "lines.1"),
        ]
      ])
  }
}
