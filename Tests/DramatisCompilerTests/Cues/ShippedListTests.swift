import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// What holds of every list of cues that ships.
@Suite struct ShippedListTests {
  static let names = [
    "greet", "thank", "praise", "apologise", "accuse", "insult", "threaten", "flirt", "farewell", "agree",
    "refuse", "promise", "ask-name", "ask-feeling", "ask-place", "ask-price", "order-food", "order-drink",
    "pay", "offer-help", "ask-help", "comfort", "joke", "hostile-act", "kind-act",
  ]
  static let all = CueList.languages.flatMap { CueList.all(in: $0) }

  @Test func `every language has the same lists`() {
    #expect(CueList.languages == ["de", "en"])
    for language in CueList.languages {
      let names = CueList.all(in: language).map(\.name)
      #expect(Set(names).isSuperset(of: Self.names))
      #expect(Set(names) == Set(CueList.all(in: "en").map(\.name)))
    }
  }

  @Test(arguments: all)
  func `a list has forty cues at least, each once, each to be matched`(list: CueList) throws {
    #expect(list.cues.count >= 40 && !list.meaning.isEmpty)
    let phrases = (list.cues + list.counterCues).map { try? Phrase(parsing: $0) }
    #expect(!phrases.contains(nil))
    let repeated = Dictionary(grouping: phrases.compactMap(\.self)) { $0 }.filter { $0.value.count > 1 }
    #expect(repeated.isEmpty, "\(repeated.keys.map(\.text))")
  }

  @Test(arguments: all)
  func `a cue alone is answered yes, and no counter-cue says otherwise`(list: CueList) throws {
    let program = try compile(
      "dramatis: 1\ncharacter: Nell\nquestions: { q: { ask: Q?, cues: ['@\(list.name).\(list.language)'] } }\n"
        + "machines: { m: { states: {}, transitions: [{ from: any, to: other, when: q }] } }\n")
    let cues = CueDiscriminator(for: [program])
    let deaf = list.cues.filter { cue in
      let text = cue.replacing("…", with: "the").replacing("*", with: "")
      return cues.replies(to: program.questions, about: Scene(text)).first?.answer.truth != .yes
    }
    #expect(deaf.isEmpty, "\(deaf)")
  }
}
