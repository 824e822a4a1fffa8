/// The replies of a turn that has not been taken yet, so that an attempt that fails loses none.
struct ReplyCache {
  /// Whose questions and about what; in bytes, because equal strings may differ in normalisation.
  struct Scope: Hashable {
    private let character: String
    private let scene, newest: [UInt8]

    init(_ program: Program, _ scene: Scene) {
      character = program.character
      self.scene = Array(scene.text.utf8)
      newest = Array(scene.newest.utf8)
    }
  }

  private var replies: [Scope: [Int: Reply]] = [:]

  subscript(scope: Scope, question: Int) -> Reply? {
    get { replies[scope]?[question] }
    set { replies[scope, default: [:]][question] = newValue }
  }

  mutating func forget() {
    replies = [:]
  }
}
