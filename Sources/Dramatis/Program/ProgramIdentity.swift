/// Which program something was made by: one number, the same for equal programs and, but for a chance of one in 2^64, no others.
///
/// It holds within a process; what is stored goes by names instead.
struct ProgramIdentity: Hashable, Sendable {
  /// That of whatever no program made.
  static let none = ProgramIdentity(number: 0)

  private let number: UInt64

  private init(number: UInt64) {
    self.number = number
  }

  /// - Complexity: Proportional to the size of the program.
  init(of program: Program) {
    var hasher = Hasher()
    program.hash(into: &hasher)
    number = UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }
}

extension Program {
  /// The identity that everything carries which this program makes.
  var identity: ProgramIdentity { flat.identity }

  /// Refuses a snapshot of another program.
  func check(_ snapshot: Snapshot) throws(StepError) {
    guard snapshot.identity == identity else { throw .otherProgram(.snapshot) }
  }

  /// Refuses answers to the questions of another program.
  func check(_ answers: Answers) throws(StepError) {
    guard answers.identity == identity else { throw .otherProgram(.answers) }
  }
}
