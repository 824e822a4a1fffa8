/// One key of a mapping with its value.
package struct MappingEntry: Sendable {
  /// Always a scalar.
  package let key: Node
  package let value: Node

  package init(key: Node, value: Node) {
    self.key = key
    self.value = value
  }
}
