import DramatisCompiler

extension SarifLog {
  /// A kind of finding, with the page that `dramatis explain` prints.
  struct Rule: Encodable {
    struct Configuration: Encodable {
      let level: String
    }

    struct Help: Encodable {
      let text, markdown: String
    }

    let id: String
    let shortDescription, fullDescription: Message
    let help: Help
    let defaultConfiguration: Configuration
  }
}

extension SarifLog.Rule {
  /// What is known of a code; one that is no diagnostic's is that of a compiled program.
  init(_ id: String) {
    let code = DiagnosticCode(rawValue: id)
    let summary = code?.summary ?? "A compiled program cannot be read."
    let page = code?.page ?? summary
    self.init(
      id: id, shortDescription: .init(text: summary),
      fullDescription: .init(text: page.firstParagraph ?? summary),
      help: Help(text: page, markdown: page),
      defaultConfiguration: .init(level: (code?.severity ?? .error).sarifLevel))
  }
}

extension String {
  /// The first lines of a page that are neither blank nor a heading, as one line.
  fileprivate var firstParagraph: String? {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let paragraph = lines.drop { $0.isEmpty || $0.hasPrefix("#") }.prefix { !$0.isEmpty }
    return paragraph.isEmpty ? nil : paragraph.joined(separator: " ")
  }
}
