import Testing

@testable import Dramatis

/// Sentences of German, a cue, and what the cue comes to in them.
@Suite struct GermanTests {
  @Test(arguments: denied + affirmed + shared)
  func `a negation denies what is in its clause and nothing else`(_ row: CueSentence) {
    #expect(row.found == row.answer)
  }

  @Test(arguments: reported + own)
  func `what the text gives to somebody else is not said`(_ row: CueSentence) {
    #expect(row.found == row.answer)
  }

  private static let denied: [CueSentence] = [
    .no("Ich weigere mich zu bezahlen.", "bezahlen"), .no("Ich weigere mich, das zu bezahlen.", "bezahlen"),
    .no("Bezahlen? Niemals.", "bezahlen"), .no("Ein Tee? Nein.", "tee"),
    .no("Ich gehe und bezahle nicht.", "bezahle"),
    .no("Danke nein", "danke"), .no("Danke, nein.", "danke"), .no("Ich habe keine Angst", "angst"),
    .no("Ich danke dir nicht.", "danke"), .no("Ich esse kein Fleisch.", "fleisch"),
    .no("Ich esse kein Fleisch.", "esse"),
    .no("Nein danke", "danke"), .no("Nein, danke!", "danke"), .no("Nö, danke", "danke"),
    .no("Ich lüge nie", "lüge"),
    .no("Ich habe niemals gelogen", "gelogen"), .no("Niemand hat gelogen", "gelogen"),
    .no("Ohne Dank ging er", "dank"),
    .no("Ich habe kein Geld", "geld"), .no("Ich habe keinen Hunger", "hunger"),
    .no("Ich will nichts trinken", "trinken"),
    .no("Das habe ich nicht gestohlen", "gestohlen"),
    .no("Ich entschuldige mich nicht bei Ihnen", "entschuldig*"),
    .no("Nicht klauen!", "klauen"), .no("Ich glaube nicht, dass du lügst", "lügst"),
    .no("Ich habe nie gesagt, dass du betrogen hast", "betrogen"),
    .no("Ich habe nie gesagt, du hättest betrogen", "betrogen"),
    .no("Ich weiß nicht, ob du lügst", "lügst"), .no("Weder Bier noch Wein", "bier"),
    .no("Weder Bier noch Wein", "wein"),
    .no("Weder Bier noch Wein möchte ich", "wein"), .no("Ich will keine Suppe, kein Brot", "brot"),
    .no("Ich will das auf keinen Fall kaufen", "kaufen"), .no("Keiner hat dich bedroht", "bedroht"),
    .no("Ich habe *nicht* gelogen", "gelogen"), .no("Keinesfalls verkaufe ich die Uhr", "uhr"),
    .no("Du bist keine Hexe", "hexe"), .no("Das ist gar nicht schön", "schön*"),
    .no("Ich bin überhaupt nicht müde", "müde"),
    .no("Ich habe nix gestohlen", "gestohlen"), .no("Ich hab ned gelogen", "gelogen"),
    .no("Ich sage niemandem etwas von Theo", "theo"),
    .no("Ich brauche keine Hilfe", "hilfe"), .no("Hier gibt es keinen Kuchen", "kuchen"),
    .no("Sie sind nicht dumm", "dumm*"),
    .no("Ich esse und trinke nicht", "trinke"), .no("Ich habe mich noch nie bei dir bedankt", "bedankt"),
    .no("Ich habe nicht „danke“ gesagt", "danke"), .no("Kein Mensch hat gelogen", "gelogen"),
  ]

