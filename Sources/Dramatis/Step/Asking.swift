/// How the open questions of a step are put to a discriminator.
///
/// All ways come to the same step on the same answers; they differ in how many questions they ask, and in how
/// many batches. What is known besides may make another authored line fit better.
public enum Asking: String, Hashable, Sendable, Codable, CaseIterable {
  /// All that are open at one depth in one batch; their answers open the next.
  case inRounds
  /// All that could still matter in one batch, whatever their depth.
  case eagerly
  /// One at a time, depth first, as the published traversal of CDT (arXiv 2601.10080) does.
  case separately
}
