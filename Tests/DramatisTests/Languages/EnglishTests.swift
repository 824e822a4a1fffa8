import Testing

@testable import Dramatis

/// Sentences of English, a cue, and what the cue comes to in them.
@Suite struct EnglishTests {
  @Test(arguments: denied + affirmed + shared)
  func `a negation denies what is in its clause and nothing else`(_ row: CueSentence) {
    #expect(row.found == row.answer)
  }

  @Test(arguments: reported + own)
  func `what the text gives to somebody else is not said`(_ row: CueSentence) {
    #expect(row.found == row.answer)
  }

  private static let denied: [CueSentence] = [
    .no("I refuse to pay.", "pay"), .no("She refused to pay, and so do I.", "pay"),
    .no("I decline to answer.", "answer"), .no("Pay? Never.", "pay"), .no("A drink? No.", "drink"),
    .no("Marry you? Not ever!", "marry"), .no("Sorry? Never, landlady.", "sorry"),
    .no("I don't eat meat.", "eat"), .no("He did not apologise.", "apolog*"),
    .no("I never said you cheated.", "you cheated"),
    .no("No thanks.", "thanks"), .no("No, thank you.", "thank*"), .no("Nope, thanks", "thanks"),
    .no("I won’t burn it down", "burn"), .no("I wont burn it down", "burn"), .no("I can´t pay", "pay"),
    .no("I can`t pay", "pay"), .no("I cannot pay you", "pay"), .no("You're not a liar", "liar"),
    .no("Nobody cheated you.", "cheated"), .no("I have no money", "money"),
    .no("I came without money.", "money"),
    .no("Neither of us cheated", "cheated"), .no("I don't want ale, wine or rum.", "wine"),
    .no("I don't want ale, wine or rum.", "rum"), .no("I do not think that you cheated", "you cheated"),
    .no("I don't think you are lovely", "lovely"), .no("I would never ever lie to you", "lie"),
    .no("I have never, ever cheated", "cheated"), .no("I said nothing about the cellar", "cellar"),
    .no("It is not that lovely", "lovely"), .no("We aren't here to hurt you", "hurt"),
    .no("I did *not* cheat", "cheat"),
    .no("I did **not** cheat", "cheat"), .no("An ale instead of wine", "wine"),
    .no("Stew rather than bread", "bread"),
    .no("I ain't hungry", "hungry"), .no("I don't want no trouble", "trouble"),
    .no("I never said nothing about gold", "gold"),
    .no("Don't you dare burn it!", "burn"), .no("I hardly ate", "ate"), .no("I do not eat or drink", "drink"),
    .no("Not a thank you, not a word", "thank you"), .no("I never said: thank you", "thank you"),
    .no("I won't pay, hide or drink", "drink"), .no("I didn't say \"thank you\".", "thank you"),
    .no("You never cheated", "you … cheated"), .no("i dont think im sorry", "sorry"),
  ]

  private static let affirmed: [CueSentence] = [
    .yes("No—I pay.", "pay"), .yes("Never—just a drink, then.", "drink"),
    .yes("No\u{2015}thanks anyway.", "thanks"),
    .yes("Will you ever pay me? Nothing else matters.", "pay"), .yes("A drink? Why not.", "drink"),
    .yes("Any food? Never mind the price.", "food"), .yes("A drink? I never say no to one.", "drink"),
    .yes("What do you charge for a room with a view? No rush.", "room"),
    .yes("I'm not hungry, but I'd like an ale", "ale"), .yes("Not only lovely but cheap", "lovely"),
    .yes("I can't help but laugh", "laugh"), .yes("I can't help laughing", "laugh*"),
    .no("I can't help you", "help"),
    .yes("I can't thank you enough", "thank you"), .yes("I could not be more grateful", "grateful"),
    .yes("No doubt you cheated", "cheated"), .yes("I don't doubt you cheated", "cheated"),
    .yes("I'm not sure who you are, thank you", "thank you"), .yes("No, I'm sorry", "sorry"),
    .yes("No I am sorry", "sorry"),
    .yes("Why don't you sing with me?", "sing"), .yes("Don't you have ale?", "ale"),
    .no("Don't you touch my ale.", "ale"),
    .yes("Can't you help me?", "help"), .yes("Isn't it lovely here?", "lovely"),
    .no("It isn't lovely here", "lovely"),
    .yes("Won't you dance with me?", "dance"), .yes("You can't not thank her", "thank"),
    .yes("I never go without thanking the cook", "thank*"),
    .yes("I'm not here to rob you. I want ale.", "ale"),
    .yes("I can't wait to eat", "eat"), .yes("I don't know how much I owe", "owe"),
    .yes("I wouldn't mind a bed", "bed"),
    .yes("I wouldn't say no to an ale", "ale"), .yes("Never mind, here is the coin", "coin"),
    .yes("Never mind the coin", "coin"), .yes("Don't worry I will pay", "pay"),
    .yes("They won't stop chasing me", "chasing"),
    .yes("Nothing but lies", "lies"), .yes("I didn't lie because I love you", "love you"),
    .yes("I did not lie and I thank you", "thank you"), .yes("Thanks, not now", "thanks"),
    .yes("I'm not well; help me", "help"),
    .yes("Hello, I am not from here", "hello"), .yes("An ale - not for me", "ale"),
    .yes("Whether you like it or not you cheated", "cheated"),
    .yes("I won't forget that you cheated", "cheated"), .yes("Best ale I never paid for", "ale"),
    .yes("There is nothing better than your stew", "stew"),
    .yes("I never tasted better stew", "never tasted better"),
    .yes("I can't breathe", "can't breathe"), .yes("I won't tell", "won't tell"),
    .yes("It doesn't add up", "doesn't add up"),
    .yes("I knot the rope", "rope"), .yes("A notable stew", "stew"),
    .yes("*does not look up* Thanks", "thanks"),
    .yes("Not now! Thanks though", "thanks"), .yes("dont hurt me im sorry", "sorry"),
    .yes("Nobody but you cheated", "cheated"),
    .yes("I can't believe you cheated", "cheated"), .yes("Why do you not come?", "?"),
    .yes("I'm no fool so thanks", "thanks"),
  ]

