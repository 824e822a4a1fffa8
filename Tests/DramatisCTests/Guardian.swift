import CDramatis
import DramatisC
import Testing

/// The statuses of the header.
enum Status {
  static let ok = dramatis_status(DRAMATIS_OK)
  static let badHandle = dramatis_status(DRAMATIS_BAD_HANDLE)
  static let badArgument = dramatis_status(DRAMATIS_BAD_ARGUMENT)
  static let unknownName = dramatis_status(DRAMATIS_UNKNOWN_NAME)
  static let badProfile = dramatis_status(DRAMATIS_BAD_PROFILE)
  static let badSave = dramatis_status(DRAMATIS_BAD_SAVE)
  static let badEvent = dramatis_status(DRAMATIS_BAD_EVENT)
  static let badValue = dramatis_status(DRAMATIS_BAD_VALUE)
  static let busy = dramatis_status(DRAMATIS_BUSY)
  static let stopped = dramatis_status(DRAMATIS_STOPPED)
}

/// A guard and its program, as a game holds them.
struct Guardian {
  let program: dramatis_program
  let instance: dramatis_instance

  static let profile = """
    dramatis: 1
    character: Guard
    variables: { patience: { initial: 3, min: 0, max: 5 }, name: { initial: a, values: [a, b] } }
    questions:
      isNight: { ask: Is it night? }
      threatened: { ask: Is there a threat?, cues: [kill] }
    machines:
      watch:
        states: { calm: "", wary: "", alarmed: "" }
        transitions:
          - { from: any, to: alarmed, when: threatened }
          - { from: [unactivated, calm], to: wary, when: isNight, set: { patience: patience - 1 } }
    lines:
      - { when: watch == wary, say: [Who goes there?, Halt!] }
    """

  init(_ profile: String = Guardian.profile) throws {
    var (program, instance) = (dramatis_program(), dramatis_instance())
    try #require(dramatis_load(profile, -1, "guard.yaml", -1, &program, nil) == Status.ok)
    try #require(dramatis_instance_new(program, "Guard 17", -1, 17, &instance) == Status.ok)
    (self.program, self.instance) = (program, instance)
  }

  func free() {
    dramatis_instance_free(instance)
    dramatis_program_free(program)
  }

  func state(_ machine: String) -> String {
    var state = dramatis_text()
    return dramatis_state(instance, machine, -1, &state) == Status.ok ? Self.text(state) : ""
  }

  static func event(_ json: String) throws -> dramatis_event {
    var event = dramatis_event()
    try #require(dramatis_event_parse(json, -1, &event) == Status.ok)
    return event
  }

  /// A text that came out, copied.
  static func text(_ text: dramatis_text?) -> String {
    guard let text, let bytes = text.bytes else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: text.length), as: UTF8.self)
  }
}
