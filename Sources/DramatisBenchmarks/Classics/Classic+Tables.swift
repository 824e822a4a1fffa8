/// The tables are written by hand, not derived from the profiles.
extension Classic {
  static let all = [mario, soldier, westeros]

  private static let mario = Classic(
    name: "mario", machine: "power", telling: .datum("move"),
    moves: ["start", "glitch", "fall", "star", "star_ends", "mushroom", "flower", "feather", "hit"],
    table: [
      "unactivated": ["start": "small", "glitch": "other"],
      "small": [
        "glitch": "other", "fall": "lost", "star": "invincible", "mushroom": "super", "flower": "fire",
        "feather": "cape", "hit": "lost",
      ],
      "super": [
        "glitch": "other", "fall": "lost", "star": "invincible", "flower": "fire", "feather": "cape",
        "hit": "small",
      ],
      "fire": ["glitch": "other", "fall": "lost", "star": "invincible", "feather": "cape", "hit": "super"],
      "cape": ["glitch": "other", "fall": "lost", "star": "invincible", "flower": "fire", "hit": "super"],
      "invincible": ["glitch": "other", "fall": "lost", "star_ends": "super"],
      "lost": ["start": "small", "glitch": "other"],
      "other": ["start": "small"],
    ])

  private static let soldier = Classic(
    name: "soldier", machine: "reaction", telling: .answers,
    moves: ["hears_something", "sees_player", "is_hit", "is_killed", "loses_sight", "is_relieved", "wakes"],
    table: [
      "unactivated": ["wakes": "patrol"],
      "patrol": [
        "hears_something": "suspicious", "sees_player": "attack", "is_hit": "cover", "is_killed": "dead",
      ],
      "suspicious": [
        "sees_player": "attack", "is_hit": "cover", "is_killed": "dead", "loses_sight": "patrol",
      ],
      "attack": ["is_hit": "cover", "is_killed": "dead", "loses_sight": "search"],
      "cover": ["is_hit": "retreat", "is_killed": "dead", "loses_sight": "search", "is_relieved": "attack"],
      "search": [
        "hears_something": "suspicious", "sees_player": "attack", "is_hit": "cover", "is_killed": "dead",
      ],
      "retreat": ["is_killed": "dead", "loses_sight": "patrol", "is_relieved": "attack"],
      "dead": [:],
    ])

  private static let westeros = Classic(
    name: "westeros", machine: "place", telling: .kind,
    moves: ["arrive", "ride_north", "ride_south", "captured", "freed", "sail_east", "sail_west"],
    table: [
      "unactivated": ["arrive": "kings_landing"],
      "kings_landing": ["ride_north": "winterfell", "sail_east": "pentos"],
      "winterfell": ["ride_north": "the_wall", "ride_south": "crossroads"],
      "the_wall": ["ride_south": "winterfell"],
      "crossroads": ["ride_north": "winterfell", "ride_south": "kings_landing", "captured": "eyrie"],
      "eyrie": ["freed": "riverlands"],
      "riverlands": ["ride_south": "kings_landing"],
      "pentos": ["ride_south": "volantis", "sail_east": "volantis", "sail_west": "kings_landing"],
      "volantis": ["captured": "meereen", "sail_west": "kings_landing"],
      "meereen": ["sail_west": "dragonstone"],
      "dragonstone": ["ride_south": "kings_landing", "freed": "kings_landing"],
    ])
}
