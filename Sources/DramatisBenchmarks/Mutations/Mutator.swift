import DramatisCompiler

/// Makes one thing wrong in a profile, in every way and every place that it knows.
struct Mutator {
  private(set) var mutations: [Mutation] = []
  let root: Cursor
  /// Chooses where a change could be made in several ways.
  var random: SplitMix64

  /// All mutations of a profile, the same for the same seed.
  static func mutations(of document: Node, seed: UInt64) -> [Mutation] {
    var mutator = Mutator(root: Cursor(document), random: SplitMix64(state: seed))
    mutator.mutateMachines()
    mutator.mutateVariables()
    mutator.mutateQuestions()
    mutator.mutateBehavior()
    mutator.mutateRelevance()
    mutator.mutateCommitments()
    return mutator.mutations
  }

  private init(root: Cursor, random: SplitMix64) {
    (self.root, self.random) = (root, random)
  }

  /// Notes the document with another text at a place.
  mutating func replace(_ place: Cursor, by text: String, _ kind: Mutation.Kind) {
    replace(place, by: place.node.replaced(by: text), kind, "\(place.text) → \(text)")
  }

  /// Notes the document without what stands at a place.
  mutating func drop(_ place: Cursor, _ kind: Mutation.Kind) {
    replace(place, by: nil, kind, place.node.flowText)
  }

  private mutating func replace(_ place: Cursor, by node: Node?, _ kind: Mutation.Kind, _ change: String) {
    guard let document = root.node.replacing(at: place.path[...], by: node) else { return }
    note(kind, at: place, change, document)
  }

  mutating func note(_ kind: Mutation.Kind, at place: Cursor, _ change: String, _ document: Node) {
    mutations.append(
      Mutation(kind: kind, line: place.node.span.start.line, change: change, document: document))
  }

  /// A number that is greater or less by 1.
  mutating func neighbour(of number: Int) -> String {
    String(number + (Bool.random(using: &random) ? 1 : -1))
  }
}
