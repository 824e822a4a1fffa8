/// A node with what the builder must know about it.
struct PlacedNode {
  let node: Node
  /// The bytes where it is used; for an alias these are not the node's own.
  let place: Range<Int>
  /// The number of nodes in it, itself included.
  var size = 1
  /// The bytes of text in it.
  var bytes = 0
  /// The number of collections inside each other, itself included; 0 for a scalar.
  var height = 0
}
