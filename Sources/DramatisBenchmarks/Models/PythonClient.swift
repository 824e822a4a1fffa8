/// A client of Python's package index.
struct PythonClient: ModelClient {
  enum Package: String, CaseIterable {
    case openai, httpx, aiohttp

    /// The coroutine that makes one request and counts its texts.
    var code: String {
      switch self {
      case .openai: PythonClient.openaiCode
      case .httpx: PythonClient.httpxCode
      case .aiohttp: PythonClient.aiohttpCode
      }
    }
  }

  let package: Package
  var name: String { "Python \(package.rawValue)" }
  /// The script does, with a request in each stream.
  var warmsUp: Bool { false }

  func run(_ load: ModelLoad, at address: String) async throws -> Cost? {
    guard
      let numbers = Python.output(of: script(load, address), for: "the Python package '\(package.rawValue)'")
    else { return nil }
    guard numbers.count == 3, numbers[2] == Double(load.units) else {
      throw WrongResult(description: "\(name) got \(numbers), not \(load.units) texts")
    }
    return Cost(nanoseconds: numbers[0], wall: .nanoseconds(Int(numbers[1])))
  }

  private func script(_ load: ModelLoad, _ address: String) -> String {
    """
    import asyncio, gc, json, time
    ADDRESS, STREAMED = '\(address)', \(load.isStreamed ? "True" : "False")
    BODY = {'model': 'bench', 'messages': [{'role': 'user', 'content': 'Hello'}], 'stream': STREAMED}

    def text_of(line):
        if not line.startswith('data:'):
            return 0
        data = line[5:].strip()
        if data == '[DONE]':
            return 0
        choices = json.loads(data)['choices']
        return 1 if choices and choices[0]['delta'].get('content') else 0

    \(package.code)

    async def repeated(call, times):
        return sum([await call() for _ in range(times)])

    async def main():
        async with client() as c:
            call = lambda: one(c)
            await asyncio.gather(*[repeated(call, 1) for _ in range(\(load.streams))])
            gc.collect()
            start, wall = time.process_time_ns(), time.monotonic_ns()
            counts = await asyncio.gather(*[repeated(call, \(load.requests)) for _ in range(\(load.streams))])
            print(time.process_time_ns() - start, time.monotonic_ns() - wall, sum(counts))

    asyncio.run(main())
    """
  }

  fileprivate static let openaiCode = """
    import openai
    def client():
        return openai.AsyncOpenAI(base_url=ADDRESS, api_key='none', timeout=600)
    async def one(c):
        reply = await c.chat.completions.create(**BODY)
        if not STREAMED:
            return 1 if reply.choices[0].message.content else 0
        count = 0
        async for chunk in reply:
            if chunk.choices and chunk.choices[0].delta.content:
                count += 1
        return count
    """

  fileprivate static let httpxCode = """
    import httpx
    def client():
        return httpx.AsyncClient(timeout=600, limits=httpx.Limits(max_connections=None, max_keepalive_connections=None))
    async def one(c):
        async with c.stream('POST', ADDRESS + '/chat/completions', json=BODY) as reply:
            if not STREAMED:
                return 1 if json.loads(await reply.aread())['choices'][0]['message']['content'] else 0
            return sum([text_of(line) async for line in reply.aiter_lines()])
    """

  fileprivate static let aiohttpCode = """
    import aiohttp
    def client():
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=600))
    async def one(c):
        async with c.post(ADDRESS + '/chat/completions', json=BODY) as reply:
            if not STREAMED:
                return 1 if (await reply.json())['choices'][0]['message']['content'] else 0
            return sum([text_of(line.decode()) async for line in reply.content])
    """
}
