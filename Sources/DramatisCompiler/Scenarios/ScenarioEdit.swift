import Dramatis

/// A piece of a file of scenarios, and what should stand there instead.
package struct ScenarioEdit: Hashable, Sendable {
  /// In UTF-8 bytes of the file's text.
  let range: Range<Int>
  let text: String
}

extension SourceFile {
  /// The text with some pieces replaced; all else stays byte for byte.
  ///
  /// - Precondition: No two edits overlap.
  package func applying(_ edits: [ScenarioEdit]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where edit.range.lowerBound >= position {
      result += bytes[position..<edit.range.lowerBound]
      result += Array((edit.range.isEmpty ? spaced(edit) : edit.text).utf8)
      position = edit.range.upperBound
    }
    return result + bytes[position...]
  }

  /// What is written where nothing stood, apart from its neighbours.
  private func spaced(_ edit: ScenarioEdit) -> String {
    let (start, blanks) = (edit.range.lowerBound, [UInt8(ascii: " "), 0x0A, 0x0D])
    let needsBefore = start > 0 && !blanks.contains(bytes[start - 1])
    let needsAfter = start < bytes.count && !blanks.contains(bytes[start])
    return (needsBefore ? " " : "") + edit.text + (needsAfter ? " " : "")
  }
}

extension TurnCheck {
  /// What makes a turn expect what happened; only values that are wrong are touched.
  func edits(of turn: ScenarioTurn, speaks: Bool) -> [ScenarioEdit] {
    if let node = turn.unrecorded { return [ScenarioEdit(node, recorded(speaks: speaks))] }
    return turn.expectations.filter { !holds($0) }.compactMap { edit(of: $0) }
  }

  private func edit(of expectation: Expectation) -> ScenarioEdit? {
    let node = expectation.node
    switch expectation.content {
    case .state(let machine, _):
      let state = program.machines[machine].states[record.after.states[machine]].name
      return ScenarioEdit(node, state.yamlScalar)
    case .variable(let index, _):
      return ScenarioEdit(node, program.variables[index].text(record.after.variables[index]))
    case .commitment(let index, _): return ScenarioEdit(node, record.after.commitments[index].status.rawValue)
    case .probability(let machine, let state, _, _):
      return ScenarioEdit(node, probability(state, of: machine).fourDigits)
    case .line: return ScenarioEdit(node, line?.yamlQuoted ?? "null")
    case .asked: return ScenarioEdit(list: expectation, asked.map { program.questions[$0].key.yamlScalar })
    case .statements(let wanted, let fires):
      return ScenarioEdit(
        list: expectation,
        fires
          ? firedTexts
          : wanted.filter { !$0.statements.contains(where: fired.contains) }.map { $0.node.text.yamlScalar })
    }
  }

  private var firedTexts: [String] {
    var texts: [String] = []
    for text in fired.map({ program.statements[$0].yamlScalar }) where !texts.contains(text) {
      texts.append(text)
    }
    return texts
  }

  /// All that a turn left: states, variables, commitments, statements and the line.
  private func recorded(speaks: Bool) -> String {
    let states = program.machines.indices.map {
      "\(program.machines[$0].name): \(program.machines[$0].states[record.after.states[$0]].name.yamlScalar)"
    }
    let variables = program.variables.indices.map {
      "\(program.variables[$0].name): \(program.variables[$0].text(record.after.variables[$0]))"
    }
    let commitments = program.commitments.indices.map {
      "\(program.commitments[$0].name): \(record.after.commitments[$0].status.rawValue)"
    }
    let sections = [
      states.isEmpty ? nil : "states: { \(states.joined(separator: ", ")) }",
      variables.isEmpty ? nil : "variables: { \(variables.joined(separator: ", ")) }",
      commitments.isEmpty ? nil : "commitments: { \(commitments.joined(separator: ", ")) }",
      "statements: [\(firedTexts.joined(separator: ", "))]",
      speaks ? "line: \(line?.yamlQuoted ?? "null")" : nil,
    ]
    return "{ \(sections.compactMap(\.self).joined(separator: ", ")) }"
  }
}

extension ScenarioEdit {
  init(_ node: Node, _ text: String) {
    self.init(range: node.span.start.offset..<node.span.end.offset, text: text)
  }

  /// A list with other elements, in braces or with dashes as it was; nil where that cannot be told.
  fileprivate init?(list expectation: Expectation, _ elements: [String]) {
    let node = expectation.node
    guard case .sequence(let nodes) = node.content, !expectation.isFlow, let first = nodes.first,
      let last = nodes.last
    else {
      self.init(node, "[\(elements.joined(separator: ", "))]")
      return
    }
    guard !elements.isEmpty else { return nil }
    let dash = String(repeating: " ", count: node.span.start.column - 1) + "- "
    self.init(
      range: first.span.start.offset..<last.span.end.offset, text: elements.joined(separator: "\n" + dash))
  }
}

extension String {
  /// The text as a plain scalar where it is one anywhere, else in double quotes.
  var yamlScalar: String {
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      unicodeScalars.first?.properties.isAlphabetic == true
      && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" }
    return isPlain && !reserved.contains(lowercased()) ? self : yamlQuoted
  }
}
