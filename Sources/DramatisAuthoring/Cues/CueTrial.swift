import Dramatis
import DramatisCompiler

/// A question for which cues are looked for.
public struct CuedQuestion: Hashable, Sendable {
  /// Its name in the profile.
  public let name: String
  /// What it asks.
  public let ask: String
  /// The cues that are there, which nobody takes away.
  public let cues: [String]
  /// The counter-cues that are there.
  public let counterCues: [String]
  /// Whether it looks over the scene.
  let isOverScene: Bool

  /// Makes a question.
  public init(
    name: String, ask: String, cues: [String] = [], counterCues: [String] = [], isOverScene: Bool = false
  ) {
    (self.name, self.ask, self.cues, self.counterCues) = (name, ask, cues, counterCues)
    self.isOverScene = isOverScene
  }
}

/// What a model gave for a question: phrases, and what people say that means yes or only sounds like it.
public struct SuggestedCues: Hashable, Sendable {
  /// The name of the question.
  public let name: String
  /// Phrases that mean yes.
  public internal(set) var cues: [String]
  /// Phrases that mean no.
  public internal(set) var counterCues: [String]
  /// What people say that means yes.
  public let yes: [String]
  /// What people say that only sounds like it.
  public let no: [String]
  /// Questions to which the same words may mean yes too.
  let overlaps: [String]
}

/// Tries cues with the matcher that a chat uses, on the utterances of all questions.
struct CueTrial {
  /// A cue, or a counter-cue, of a question.
  struct Cue: Hashable {
    let question: String
    let text: String
  }

  private let questions: [CuedQuestion]
  private let suggestions: [SuggestedCues]

  init(_ questions: [CuedQuestion], _ suggestions: [SuggestedCues]) {
    (self.questions, self.suggestions) = (questions, suggestions)
  }

  /// The page with every question and its cues, and the place of each suggested one.
  private var page: MarkedPage<Cue> {
    var page = MarkedPage<Cue>()
    page.entry("dramatis", "1")
    page.entry("character", .said("Somebody"))
    page.heading("questions")
    for question in questions {
      let given = suggestions.first { $0.name == question.name }
      page.heading(question.name, indent: 2)
      page.entry("ask", .said(question.ask), indent: 4)
      for (key, old, new) in [
        ("cues", question.cues, given?.cues ?? []),
        ("counter-cues", question.counterCues, given?.counterCues ?? []),
      ] where !(old + new).isEmpty {
        page.heading(key, indent: 4)
        for text in old { page.element(.said(text), indent: 6) }
        for text in new {
          page.element(.said(text), indent: 6, as: Cue(question: question.name, text: text))
        }
      }
      if question.isOverScene { page.entry("over", "scene", indent: 4) }
    }
    page.heading("behavior")
    page.heading("asked", indent: 2)
    for question in questions {
      page.element(
        .mapping([
          ("when", .plain(question.name)), ("then", .list([.said("The answer is \(question.name).")])),
        ]),
        indent: 4)
    }
    return page
  }

  /// A suggested cue that the compiler or the linter refuses.
  struct Refusal {
    let why: String
    /// Whether it only adds nothing, so that nobody needs to hear of it.
    let isIdle: Bool
  }

  /// Suggested cues that cannot stand.
  var refused: [Cue: Refusal] {
    let page = page
    let compilation = Compilation(of: Array(page.text.utf8), name: "cues.yaml").linted()
    var refused: [Cue: Refusal] = [:]
    for diagnostic in compilation.diagnostics {
      guard let line = diagnostic.span?.start.line, let cue = page.item(at: line) else { continue }
      let isIdle = ["useless-cue", "covered-cue"].contains(diagnostic.code.name)
      refused[cue] = refused[cue] ?? Refusal(why: diagnostic.message, isIdle: isIdle)
    }
    return refused
  }

  /// What the cues make of utterances.
  struct Result {
    /// Cues that say yes to what is none, with the words.
    var wrong: [Cue: String] = [:]
    /// How many of the utterances that mean yes were heard, of how many, by question.
    var heard: [String: (heard: Int, of: Int)] = [:]
    /// What means yes and was not heard, by question.
    var missed: [String: [String]] = [:]
  }

  /// Runs all cues over the utterances of all questions.
  ///
  /// - Returns: Nil where the cues do not compile; see ``refused``.
  func run() -> Result? {
    guard let matcher = Matcher(page.text) else { return nil }
    var result = Result()
    for suggestion in suggestions {
      let missed = suggestion.yes.filter { !matcher.hears($0).contains(suggestion.name) }
      result.heard[suggestion.name] = (suggestion.yes.count - missed.count, suggestion.yes.count)
      result.missed[suggestion.name] = missed
      for utterance in suggestion.no where matcher.hears(utterance).contains(suggestion.name) {
        blame(suggestion, for: utterance, in: &result)
      }
      for utterance in suggestion.yes {
        for other in suggestions
        where other.name != suggestion.name && !other.overlaps.contains(suggestion.name)
          && !suggestion.overlaps.contains(other.name) && matcher.hears(utterance).contains(other.name)
        {
          blame(other, for: utterance, in: &result)
        }
      }
    }
    return result
  }

  /// Finds the cues of a question that say yes to an utterance by themselves.
  private func blame(_ suggestion: SuggestedCues, for utterance: String, in result: inout Result) {
    guard let question = questions.first(where: { $0.name == suggestion.name }) else { return }
    for text in suggestion.cues {
      let alone = CueTrial(
        [
          CuedQuestion(
            name: question.name, ask: question.ask, cues: [text],
            counterCues: question.counterCues + suggestion.counterCues)
        ], [])
      guard let matcher = Matcher(alone.page.text), matcher.hears(utterance).contains(question.name) else {
        continue
      }
      let cue = Cue(question: question.name, text: text)
      result.wrong[cue] = result.wrong[cue] ?? utterance
    }
  }
}

/// The matcher of a chat, ready for the questions of a page.
private struct Matcher {
  private let program: Program
  private let cues: CueDiscriminator

  init?(_ yaml: String) {
    guard let program = Compilation(of: Array(yaml.utf8), name: "cues.yaml").program else { return nil }
    self.program = program
    cues = CueDiscriminator(for: [program])
  }

  /// The questions to which an utterance is a yes.
  func hears(_ utterance: String) -> [String] {
    let scene = Scene(of: Event(actor: "Guest", text: utterance), after: [Event](), window: 1)
    return zip(program.questions, cues.replies(to: program.questions, about: scene))
      .filter { $0.1.answer.truth == .yes }.compactMap(\.0.name)
  }
}
