/// How much a file may hold before reading is refused.
package struct ReadLimits: Sendable {
  package var fileBytes = 4 * 1024 * 1024
  /// Lists and mappings inside each other.
  package var depth = 100
  package var scalarBytes = 65_536
  /// Scalars, lists and mappings, with every alias replaced by what it stands for.
  package var nodes = 200_000
  /// The text that aliases may repeat in all, in bytes.
  package var aliasBytes = 4 * 1024 * 1024
  /// Mistakes that are reported in one run.
  package var diagnostics = Diagnostic.mostOfOneFile
  /// `%TAG` and its like before the document; libyaml compares each with all others.
  package var directives = 32

  package init() {}

  package static let standard = ReadLimits()
}
