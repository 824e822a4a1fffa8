import Dramatis

/// A small commented profile to start from.
///
/// ```swift
/// if let template = ProfileTemplate(for: "Old Tom") { print(template.text) }
/// ```
public struct ProfileTemplate: Sendable {
  /// What a name has to be, in a sentence without a full stop.
  public static let nameRule =
    "a name has a letter or a digit, at most 100 characters and no control characters"

  private let name: String

  /// A profile for a character; nil for a name that breaks ``nameRule``.
  public init?(for name: String) {
    let isFine = name.contains { $0.isLetter || $0.isNumber } && name.count <= 100 && name.oneLine == name
    guard isFine else { return nil }
    self.name = name
  }

  /// The name in small letters with hyphens between words: never a path.
  public var fileName: String {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.joined(separator: "-") + ".yaml"
  }

  /// The profile, which compiles and of which no rule complains.
  public var text: String {
    """
    dramatis: 1                       # the first key names the kind of file and its version
    character: \(quoted(name))
    language: en                      # that of the lists of cues below
    summary: \(quoted("Who \(name) is, in a sentence or two."))
    voice: Short sentences, friendly, a little curious.
    greeting: ["Hello, {user}. I don't think we have met."]

    variables:                        # what the character keeps count of, within bounds
      trust: { initial: 0, min: 0, max: 3 }

    questions:                        # what is asked about each event; cues answer without a model
      greeted:
        ask: \(quoted("Does someone greet \(name)?"))
        cues: ["@greet"]            # a list that ships; 'dramatis cues @greet' shows it
        otherwise: no               # without this, a question whose cues do not match is unknown
      insulted:
        ask: \(quoted("Does someone insult \(name)?"))
        cues: ["@insult", liar]     # a list, and a phrase of your own
        otherwise: no               # so that 'not insulted' can be yes

    machines:                         # one machine a side of the character
      mood:
        states:                       # 'unactivated' and 'other' exist without being written
          friendly: \(quoted("\(name) is glad of the company."))
          hurt: \(quoted("\(name) answers in few words."))
        transitions:                  # the first one whose condition holds is taken
          - { from: any, to: hurt, when: insulted, set: { trust: 0 } }
          - { from: [unactivated, hurt], to: friendly, when: greeted, set: { trust: trust + 1 } }
          - { from: friendly, to: friendly, when: not insulted, set: { trust: trust + 1 } }

    behavior:                         # statements that the character is spoken from
      personality:
        - \(quoted("\(name) tends to ask something back."))
        - when: mood == hurt
          then:
            - &sulk \(quoted("\(name) looks away while speaking."))
        - when: mood == friendly and trust >= 3
          then:
            - &open \(quoted("\(name) tells something personal."))

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
      - unheard: 1                    # nothing was understood: the character says so
        say:
          - "I don't follow. Say it another way?"
          - "How do you mean that?"
      - say:
          - "Hm. And who are you?"
          - "I'm listening."

    """
  }

  private func quoted(_ text: String) -> String { YAMLValue.quoted(text).text }
}
