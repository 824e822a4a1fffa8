import DramatisCompiler

/// Texts from outside as they may be shown on a terminal.
extension String {
  /// Without control sequences; line breaks and tabs stay.
  var shown: String { strippedOfControls() }
}