  private static let affirmed: [CueSentence] = [
    .yes("Ich bezahle und gehe nicht.", "bezahle"), .yes("Ich bleibe und sage nichts.", "bleibe"),
    .yes("Ich nehme einen Tee, wenn es nicht zu teuer ist.", "tee"),
    .yes("Ein Zimmer, falls es nicht zu viel kostet.", "zimmer"), .yes("Nein—ich bezahle.", "bezahle"),
    .yes("Ein Tee? Warum nicht.", "tee"), .yes("Haben Sie Tee? Nicht dass es eilt.", "tee"),
    .yes("Nicht nur schön, sondern groß", "schön"), .yes("Ich bin nicht müde, danke", "danke"),
    .yes("Danke, ich brauche nichts", "danke"), .yes("Danke ich brauche nichts", "danke"),
    .yes("Nein, ich danke Ihnen", "danke"),
    .yes("Nein ich danke Ihnen", "danke"), .yes("Hallo, ich bin nicht von hier", "hallo"),
    .yes("Hallo ich bin nicht von hier", "hallo"),
    .yes("Haben Sie kein Bier?", "bier"), .no("Sie haben kein Bier.", "bier"),
    .yes("Willst du nicht mit mir tanzen?", "tanzen"),
    .no("Du willst nicht mit mir tanzen.", "tanzen"), .yes("Können Sie mir nicht helfen?", "helfen"),
    .yes("Warum nicht tanzen?", "tanzen"), .yes("Ich kann dir nicht genug danken", "danken"),
    .yes("Nicht ohne Dank", "dank"),
    .yes("Ich gehe nie ohne Geld", "geld"), .yes("Ich bezweifle nicht, dass du lügst", "lügst"),
    .yes("Kein Zweifel, du lügst", "lügst"),
    .yes("Keine Sorge, ich bezahle", "bezahle"), .yes("Keine Sorge ich bezahle", "bezahle"),
    .yes("Nichts als Lügen", "lügen"),
    .yes("Ich habe nichts gegen ein Bier", "bier"), .yes("Da sage ich nicht nein, ein Bier", "bier"),
    .yes("Ich habe noch nie so gut gegessen", "gut"), .yes("Ich weiß nicht, wie spät es ist", "wie spät"),
    .yes("Keine Ahnung, wie spät es ist", "wie spät"), .yes("Ich weiß nicht wo ich bin", "wo ich bin"),
    .yes("Ich habe Hunger und kein Geld", "hunger"),
    .yes("Ich habe nicht gelogen und ich danke dir", "danke"),
    .yes("Ich schlafe nicht, weil du singst", "singst"),
    .yes("Ich habe dich nicht betrogen, aber danke", "danke"),
    .yes("Das ist nicht schlecht, wunderbar", "wunderbar"), .yes("In der Not danke ich dir", "danke"),
    .yes("Danke! Nicht nötig.", "danke"), .yes("Danke, nicht nötig", "danke"),
    .yes("Schön hier, nicht wahr?", "schön"),
    .yes("Schön hier, oder nicht?", "schön"), .yes("Ich sage nichts", "sage nichts"),
    .yes("Ich verrate nichts", "verrate nichts"),
    .yes("Niemand hat nicht gelogen", "gelogen"), .yes("*schaut nicht auf* Danke.", "danke"),
    .yes("Ein nichtiger Dank", "dank"),
    .yes("Das macht nichts, danke", "danke"), .yes("Ob du willst oder nicht du lügst", "lügst"),
    .yes("Ich kann es nicht erwarten zu tanzen", "tanzen"),
    .yes("Ich kann nicht aufhören zu singen", "singen"),
    .yes("Guten Abend ich habe nichts dabei", "guten abend"), .yes("Gibt es hier keinen Kaffee?", "kaffee"),
  ]

  /// A cue said and denied at once.
  private static let shared: [CueSentence] = [
    .unknown("Ich esse Fisch, aber ich esse kein Fleisch", "esse"), .unknown("Danke. Nein danke.", "danke"),
  ]

