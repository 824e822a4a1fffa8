/// The profile that `dramatis new` writes.
struct ProfileTemplate {
  let name: String

  /// The name as it stands inside double quotes in YAML.
  private var quoted: String {
    name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  var text: String {
    """
    dramatis: 1                       # the first key names the kind of file and its version
    character: "\(quoted)"
    summary: "Who \(quoted) is, in a sentence or two."
    voice: Short sentences, friendly, a little curious.
    greeting: ["Hello, {user}. I don't think we have met."]

    variables:                        # what the character keeps count of, within bounds
      trust: { initial: 0, min: 0, max: 3 }

    questions:                        # what is asked about each event; cues answer without a model
      greeted:
        ask: "Does someone greet \(quoted)?"
        cues: [hello, hi, hey, "good morning", "good evening"]
        otherwise: no               # without this, a question whose cues do not match is unknown
      insulted:
        ask: "Does someone insult \(quoted)?"
        cues: [stupid, idiot, liar, "shut up"]
        otherwise: no               # so that 'not insulted' can be yes

    machines:                         # one machine a side of the character
      mood:
        states:                       # 'unactivated' and 'other' exist without being written
          friendly: "\(quoted) is glad of the company."
          hurt: "\(quoted) answers in few words."
        transitions:                  # the first one whose condition holds is taken
          - { from: any, to: hurt, when: insulted, set: { trust: 0 } }
          - { from: [unactivated, hurt], to: friendly, when: greeted, set: { trust: trust + 1 } }
          - { from: friendly, to: friendly, when: not insulted, set: { trust: trust + 1 } }

    behavior:                         # statements that the character is spoken from
      personality:
        - "\(quoted) tends to ask something back."
        - when: mood == hurt
          then:
            - &sulk "\(quoted) looks away while speaking."
        - when: mood == friendly and trust >= 3
          then:
            - &open "\(quoted) tells something personal."

    lines:                            # what is said when no language model is configured
      - statement: *sulk
        say:
          - "I have nothing to say to that."
          - "That was not kind."
      - statement: *open
        say:
          - "You know, I never wanted to stay here. And yet."
          - "I have not told anybody else, {user}."
      - when: mood == friendly
        say:
          - "Good to see you, {user}. What brings you here?"
          - "Is that so? Tell me more."
          - "And what did you do then?"
      - say:
          - "Hm. And who are you?"
          - "I'm listening."

    """
  }
}
