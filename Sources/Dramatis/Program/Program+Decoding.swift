extension Program: Decodable {
  /// Reads a program and checks it: one that was decoded can be run without a further check.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func field<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try container.decode(Value.self, forKey: key)
    }
    self.init(
      character: try field(.character), aliases: try field(.aliases), summary: try field(.summary),
      voice: try field(.voice), setting: try field(.setting), greetings: try field(.greetings),
      examples: try field(.examples), window: try field(.window),
      statementBudget: try container.decodeIfPresent(Int.self, forKey: .statementBudget),
      relevance: try container.decodeIfPresent(Condition.self, forKey: .relevance),
      variables: try field(.variables), questions: try field(.questions), machines: try field(.machines),
      topics: try field(.topics), treeNodes: try field(.treeNodes), statements: try field(.statements),
      commitments: try field(.commitments), lines: try field(.lines),
      payoffLimit: try container.decodeIfPresent(Int.self, forKey: .payoffLimit), isVerified: false)
    try verify()
    flatten()
  }
}
