/// Answers yes or no by a hash of scene and question: arbitrary, yet the same everywhere.
///
/// Yes exactly if the lowest bit of the first byte of SHA-256(UTF-8(scene), 0x00, UTF-8(question)) is 1.
/// For exploring a profile's logic without a model.
public struct HashDiscriminator: Discriminator {
  /// Makes the one hash discriminator there is.
  public init() {}

  /// Hashes the scene once a round; no Unicode normalisation anywhere.
  public func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    var ofScene = SHA256()
    ofScene.update(scene.text.utf8)
    ofScene.update(CollectionOfOne(UInt8(0)))
    return questions.map { question in
      var hash = ofScene
      hash.update(question.text.utf8)
      let isYes = (hash.finalize().first ?? 0) & 1 == 1
      return Reply(isYes ? .yes : .no, source: "hash")
    }
  }
}
