import Dramatis
import DramatisCompiler

/// What the compiler and the linter say of a draft, part by part.
struct DraftJudge {
  /// What was found of a part.
  struct Verdict {
    /// Nil for the file as a whole.
    let item: DraftItem?
    let code: String
    let message: String

    /// As a model is told.
    var told: String {
      let part = item.map { "\($0.title): " } ?? ""
      return "\(part)\(message) [\(code)]"
    }
  }

  let verdicts: [Verdict]
  let program: Program?

  /// Compiles and lints a draft as it is.
  init(_ draft: Draft) {
    let page = DraftPage(draft).page
    let compilation = Compilation(of: Array(page.text.utf8), name: "draft.yaml").linted()
    program = compilation.program
    verdicts = compilation.diagnostics.map { diagnostic in
      Verdict(
        item: diagnostic.span.flatMap { page.item(at: $0.start.line) }, code: diagnostic.code.name,
        message: diagnostic.message)
    }
  }

  /// What a later stage settles: what nothing uses yet, and states of which nothing is said yet.
  static let settledLater: Set<String> = [
    "unused-question", "unread-variable", "unset-variable", "unread-machine", "state-without-line",
    "never-reached",
  ]
}

extension Draft {
  /// Takes out what the compiler or the linter complains of, until neither does.
  ///
  /// - Returns: What went, and why.
  mutating func prune() -> [(item: DraftItem, why: String)] {
    var gone: [(item: DraftItem, why: String)] = []
    func note(_ items: [DraftItem], since why: String) { gone += items.map { ($0, why) } }
    note(settle(), since: "it names what is not there")
    note(removeUnused(), since: "nothing uses it")
    // Every round takes something out, so that it ends.
    while true {
      let verdicts = DraftJudge(self).verdicts
      guard let first = verdicts.first else { break }
      // Small parts do not lean on each other, so that all of them may go at once.
      let small = verdicts.filter { $0.item?.isSmall ?? false }
      var removed = false
      for verdict in small.isEmpty ? [first] : small {
        guard let item = verdict.item else { continue }
        let before = self
        remove(item)
        guard !isSame(as: before) else { continue }
        removed = true
        note([item], since: verdict.message)
      }
      if !removed {
        guard let fallback else { break }
        let before = self
        remove(fallback)
        guard !isSame(as: before) else { break }
        note([fallback], since: first.message)
      }
      note(settle(), since: "it leans on what was left out")
      note(removeUnused(), since: "nothing uses it")
    }
    return gone
  }

  /// What goes where nobody can tell what is wrong.
  private var fallback: DraftItem? {
    if let commitment = commitments.last { return .commitment(commitment.name) }
    if !lines.isEmpty { return .line(lines.count - 1) }
    if let statement = statements.last { return .statement(statement.id) }
    if let machine = machines.last { return .machine(machine.name) }
    if !examples.isEmpty { return .example(examples.count - 1) }
    if let greeting = greetings.last { return .greeting(greeting) }
    if let question = questions.last { return .question(question.name) }
    if let variable = variables.last { return .variable(variable.name) }
    if !aliases.isEmpty { return .head("aliases") }
    if !voice.isEmpty { return .head("voice") }
    if !setting.isEmpty { return .head("setting") }
    return summary.isEmpty ? nil : .head("summary")
  }

  private func isSame(as other: Draft) -> Bool {
    DraftPage(self).page.text == DraftPage(other).page.text
  }
}

extension DraftItem {
  /// Whether nothing else names it.
  fileprivate var isSmall: Bool {
    switch self {
    case .cue, .say, .greeting: true
    default: false
    }
  }
}
