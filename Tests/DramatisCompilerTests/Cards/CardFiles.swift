import DramatisCompiler
import Foundation

/// Makes the files in which cards lie, from their parts.
enum CardFiles {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A checksum bit by bit, as the specification of PNG defines it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }

  static func big(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }
  static func little<T: FixedWidthInteger>(_ number: T) -> [UInt8] {
    (0..<(T.bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  static func chunk(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    big(UInt32(contents.count)) + Array(type.utf8) + contents + big(checksum(Array(type.utf8) + contents))
  }

  /// A text chunk with a card.
  static func card(_ json: String, keyword: String = "chara") -> [UInt8] {
    chunk("tEXt", Array(keyword.utf8) + [0] + Array(Data(json.utf8).base64EncodedData()))
  }

  /// A picture with chunks between its head and its end.
  static func png(_ chunks: [UInt8], end: Bool = true) -> [UInt8] {
    signature + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunk("IDAT", [1, 2, 3]) + chunks
      + (end ? chunk("IEND", []) : [])
  }

  /// A member of an archive that is stored as it is.
  struct Member {
    var name: String
    var contents: [UInt8]
    var flags: UInt16 = 0
    var method: UInt16 = 0
    /// What the directory says of its size, where that is not the truth.
    var declared: UInt32?
    var attributes: UInt32 = 0
  }

  static func zip(_ members: [Member], before: [UInt8] = []) -> [UInt8] {
    var result = before
    var directory: [UInt8] = []
    for member in members {
      let size = member.declared ?? UInt32(member.contents.count)
      let shared =
        little(member.flags) + little(member.method) + [0, 0, 0, 0] + little(checksum(member.contents))
        + little(UInt32(member.contents.count)) + little(size) + little(UInt16(member.name.utf8.count)) + [
          0, 0,
        ]
      directory +=
        [0x50, 0x4B, 1, 2, 20, 3, 20, 0] + shared + [0, 0, 0, 0, 0, 0] + little(member.attributes)
      directory += little(UInt32(result.count - before.count)) + Array(member.name.utf8)
      result += [0x50, 0x4B, 3, 4, 20, 0] + shared + Array(member.name.utf8) + member.contents
    }
    let place = UInt32(result.count - before.count)
    let count = little(UInt16(members.count))
    return result + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + little(UInt32(directory.count))
      + little(place) + [0, 0]
  }

  /// A card of version 2 or 3 with further members of its data.
  static func json(version: Int = 2, name: String = "Edda", data: String = "") -> String {
    let required = version == 3 ? #","group_only_greetings":[]"# : ""
    return """
      {"spec":"chara_card_v\(version)","spec_version":"\(version).0","data":{"name":"\(name)","description":\
      "{{char}} mends nets for {{user}}.","personality":"Patient.","scenario":"A pier.","first_mes":"Mind the rope, \
      {{user}}.","mes_example":"<START>\\n{{user}}: Is it deep?\\n{{char}}: Deep enough.","extensions":{}\
      \(required)\(data)}}
      """
  }
}
