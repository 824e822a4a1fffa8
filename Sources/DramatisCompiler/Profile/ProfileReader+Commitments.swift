import Dramatis

/// A commitment whose name is known and whose keys have been checked.
struct DeclaredCommitment {
  let name: String
  let fields: Fields<CommitmentKeys>
}

extension ProfileReader {
  /// Declares the commitments, so that any condition can name them.
  mutating func declareCommitments(_ field: Field<NamesValue>) -> [DeclaredCommitment] {
    var declared: [DeclaredCommitment] = []
    for entry in entries(of: field, limit: limits.declarations) {
      guard let fields = fields(of: entry.value, as: CommitmentKeys.self, span: entry.key.span) else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, as: .commitment(resolver.names.commitments.count)) else { continue }
      resolver.names.commitments.append(entry.key.text)
      declared.append(DeclaredCommitment(name: entry.key.text, fields: fields))
    }
    return declared
  }

  mutating func commitment(_ declared: DeclaredCommitment) -> Commitment {
    let (name, fields) = (declared.name, declared.fields)
    let foreshadow = beat(fields.foreshadow)
    let payoff = beat(fields.payoff)
    // Where it was found matters to people only.
    _ = value(of: fields.source)
    addLine(foreshadow, of: name, while: .planted)
    addLine(payoff, of: name, while: .triggered)
    return Commitment(
      name: name, foreshadow: foreshadow.text, trigger: value(of: fields.trigger) ?? .constant(false),
      payoff: payoff.text, plant: value(of: fields.plant), notBefore: value(of: fields.notBefore),
      dueWithin: value(of: fields.dueWithin),
      after: value(of: fields.after).compactMap { commitmentIndex($0) },
      priority: value(of: fields.priority), owner: value(of: fields.owner),
      abandonWhen: value(of: fields.abandonWhen), hold: hold(fields.hold),
      certainty: value(of: fields.certainty),
      checks: checks(of: name, foreshadow: foreshadow, payoff: payoff))
  }

  private mutating func commitmentIndex(_ node: Node) -> Int? {
    if resolver.names.isRefused(node.text) { return nil }
    if case .commitment(let index) = resolver.names.meanings[node.text] { return index }
    report(
      .unknownName, message: "unknown commitment '\(node.text)'", at: node.span,
      help: resolver.suggestion(for: node.text, among: resolver.names.commitments))
    return nil
  }

  /// `2 of 3`: on how many of the last turns the trigger has to hold.
  private mutating func hold(_ field: Field<TextValue>) -> Commitment.Hold? {
    guard let written = value(of: field), let node = field.node else { return nil }
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

  private mutating func beat(_ field: Field<OtherValue>) -> Beat {
    guard let entry = field.entry, case .mapping = entry.value.content else {
      let text = node(of: field).flatMap { self.text(of: $0, expected: "a text for '\(field.key.name)'") }
      return Beat(text: text ?? "")
    }
    guard let fields = fields(of: entry.value, as: BeatKeys.self, span: entry.key.span) else { return Beat() }
    let cues = cues(fields.cues, counter: fields.counterCues)
    return Beat(
      text: value(of: fields.text) ?? "", cues: cues.cues, counterCues: cues.counterCues,
      say: value(of: fields.say).map { slots($0) })
  }

  /// What the character says without a language model while the commitment stands there.
  private mutating func addLine(_ beat: Beat, of name: String, while status: CommitmentStatus) {
    guard !beat.say.isEmpty, case .commitment(let index) = resolver.names.meanings[name] else { return }
    commitmentLines.append(
      AuthoredLine(
        condition: .compare(.commitment(index), .equal, .status(status)), statement: nil, texts: beat.say))
  }

  /// Adds the questions about the character's lines, by names that no author can give.
  private mutating func checks(
    of name: String, foreshadow: Beat, payoff: Beat
  ) -> Commitment.Checks {
    func add(_ check: String, asking ask: String, about beat: Beat) -> Int {
      resolver.names.add(
        Question(
          name: "commitments.\(name).\(check)", text: "\(ask) \(beat.text)", cues: beat.cues,
          counterCues: beat.counterCues))
    }
    return Commitment.Checks(
      planted: add(
        "planted", asking: "Does the newest text show or say this, if only in passing?", about: foreshadow),
      paid: add(
        "paid",
        asking: "Does this really happen in the newest text, as a concrete event and not as an allusion?",
        about: payoff),
      early: add(
        "early",
        asking: "Does this already happen in the newest text, as a concrete event and not as an allusion?",
        about: payoff))
  }
}