  /// A cue said and denied at once.
  private static let shared: [CueSentence] = [
    .unknown("I eat fish but I don't eat meat", "eat"), .unknown("Thanks. No thanks.", "thanks"),
    .unknown("He burns, I do not burn", "burn*"),
  ]

  private static let reported: [CueSentence] = [
    .unknown("Bram: \"I'm sorry, Mara.\"", "sorry"), .unknown("The baker: “you cheat!”", "cheat"),
    .unknown("According to Bram, you cheat.", "cheat"), .unknown("You allegedly cheat.", "cheat"),
    .unknown("Word has it that you cheat, Mara.", "cheat"),
    .unknown("The men whisper that you cheat.", "cheat"),
    .unknown("Old wives mutter that you cheat.", "cheat"),
    .unknown("Bram said: 'I'm sorry', and laughed.", "sorry"), .unknown("Bram said: \"I'm sorry.\"", "sorry"),
    .unknown("\"I'm sorry,\" said the watchman.", "sorry"),
    .unknown("“Thank you”, the watchman shouted", "thank you"),
    .unknown("The guard shouted \"I'll burn it\" at her", "burn"),
    .unknown("She whispered, ‘Thank you’ and left", "thank you"),
    .unknown("\"Burn it!\" he yelled.", "burn"), .unknown("'Burn it!' yelled Bram", "burn"),
    .unknown("He leaned over and muttered \"sorry\"", "sorry"), .unknown("Bram said he was sorry.", "sorry"),
    .unknown("Bram said that he is sorry", "sorry"), .unknown("He told me that you cheat", "cheat"),
    .unknown("I'm sorry, said Bram.", "sorry"), .unknown("Sorry, he said, and left", "sorry"),
    .unknown("\"I'm sorry,\" Bram said, \"truly sorry.\"", "truly sorry"),
    .unknown("He said: thank you.", "thank you"),
    .unknown("You said \"I promise\"", "i promise"),
    .unknown("The sign reads \"no thanks to thieves\"", "thieves"),
    .unknown("I heard Bram say little. Then he cried: 'help me!'", "help me"),
    .unknown("„I am sorry“, he said.", "sorry"),
    .unknown("«I am sorry», he said.", "sorry"),
    .unknown("Bram, the old watchman, said 'goodbye' to you", "goodbye"),
    .unknown("Bram says hello", "hello"), .unknown("\"Sorry.\" he said", "sorry"),
    .unknown("My mother told us the stew was lovely", "lovely"),
  ]

  private static let own: [CueSentence] = [
    .yes("Me: \"I'm sorry.\"", "sorry"), .yes("My answer: \"I'm sorry.\"", "sorry"),
    .yes("According to me, you cheat.", "cheat"), .yes("They say it rains. You cheat!", "cheat"),
    .yes("I whisper that I'm sorry.", "sorry"), .yes("*whispers* I'm sorry.", "sorry"),
    .yes("Is it true, what they say?", "?"),
    .yes("\"Good evening,\" I say.", "good evening"), .yes("\"Good evening\"", "good evening"),
    .yes("I say: 'Good evening'", "good evening"), .yes("I lean over and said, \"Sorry\"", "sorry"),
    .yes("I said I'm sorry", "sorry"), .yes("I already said thank you", "thank you"),
    .yes("\"Thanks\", said I.", "thanks"),
    .yes("\"Thanks\", I whispered softly.", "thanks"), .yes("I softly said \"thanks\"", "thanks"),
    .yes("I nod. \"Thanks.\"", "thanks"), .yes("*bows* \"Good evening.\"", "good evening"),
    .yes("I want to say sorry", "sorry"), .yes("Let me say thank you", "thank you"),
    .yes("I must say, lovely inn", "lovely"),
    .yes("Say hello to Bram", "hello"), .yes("Sorry, Bram said you were open", "sorry"),
    .yes("Bram said nothing. I'm sorry.", "sorry"), .yes("He told me about your cellar", "cellar"),
    .yes("They say the cellar is haunted", "cellar"), .yes("As I said, thanks", "thanks"),
    .yes("\"Thank you.\" Bram nods and says nothing.", "thank you"),
    .yes("'tis a lovely inn, the dogs' favourite", "lovely"),
    .yes("\"Thanks,\" I say to the guard who said hello", "thanks"), .yes("We said thank you", "thank you"),
    .yes("\"Thank you,\" I say. \"Bram said no.\"", "thank you"), .yes("That \"lovely\" stew", "lovely"),
    .yes("I'm sorry, and Bram said so too", "sorry"), .yes("Well said, thanks", "thanks"),
  ]
}
