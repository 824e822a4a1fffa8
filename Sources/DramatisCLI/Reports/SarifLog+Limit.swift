import DramatisCompiler

extension SarifLog {
  /// How a run went, as far as it has to be told.
  struct Invocation: Encodable {
    struct Notification: Encodable {
      let level: String
      let message: Message
    }

    let executionSuccessful: Bool
    let toolExecutionNotifications: [Notification]
  }

  /// Code scanning shows no more results of a run.
  private static let mostResults = 5_000

  /// All findings, or as many as may be reported, of which warnings are the first to go.
  static func kept(of findings: [FileFinding]) -> [FileFinding] {
    guard findings.count > mostResults else { return findings }
    let errors = findings.filter { $0.severity == .error }
    return Array((errors + findings.filter { $0.severity != .error }).prefix(mostResults))
  }
}

extension SarifLog.Invocation {
  /// Says how many results are missing; nil where none is.
  init?(leftOut count: Int) {
    guard count > 0 else { return nil }
    let message = "\(count.of("more result")) left out; another format lists all of them"
    self.init(
      executionSuccessful: true,
      toolExecutionNotifications: [.init(level: "warning", message: .init(text: message))])
  }
}
