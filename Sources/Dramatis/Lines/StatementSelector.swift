/// A limit on the statements handed to a performer, with what of a program decides which of them are kept.
struct StatementSelector: Sendable {
  private let tokens: Int
  private let texts: [String]
  /// For each statement how deep it stands in its tree.
  private let depths: [Int]

  init(tokens: Int, for program: Program) {
    self.tokens = tokens
    texts = program.statements
    depths = program.statementDepths()
  }

  /// What of a step's statements to hand over.
  ///
  /// - Parameter history: What fired in the turns before.
  func selection(of step: Step, after history: FiringHistory) -> StatementSelection {
    let candidates = step.grounding.statements.enumerated().map { place, fired in
      StatementCandidate(
        statement: fired, place: place, tokens: texts[fired.statement].estimatedTokens,
        depth: depths[fired.statement], pause: history.pause(of: fired.statement, at: step.snapshot.turn),
        count: history.count(of: fired.statement),
        isTold: history.isTold(fired.statement, at: step.snapshot.turn),
        isNew: history.isNew(fired.statement))
    }
    return StatementSelection(of: candidates, within: tokens)
  }
}

/// A statement that fired, with all that decides whether it is handed over.
struct StatementCandidate {
  let statement: FiredStatement
  /// Where in the traversal it comes; no two share a place.
  let place: Int
  let tokens: Int
  /// From 1 at the root.
  let depth: Int
  /// How many turns ago it last fired; `Int.max` for never.
  let pause: Int
  /// In how many earlier turns it fired.
  let count: Int
  /// Whether the character has spoken from it lately.
  var isTold = false
  /// Whether it did not fire when the character was last concerned.
  var isNew = true

  func goesBefore(_ other: StatementCandidate) -> Bool {
    if isTold != other.isTold { return other.isTold }
    if isNew != other.isNew { return isNew }
    return (other.depth, other.pause, count, place) < (depth, pause, other.count, other.place)
  }

  /// Why it was left out while others were kept.
  ///
  /// - Parameter last: The one of those kept that goes last; nil where none was kept.
  func reason(behind last: StatementCandidate?) -> LeftOutStatement.Reason {
    guard let last, last.goesBefore(self) else { return .tooLong }
    if isTold != last.isTold { return .toldLately }
    if isNew != last.isNew { return .heldBefore }
    if depth < last.depth { return .lessSpecific }
    if pause < last.pause { return .firedLately }
    return count > last.count ? .firesOften : .comesLater
  }
}

/// How often, and in which turn last, each statement of a character has fired.
///
/// A value that the steps of a session alone decide: to take turns back, note the steps of those that are left.
struct FiringHistory: Hashable, Sendable {
  private struct Firings: Hashable {
    var count = 0
    var lastTurn = 0
  }

  /// For how many turns what a character has spoken from gives way to other statements.
  private static let memory = 8

  private var firings: [Int: Firings] = [:]
  /// The last turn in which each was handed over.
  private var told: [Int: Int] = [:]
  /// The last turn that concerned the character.
  private var lastNoted = 0

  /// Notes the statements of a step.
  mutating func note(_ step: Step) {
    guard step.grounding.role == .passive else { return }
    lastNoted = step.snapshot.turn
    for fired in step.grounding.statements {
      firings[fired.statement, default: Firings()].count += 1
      firings[fired.statement]?.lastTurn = step.snapshot.turn
    }
  }

  /// Notes that the character speaks from some statements.
  mutating func tell(_ selection: StatementSelection?, turn: Int) {
    for fired in selection?.statements ?? [] { told[fired.statement] = turn }
  }

  /// Whether a statement did not fire in the last turn that concerned the character.
  func isNew(_ statement: Int) -> Bool {
    firings[statement].map { $0.lastTurn < lastNoted } ?? true
  }

  /// The statements of a step that did not fire in the last turn that concerned the character.
  func newlyHolding(in step: Step) -> [FiredStatement] {
    step.grounding.statements.filter { isNew($0.statement) }
  }

  /// Whether the character has spoken from a statement within the last turns.
  func isTold(_ statement: Int, at turn: Int) -> Bool {
    told[statement].map { turn - $0 <= Self.memory } ?? false
  }

  /// The history of the same statements in another program.
  func moved(from old: Program, to new: Program) -> FiringHistory {
    guard !firings.isEmpty || !told.isEmpty else { return self }
    let (before, after) = (old.statementIdentifiers(), new.statementIdentifiers())
    let places = Dictionary(uniqueKeysWithValues: zip(after, after.indices))
    var moved = FiringHistory()
    moved.lastNoted = lastNoted
    for (statement, turn) in told {
      if let place = places[before[statement]] { moved.told[place] = turn }
    }
    for (statement, known) in firings {
      if let place = places[before[statement]] { moved.firings[place] = known }
    }
    return moved
  }

  /// Notes that a statement has fired so often.
  mutating func note(_ statement: Int, count: Int, lastTurn: Int) {
    firings[statement] = Firings(count: count, lastTurn: lastTurn)
  }

  /// Whether nothing has fired.
  var isEmpty: Bool { firings.isEmpty }

  /// The turn in which a statement fired last; 0 for none.
  func lastTurn(of statement: Int) -> Int { firings[statement]?.lastTurn ?? 0 }

  /// How often a statement has fired.
  func count(of statement: Int) -> Int { firings[statement]?.count ?? 0 }

  /// How many turns before a turn a statement last fired; `Int.max` for never.
  func pause(of statement: Int, at turn: Int) -> Int {
    firings[statement].map { turn - $0.lastTurn } ?? .max
  }
}

extension String {
  /// How many tokens of a language model the text takes, about: its UTF-8 bytes divided by four, rounded up.
  ///
  /// An estimate that needs no model's vocabulary and is the same everywhere.
  package var estimatedTokens: Int { (utf8.count + 3) / 4 }
}
