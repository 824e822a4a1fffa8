extension [Diagnostic] {
  /// Without repetitions, from the start of the file to its end.
  package var tidied: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let unique = filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { left, right in
      (left.element.start, left.offset) < (right.element.start, right.offset)
    }.map(\.element)
  }
}

extension Diagnostic {
  /// What concerns the whole file comes first.
  fileprivate var start: Int { span?.start.offset ?? -1 }
}
