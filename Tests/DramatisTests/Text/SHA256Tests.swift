import Testing

@testable import Dramatis

@Suite struct SHA256Tests {
  @Test(arguments: [
    (
      "",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    ),
    (
      "abc",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `the published messages have the published digests`(message: String, digest: String) {
    #expect(SHA256.hex(message.utf8) == digest)
  }

  @Test func `every length from 0 to 200 has the digest of Python's hashlib`() {
    for (length, start) in Self.starts.enumerated() {
      let digest = SHA256.digest(Self.pattern(length))
      #expect(digest.count == 32)
      #expect(digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } == start, "length \(length)")
    }
    let all = (0...200).flatMap { SHA256.digest(Self.pattern($0)) }
    #expect(SHA256.hex(all) == "f95829c919dbd6eb9367b172c83916a802d04fc4db45c54ad3468c474c07fec3")
  }

  @Test func `a megabyte has the digest of Python's hashlib`() {
    #expect(
      SHA256.hex(Self.pattern(1 << 20)) == "ce42d6e130f4c456b6f10c2372585566238246cb70ebfaed5e419f922eb8ffa1")
  }

  @Test(arguments: [1, 3, 55, 63, 64, 65, 199])
  func `pieces of any size make the same digest`(size: Int) {
    let message = Self.pattern(200)
    var hash = SHA256()
    for start in stride(from: 0, to: 200, by: size) { hash.update(message[start..<min(start + size, 200)]) }
    #expect(hash.finalize() == SHA256.digest(message))
  }

  @Test func `bytes are written as two digits each`() {
    #expect(SHA256.hex(ofDigest: [0x00, 0x0a, 0xf0, 0xff]) == "000af0ff")
  }

  /// Bytes that depend on their place and on how many there are.
  static func pattern(_ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0 * 31 + length * 13) }
  }

  /// The first word of the digest of each length.
  static let starts: [UInt32] = [
    0xe3b0_c442, 0x9d1e_0e2d, 0x7779_9250, 0xa60c_e68d, 0x46cc_f3fc, 0x6f7a_2957, 0xcc4d_1867, 0x4022_0ad3,
    0xfedb_3248, 0x7649_2deb,
    0xa525_9592, 0xee06_cd0d, 0xf93e_8621, 0x9627_aeec, 0x56ef_010e, 0x0f35_7306, 0x3248_6d24, 0xcefe_75f0,
    0xf23d_7cb7, 0x70f3_4a90,
    0xcb42_04f6, 0x851b_a420, 0xcccd_4831, 0x6f4d_5407, 0x20ed_2158, 0x41a1_dc65, 0x409a_488f, 0xf7aa_cc73,
    0x31e0_680a, 0xc030_b356,
    0x6ef4_e651, 0x1058_c17f, 0xee2b_3a9e, 0x0b31_a3cf, 0x8800_9682, 0x898f_4f19, 0x5c13_5399, 0x7a9f_7853,
    0xa4d3_e523, 0xe481_8b23,
    0x48b5_f1f5, 0xf048_aa4c, 0x0edd_2e1f, 0x340f_7845, 0xdd6a_edf1, 0xa41b_de68, 0x5a97_6541, 0x9723_155b,
    0xc53f_7cbb, 0x95f3_b887,
    0xe356_7826, 0xc413_c7f5, 0x5940_e497, 0x2dfa_9a39, 0x26c3_0757, 0x8262_9a8e, 0x9198_ab40, 0x03f4_3134,
    0x6a60_a3cf, 0x6abe_aa7e,
    0xede9_9d80, 0xa352_9b76, 0x80b3_b005, 0x7d22_5e4d, 0x2c13_ec6e, 0xf069_fb7f, 0x3a77_69bb, 0xd529_2c9c,
    0xcaeb_899f, 0x77ea_c71b,
    0x9bd3_2ce2, 0x6e35_884c, 0xc16f_b55f, 0x25de_d320, 0x477d_ac4b, 0xa999_f177, 0x1efa_f3f4, 0xd318_3f57,
    0xc98f_9397, 0x4f4f_1e49,
    0x67a1_7973, 0x216e_6938, 0x3e26_96e9, 0xb3c1_9795, 0x4d6a_7ae7, 0xa401_b61d, 0xf8c3_5235, 0x441f_d59b,
    0x9509_3daa, 0xfb1b_8257,
    0x9da1_8597, 0x169c_9d7b, 0x9dcf_4087, 0x1006_8ff4, 0xfa4c_462b, 0x566a_6ee9, 0x3dc4_15a9, 0x2954_1ca6,
    0x14f4_396b, 0xfb38_970a,
    0x51c3_48c6, 0x7a36_1e3d, 0x692e_c33b, 0xac02_4930, 0x74f4_ddce, 0x6a40_097c, 0x727b_6e14, 0x3f50_b303,
    0x7d20_30bb, 0x248a_7a23,
    0xaa11_6f15, 0xe683_8e00, 0x34d2_4103, 0x699f_628a, 0x4c22_217b, 0xe629_104c, 0xbbe1_91a4, 0xb68b_a9c0,
    0xaa12_8325, 0x3caf_9b1d,
    0x8b3e_d0fc, 0xdae9_f9b3, 0xb4b1_c5b6, 0x7099_e548, 0x158e_5a70, 0x5a24_7284, 0xb9bc_acbf, 0x869d_f6b9,
    0xf407_61f0, 0xcf19_ae7f,
    0x615c_ab6f, 0x8799_292e, 0x3a0f_d7c2, 0x2a68_c07a, 0x4561_060c, 0x375a_ddec, 0xa57d_b0f2, 0xa98b_5f0f,
    0x3c56_a897, 0x5e32_65d9,
    0xf8d8_5ffb, 0x5e20_e8d9, 0x9564_f9c8, 0x914a_3488, 0x9917_e8bc, 0xe55a_1e3f, 0x3b5b_ac2d, 0x7f36_62a0,
    0x6c85_26ba, 0x16ef_c28f,
    0xa987_9bc7, 0xeed6_78fe, 0x9199_8ba1, 0x8e1b_8199, 0x2dae_f6c5, 0xeb7a_979c, 0xaa04_b907, 0x8876_ea50,
    0xb923_287b, 0x9418_275f,
    0x409e_1d94, 0x3a10_9625, 0x4706_6301, 0xc791_2446, 0x6d57_312c, 0x18f4_fb13, 0x08d6_80ae, 0x4713_eb1a,
    0xe164_b5ff, 0x99d5_482e,
    0x8c50_ae2e, 0x2cd2_d1c9, 0x5388_dbfa, 0xab09_0f2f, 0x1d49_3c8f, 0x8dab_63ba, 0x1c93_161f, 0x5c58_f0df,
    0xd5f7_6815, 0xbb85_828f,
    0x0180_0dd9, 0x89b4_6909, 0x6f49_0340, 0x81ea_604d, 0x8b99_240b, 0x2877_f0ac, 0x689c_8507, 0xd68f_480c,
    0xdf44_01bf, 0x8e2a_b50e,
    0xbb4b_92bd, 0x71af_1add, 0xe6f5_fd99, 0xd5e7_6081, 0x5ecd_8f82, 0x7878_60fe, 0x0f3f_4e98, 0x13bd_6328,
    0x7575_1c37, 0x919d_0cc3,
    0x02fa_83e5,
  ]
}
