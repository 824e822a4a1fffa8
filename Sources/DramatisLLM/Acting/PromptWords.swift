import Dramatis

/// The sentences of a prompt in one language, with `%1` and `%2` for what they are about.
///
/// Another language is another value, named in ``all`` under the first part of its tag.
struct PromptWords: Sendable {
  let character, voice, setting, relations, relation, examples, opening, facts, settled, present: String
  /// With what the part for one turn begins.
  let heading: String
  let state, lastingState, newState, mixedState, before, reason: String
  let due, dueAgain, overdue, hint, secret, waits: String
  let wish, lastingWish, lead: String
  /// What is kept in answer to a question, and what somebody said about it.
  let kept, quote: String
  /// What happened before all that is told.
  let earlier: String
  let otherwise, task, others, form, language: String
  let goOn: String
  /// What is to be mended of a line that was made, and the line.
  let mend: String
  /// What is wrong with a line, by kind.
  let flaws: [LineFlaw.Kind: String]
  /// What stands for somebody who is not named, in small letters.
  let pronouns: Set<String>

  /// By the first part of a language's tag.
  private static let all: [String: PromptWords] = ["en": english, "de": german]

  /// The pronouns of all languages: a question may be in another one than its character.
  static let allPronouns = all.values.reduce(into: Set<String>()) { $0.formUnion($1.pronouns) }

  /// The words for a character; English where the language has none, with a word about the language.
  static func of(_ program: Program) -> (words: PromptWords, foreign: String?) {
    guard let tag = program.language, !tag.isEmpty else { return (english, nil) }
    let first = tag.lowercased().prefix { $0.isLetter }
    return all[String(first)].map { ($0, nil) } ?? (english, tag)
  }

  /// A sentence with what it is about in place of its marks.
  static func fill(_ sentence: String, _ parts: [String]) -> String {
    var filled = ""
    var rest = sentence[...]
    while let mark = rest.firstIndex(of: "%") {
      filled += rest[..<mark]
      let next = rest.index(after: mark)
      guard next < rest.endIndex, let number = rest[next].wholeNumberValue, parts.indices.contains(number - 1)
      else {
        filled += "%"
        rest = rest[next...]
        continue
      }
      filled += parts[number - 1]
      rest = rest[rest.index(after: next)...]
    }
    return filled + rest
  }

  private static let english = PromptWords(
    character: "You are %1. %2", voice: "Voice: ", setting: "Setting: ",
    relations: "What others are to %1:", relation: "- %1: %2", examples: "Examples:\n",
    opening: "How it began: ", facts: "What is settled:", settled: "- It has happened: %1",
    present: "Here now: ", heading: "For %1 only",
    state: "- %1: %2", lastingState: "- %1, for %3 turns: %2", newState: "- %1, just now: %2",
    mixedState: "- %1, in part: %2", before: "Before: %1", reason: "Why, answered with yes: %1",
    due: "- In this reply this happens, as a concrete event: %1",
    dueAgain: "- It has not happened yet. In this very reply it really happens, not as a hint: %1",
    overdue:
      "- This is long due. Whatever else happens, it must happen now, as a concrete event: %1",
    hint: "- Let this show in passing, and explain or resolve nothing of it: %1",
    secret: "- True, and not to be resolved yet: %1", waits: "It waits until this is answered with yes: %1",
    wish: "- Wished for this line: %1", lastingWish: "- Wished for every line: %1",
    lead:
      "- Say or do something by which this comes to be answered with yes, and nothing of what follows: %1",
    kept: "- %1 Known so far: %2", quote: "%1: \"%2\"",
    earlier: "- Long before, in short: %1",
    otherwise: "- Say it in another way than before.",
    task: "Answer as %1 with what is said and done next, in a few sentences, in plain text.",
    others: "What others say and do is up to them.",
    form: "Answer as %1 alone.", language: "Answer in the language '%1'.",
    goOn: "[Go on with your last line from exactly where it ends. Repeat nothing of it.]",
    mend: "- You wanted to say: “%2” Do not: %1. Say something else that avoids it.",
    flaws: [
      .repeated: "it was said before", .number: "it names another number than this: %1",
      .forbidden: "it must not be said: %1", .contradiction: "it contradicts what holds",
      .others: "it decides what others say or do", .early: "it gives away what must not happen yet",
    ],
    pronouns: ["he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs"])

  private static let german = PromptWords(
    character: "Du bist %1. %2", voice: "Stimme: ", setting: "Ort und Zeit: ",
    relations: "Was andere für %1 sind:", relation: "- %1: %2", examples: "Beispiele:\n",
    opening: "So begann es: ", facts: "Was feststeht:", settled: "- Es ist geschehen: %1",
    present: "Zugegen: ", heading: "Nur für %1",
    state: "- %1: %2", lastingState: "- %1, seit %3 Runden: %2", newState: "- %1, eben erst: %2",
    mixedState: "- %1, zum Teil: %2", before: "Vorher: %1", reason: "Warum, mit Ja beantwortet: %1",
    due: "- In dieser Antwort geschieht, und zwar wirklich: %1",
    dueAgain:
      "- Es ist noch nicht geschehen. In eben dieser Antwort geschieht es wirklich, nicht als Andeutung: %1",
    overdue: "- Das ist längst fällig. Was auch sonst geschieht, jetzt muss es wirklich geschehen: %1",
    hint: "- Lass dies nebenbei sehen, und erkläre und löse nichts davon auf: %1",
    secret: "- Wahr, und noch nicht aufzulösen: %1",
    waits: "Es wartet, bis dies mit Ja beantwortet ist: %1",
    wish: "- Für diese Antwort gewünscht: %1", lastingWish: "- Für jede Antwort gewünscht: %1",
    lead: "- Sag oder tu etwas, wodurch dies mit Ja zu beantworten ist, und nichts von dem, was folgt: %1",
    kept: "- %1 Bisher bekannt: %2", quote: "%1: „%2“",
    earlier: "- Lange vorher, in Kürze: %1",
    otherwise: "- Sag es anders als zuvor.",
    task:
      "Antworte als %1 mit dem, was als Nächstes gesagt und getan wird, in wenigen Sätzen, ohne Auszeichnung.",
    others: "Was andere sagen und tun, bleibt ihnen überlassen.",
    form: "Antworte allein als %1.", language: "Antworte in der Sprache '%1'.",
    goOn: "[Setze deine letzte Antwort genau dort fort, wo sie endet. Wiederhole nichts davon.]",
    mend: "- Du wolltest sagen: „%2“ Lass das: %1. Sag etwas anderes, das es vermeidet.",
    flaws: [
      .repeated: "es wurde schon gesagt", .number: "es nennt eine andere Zahl als dies: %1",
      .forbidden: "es darf nicht gesagt werden: %1", .contradiction: "es widerspricht dem, was gilt",
      .others: "es entscheidet, was andere sagen oder tun",
      .early: "es verrät, was noch nicht geschehen darf",
    ],
    pronouns: [
      "er", "ihm", "ihn", "sein", "seine", "seinem", "seinen", "seiner", "sie", "ihr", "ihre", "ihrem",
      "ihren",
      "ihrer",
    ])
}