  private static let reported: [CueSentence] = [
    .unknown("Jonas: „Es tut mir leid.“", "leid"), .unknown("Laut Jonas betrügen Sie.", "betrüg*"),
    .unknown("Angeblich betrügen Sie die Gäste.", "betrüg*"),
    .unknown("Sie haben angeblich betrogen.", "betrogen"),
    .unknown("Man sagt, Sie betrügen.", "betrüg*"), .unknown("Laut dem Direktor lügen Sie.", "lügen"),
    .unknown("Es heißt, Sie lügen.", "lügen"),
    .unknown("Bram sagte: „Es tut mir leid“, und lachte.", "tut mir leid"),
    .unknown("Er sagte, es tut ihm leid.", "tut ihm leid"),
    .unknown("er sagte, es tut mir leid", "tut mir leid"), .unknown("„Danke“, sagte der Wächter.", "danke"),
    .unknown("»Danke«, rief der Wächter", "danke"), .unknown("Der Wächter rief: ‚Einbrecher!‘", "einbrecher"),
    .unknown("„Ich klaue die Uhr!“, schrie er.", "klaue"), .unknown("Sie flüsterte: \"Danke\"", "danke"),
    .unknown("Bram meinte, du lügst", "lügst"), .unknown("Er hat gesagt, dass du lügst", "lügst"),
    .unknown("Er hat mir gesagt, du lügst", "lügst"),
    .unknown("Der Direktor behauptet, dass Sie stehlen", "stehlen"),
    .unknown("Danke, sagte er.", "danke"), .unknown("Danke, sagte der alte Wächter", "danke"),
    .unknown("„Danke“, sagte er, „vielen Dank.“", "vielen dank"),
    .unknown("Theo erzählte, dass es hier spukt", "spukt"),
    .unknown("Er brummte \"danke\" und ging", "danke"), .unknown("Da rief jemand: Hilfe!", "hilfe"),
    .unknown("Er fragte: „Wie spät ist es?“", "wie spät"),
    .unknown("Der Wächter beugte sich vor und sagte: „Hexe“", "hexe"),
    .unknown("Meine Mutter sagt, Sie sind nett", "nett"), .unknown("„Hexe!“ hat er gerufen", "hexe"),
  ]

  @Test(arguments: [
    CueSentence.yes("Es tut mir leid, dass ich nicht kam.", "tut mir leid"),
    .yes("Danke, dass du mich nicht verraten hast.", "danke"),
    .yes("Danke, daß du nie gefragt hast", "danke"),
    .yes("Ich schwöre, es nicht zu sagen.", "ich schwöre"),
    .yes("Ich schwöre, nie wieder zu stehlen.", "ich schwöre"),
    .yes("Ich verspreche dir, nichts zu verraten.", "verspreche"),
    .yes("Verzeih, nicht da gewesen zu sein.", "verzeih"),
    .no("Ich glaube nicht, dass ich zahle.", "zahle"), .no("Ich habe nie gesagt, dass du lügst.", "lügst"),
    .no("Danke, dass du mich nicht verraten hast.", "verraten"),
    .no("Ich schwöre, es nicht zu sagen.", "sagen"),
    .no("Ich verspreche nicht, dass ich zahle.", "verspreche"),
    .no("Ich weigere mich, es zu zahlen.", "zahlen"),
  ])
  func `what a clause that depends on another denies reaches no further back`(_ row: CueSentence) {
    #expect(row.found == row.answer)
  }

  private static let own: [CueSentence] = [
    .yes("Ich: „Es tut mir leid.“", "leid"), .yes("Nicht so laut, es tut mir leid.", "leid"),
    .yes("Man sagt viel. Sie lügen!", "lügen"), .yes("Stimmt es, was man sagt?", "?"),
    .yes("Meine Antwort: „Es tut mir leid.“", "leid"),
    .yes("„Guten Abend“, sage ich.", "guten abend"), .yes("„Guten Abend“", "guten abend"),
    .yes("„Danke“, sagte ich.", "danke"),
    .yes("Ich sagte: „Danke“", "danke"), .yes("Ich habe danke gesagt", "danke"),
    .yes("Ich nicke. „Danke.“", "danke"),
    .yes("Ich beugte mich vor und sagte: „Danke“", "danke"), .yes("*nickt* „Danke.“", "danke"),
    .yes("Ich will danke sagen", "danke"),
    .unknown("Man sagt, hier spukt es.", "spukt"), .yes("Danke, Bram hat mir von Ihnen erzählt", "danke"),
    .yes("Wir sagten danke", "danke"), .yes("Bram sagte nichts. Danke.", "danke"),
    .yes("Ich schrie laut um Hilfe", "hilfe"),
    .yes("Die „schöne“ Uhr", "schöne"), .yes("Sagt mir bitte, wie spät es ist", "wie spät"),
    .yes("„Danke.“ Der Wächter nickt nur.", "danke"),
    .yes("Entschuldigung, der Direktor meint es gut", "entschuldigung"),
    .yes("Danke, das hat Bram auch gesagt", "danke"), .yes("Ich rief leise „danke“", "danke"),
  ]
}
