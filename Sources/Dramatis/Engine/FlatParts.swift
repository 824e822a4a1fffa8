/// The tables of a flat program while they grow.
struct FlatParts {
  var decisions: [Decision] = []
  var operands: [FlatOperand] = []
  var comparisons: [FlatComparison] = []
  var chances: [FlatChance] = []
  var weights: [FlatWeight] = []
  var weightLists: [Int32] = []
  var machines: [FlatMachine] = []
  var transitions: [FlatTransition] = []
  var effects: [FlatEffect] = []
  /// Those that leave a state in a role, list after list; see ``FlatMachine/list(from:_:)``.
  var candidates: [FlatCandidate] = []
  /// Where each list of candidates begins, and at last where all end.
  var listStarts: [Int] = [0]
  /// The bias of staying, for the states of all machines.
  var stayBiases: [Double] = []
  /// The way into each topic; end 0 is that of the topic, and end `i + 1` is stop `i`.
  var topics: [Int32] = []
  /// How many statements each topic has.
  var statementCounts: [Int] = []
  var stops: [FlatStop] = []
  var statements: [Int] = []
  /// Leads to 1 where an event is relevant; nil for the local rule.
  var relevance: Int32?
  var commitments: [FlatCommitment] = []
  /// How many payoffs a line is asked for at most.
  var payoffLimit = 0
  /// How the statuses of commitments compare, in the order of their cases.
  var statuses: [FlatText] = []
  /// The number of cells before those of the variables, and before those of the commitments.
  var firstVariable = 0
  var firstCommitment = 0
  var cellCount = 0
  var beliefCount = 0
  /// How many slots a prepared event has.
  var slotCount = 0
  /// The most entries that a row of a probabilistic machine can have, that of staying included.
  var longestRow = 0
}
