import Dramatis

extension ProfileReader {
  /// Declares the commitments, so that any condition can name them.
  mutating func declareCommitments(_ node: Node?) -> [(name: String, fields: Fields)] {
    var declared: [(name: String, fields: Fields)] = []
    for entry in entries(node, "commitments", limit: limits.declarations) {
      guard let fields = fields(entry.value, "a commitment", ProfileKeys.commitment, span: entry.key.span)
      else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, .commitment(resolver.names.commitments.count)) else { continue }
      resolver.names.commitments.append(entry.key.text)
      declared.append((entry.key.text, fields))
    }
    return declared
  }

  mutating func commitment(_ name: String, _ fields: Fields) -> Commitment {
    let foreshadow = beat(fields, "foreshadow")
    let payoff = beat(fields, "payoff")
    // Where it was found matters to people only.
    _ = fields["source"].flatMap { text($0, "a text for 'source'") }
    addLine(foreshadow, name, .planted)
    addLine(payoff, name, .triggered)
    return Commitment(
      name: name, foreshadow: foreshadow.text, trigger: trigger(fields) ?? .constant(false),
      payoff: payoff.text, plant: fields["plant"].flatMap { condition($0) },
      notBefore: integer(fields["not-before"], in: 0...Program.latestDelay) ?? 0,
      dueWithin: integer(fields["due-within"], in: 0...Program.latestDelay),
      after: texts(fields["after"]).compactMap { commitmentIndex($0) },
      priority: integer(fields["priority"], in: limits.integers) ?? 0,
      owner: fields["owner"].flatMap { text($0, "the name of a character") },
      abandonWhen: fields["abandon-when"].flatMap { condition($0) },
      hold: fields["hold"].flatMap { hold($0) },
      certainty: fields["certainty"].flatMap { number($0, in: Commitment.certainties) },
      checks: checks(name, foreshadow, payoff))
  }

  private mutating func trigger(_ fields: Fields) -> Condition? {
    if fields["trigger"] == nil { missing("trigger", fields) }
    return fields["trigger"].flatMap { condition($0) }
  }

  private mutating func commitmentIndex(_ node: Node) -> Int? {
    if resolver.names.refused.contains(node.text) { return nil }
    if case .commitment(let index) = resolver.names.meanings[node.text] { return index }
    report(
      .unknownName, message: "unknown commitment '\(node.text)'", at: node.span,
      help: resolver.suggestion(node.text, resolver.names.commitments))
    return nil
  }

  /// `2 of 3`: on how many of the last turns the trigger has to hold.
  private mutating func hold(_ node: Node) -> Commitment.Hold? {
    guard let written = text(node, "a text such as 2 of 3") else { return nil }
    let words = written.split(separator: " ")
    guard words.count == 3, words[1] == "of", let count = Int(words[0]), let window = Int(words[2]) else {
      report(.wrongType, message: "expected a text such as 2 of 3, found \(written.quoted)", at: node.span)
      return nil
    }
    guard Commitment.holdWindows.contains(window), (1...window).contains(count) else {
      report(
        .numberOutOfRange, message: "\(written.prefix(40)) is out of range", at: node.span,
        label: "expected no more than \(Commitment.holdWindows.upperBound), the first no more than the last")
      return nil
    }
    return Commitment.Hold(count: count, window: window)
  }
}

extension ProfileReader {
  /// A foreshadow or a payoff, with the cues that tell it in a line.
  private struct Beat {
    var text = ""
    var cues: [String] = []
    var counterCues: [String] = []
    var say: [LineText] = []
  }

  private mutating func beat(_ owner: Fields, _ key: String) -> Beat {
    guard let entry = owner.entry(key), case .mapping = entry.value.content else {
      return Beat(text: requiredText(owner, key) ?? "")
    }
    guard
      let fields = fields(entry.value, "a foreshadow or payoff", ProfileKeys.beat, span: entry.key.span)
    else { return Beat() }
    return Beat(
      text: requiredText(fields, "text") ?? "", cues: cues(fields["cues"]),
      counterCues: cues(fields["counter-cues"]), say: texts(fields["say"]).map { slots($0) })
  }

  /// What the character says without a language model while the commitment stands there.
  private mutating func addLine(_ beat: Beat, _ name: String, _ status: CommitmentStatus) {
    guard !beat.say.isEmpty, case .commitment(let index) = resolver.names.meanings[name] else { return }
    commitmentLines.append(
      AuthoredLine(
        condition: .compare(.commitment(index), .equal, .status(status)), statement: nil, texts: beat.say))
  }

  /// Adds the questions about the character's lines, by names that no author can give.
  private mutating func checks(_ name: String, _ foreshadow: Beat, _ payoff: Beat) -> Commitment.Checks {
    func add(_ check: String, _ ask: String, _ beat: Beat) -> Int {
      resolver.names.add(
        Question(
          name: "commitments.\(name).\(check)", text: "\(ask) \(beat.text)", cues: beat.cues,
          counterCues: beat.counterCues))
    }
    return Commitment.Checks(
      planted: add("planted", "Does the newest text show or say this, if only in passing?", foreshadow),
      paid: add(
        "paid", "Does this really happen in the newest text, as a concrete event and not as an allusion?",
        payoff),
      early: add(
        "early", "Does this already happen in the newest text, as a concrete event and not as an allusion?",
        payoff))
  }
}
