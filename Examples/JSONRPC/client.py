#!/usr/bin/env python3
"""A game that drives characters through `dramatis serve --stdio`: client.py DRAMATIS guard.yaml"""
import itertools
import json
import queue
import subprocess
import sys
import threading
import time


class RPCError(Exception):
    def __init__(self, error):
        super().__init__(error["message"])
        self.number, self.code, self.data = error["code"], error["data"]["code"], error["data"]


class Server:
    """Sends requests and waits for what comes of them; answers what it is asked from a thread of its own."""

    def __init__(self, *command, answers=None, told=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf8")
        self.identifiers = itertools.count(1)
        self.waiting = {}
        self.answers, self.told = answers or {}, told
        self.lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def _send(self, message):
        with self.lock:
            self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            self.process.stdin.flush()

    def _read(self):
        for line in self.process.stdout:
            message = json.loads(line)
            if "method" not in message:
                self.waiting.pop(message["id"]).put(message)
            elif "id" in message:
                result = self.answers[message["method"]](message["params"])
                self._send({"id": message["id"], "result": result})
            elif self.told:
                self.told(message["method"], message["params"])

    def send(self, method, **params):
        """Sends a request; what it gives is asked for its result."""
        identifier, answer = next(self.identifiers), queue.Queue()
        self.waiting[identifier] = answer
        self._send({"id": identifier, "method": method, "params": params})

        def result():
            message = answer.get(timeout=60)
            if "error" in message:
                raise RPCError(message["error"])
            return message["result"]

        result.identifier = identifier
        return result

    def __call__(self, method, **params):
        return self.send(method, **params)()


def main(dramatis, profile):
    night, heard = [False], []
    facts = lambda asked: {"answers": {q["key"]: "yes" if night[0] else "no" for q in asked["questions"] if q["key"] == "isNight"}}
    server = Server(dramatis, "serve", "--stdio", "--no-model", told=lambda method, params: heard.append(params),
                    answers={"ask": facts, "speak": lambda asked: {"line": f"{asked['name']} nods."}})
    program = server("load", path=profile)["program"]
    guards = [server("create", program=program, name=f"Guard {n}", seed=n)["instance"] for n in range(1, 201)]
    guard = guards[16]
    server("subscribe", instance=guard)
    print(server("turn", instance=guard, event={"actor": "Rowan", "text": "Good day!"}, ask=True)["line"])
    night[0] = True
    print(server("turn", instance=guard, event={"actor": "Rowan", "text": "Let me in."}, ask=True)["line"])
    print(server("turn", instance=guard, event={"actor": "Rowan", "text": "Hm."}, speak="game", ask=True)["line"])
    print(server("explain", instance=guard)["text"])
    print("told of", [change["states"] for change in heard if change["states"]])

    # All of them at once: nobody waits for anybody.
    waiting = [server.send("event", instance=one, event={"kind": "nightfall"}, answers={"isNight": "yes"}) for one in guards]
    print(sum(result()["states"]["watch"] == "wary" for result in waiting), "guards are wary")

    save = server("save", instance=guard)["save"]
    again = server("restore", program=program, save=save)["instance"]
    assert server("state", instance=again)["states"] == server("state", instance=guard)["states"]
    server("set", instance=guard, values={"patience": 1})
    server("force", instance=guard, states={"watch": "calm"})
    server("reload", program=program, path=profile)
    assert server("state", instance=guard)["variables"]["patience"] == 1
    server("free", instance=again)
    for method, params in [("state", {"instance": again}), ("fly", {}), ("create", {}), ("set", {"instance": guard, "values": {"x": 1}}),
                           ("event", {"instance": guard, "event": {}}), ("load", {"text": "dramatis: 1\ncharacter: [Ann]\n"})]:
        try:
            server(method, **params)
            print("nothing was refused")
        except RPCError as error:
            print(error.number, error.code)

    times = []
    for _ in range(2000):
        began = time.perf_counter()
        server("event", instance=guard, event={"kind": "tick"})
        times.append(time.perf_counter() - began)
    print(f"a mute event, one after another: {sorted(times)[1000] * 1e6:.0f} µs at the median", file=sys.stderr)
    server("shutdown")
    server.process.stdin.close()
    return server.process.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
