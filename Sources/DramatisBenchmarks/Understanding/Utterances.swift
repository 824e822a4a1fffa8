import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Something that was said to a character, and which of its questions that answers yes.
struct Utterance: Decodable {
  let text: String
  /// The questions that it answers yes; any other is no.
  let yes: [String]
  /// Those about which readers disagree: they do not count.
  let maybe: [String]
  /// Whether it asks for a reaction that shows that something was understood.
  let asks: Bool

  enum CodingKeys: CodingKey {
    case text, yes, maybe, asks
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    text = try container.decode(String.self, forKey: .text)
    yes = try container.decode([String].self, forKey: .yes)
    maybe = try container.decodeIfPresent([String].self, forKey: .maybe) ?? []
    asks = try container.decodeIfPresent(Bool.self, forKey: .asks) ?? true
  }

  /// The utterances of a file, one JSON object a line.
  static func all(of path: String) throws -> [Utterance] {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw MissingInput(description: "there is no \(path)")
    }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      try JSONDecoder().decode(Utterance.self, from: Data($0.utf8))
    }
  }
}

/// How the cues of a character understood some utterances.
struct UnderstandingTally {
  /// Pairs of an utterance and a question, by what was meant and what was understood.
  private(set) var (hits, missed, mistaken, right) = (0, 0, 0, 0)
  /// Utterances that ask for a reaction, and those of them in which nothing was understood.
  private(set) var (asking, silent) = (0, 0)
  /// What was missed or understood wrongly, for people.
  private(set) var mistakes: [String] = []

  /// Of what was meant, the part that was understood.
  var recall: Double { Double(hits) / Double(max(hits + missed, 1)) }
  /// Of what was understood, the part that was meant.
  var precision: Double { Double(hits) / Double(max(hits + mistaken, 1)) }
  /// The part of the utterances that ask for a reaction in which nothing was understood.
  var silence: Double { Double(silent) / Double(max(asking, 1)) }

  /// Cohen's kappa over all pairs: how far both agree beyond what chance would bring about.
  var kappa: Double {
    let all = Double(hits + missed + mistaken + right)
    let agreed = Double(hits + right) / all
    let meant = Double(hits + missed) / all
    let understood = Double(hits + mistaken) / all
    let chance = meant * understood + (1 - meant) * (1 - understood)
    return (agreed - chance) / (1 - chance)
  }

  /// Reads utterances with the cues of a program; questions over the scene do not count.
  mutating func read(_ utterances: [Utterance], with program: Program) {
    let questions = program.questions.filter { $0.name != nil && $0.reach == .newest }
    let cues = CueDiscriminator(for: [program])
    for utterance in utterances {
      let scene = Scene(of: Event(actor: "Guest", text: utterance.text), after: [], window: 1, for: program)
      let replies = cues.replies(to: questions, about: scene)
      let understood = zip(questions, replies).filter { $1.answer.truth == .yes }.map(\.0.key)
      if utterance.asks {
        asking += 1
        if understood.isEmpty { silent += 1 }
      }
      for question in questions where !utterance.maybe.contains(question.key) {
        count(question, meant: utterance.yes, understood: understood) {
          let matches = cues.matches(of: question, in: scene).map { "\($0.cue) \($0.meaning.rawValue)" }
          return "\(question.key): \(utterance.text) [\(matches.joined(separator: ", "))]"
        }
      }
    }
  }

  private mutating func count(
    _ question: Question, meant: [String], understood: [String], told: () -> String
  ) {
    switch (meant.contains(question.key), understood.contains(question.key)) {
    case (true, true): hits += 1
    case (false, false): right += 1
    case (true, false):
      missed += 1
      mistakes.append("missed \(told())")
    case (false, true):
      mistaken += 1
      mistakes.append("wrongly \(told())")
    }
  }
}
