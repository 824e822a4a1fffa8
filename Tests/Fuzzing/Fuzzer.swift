/// What libFuzzer calls for every input; whatever is in it, nothing may trap, hang or take much memory.
@c(LLVMFuzzerTestOneInput)
public func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Journey(Array(UnsafeBufferPointer(start: start, count: count))).run()
  return 0
}
