import ArgumentParser

extension CompletionKind {
  /// Files that can be profiles or programs.
  static let profiles = CompletionKind.file(extensions: ["yaml", "yml", "dramatis"])

  /// The names of the sessions that were kept.
  static let sessions = CompletionKind.custom { _, _, prefix in
    TranscriptSource.names.filter { $0.hasPrefix(prefix) }
  }
}
