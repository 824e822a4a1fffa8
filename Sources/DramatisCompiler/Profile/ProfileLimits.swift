import Dramatis

/// How large a profile may be; what is beyond is refused before it costs time or memory.
package struct ProfileLimits: Sendable {
  /// Limits of the file itself.
  package var reading = ReadLimits.standard
  /// Machines, variables and commitments, of each.
  package var declarations = 256
  /// States of one machine, or values of one enumeration.
  package var states = Program.maximumStates - 2
  /// Transitions of all machines.
  package var transitions = 10_000
  /// Questions, named and inline.
  package var questions = 10_000
  /// Gates of all trees.
  package var gates = 20_000
  /// How deeply gates may nest.
  package var treeDepth = Program.maximumTreeDepth - 1
  /// The least and the greatest value of any variable.
  package var integers = -1_000_000_000...1_000_000_000

  /// The least and the greatest bias, in log-odds.
  package var bias = Program.biases

  /// The limits of this version.
  package static let standard = ProfileLimits()
}
