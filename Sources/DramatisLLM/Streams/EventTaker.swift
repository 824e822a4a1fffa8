/// Takes an event of a stream: its type, empty where none was given, and its data, which are gone afterwards.
package typealias EventTaker = (_ name: String, _ data: Span<UInt8>) throws(ModelError) -> Void
