"""Two hundred guards in Python: python3 guards.py guard.yaml (DRAMATIS_LIBRARY says where libdramatis.so is)."""
import sys
import time

import dramatis

program = dramatis.Program.load(sys.argv[1] if len(sys.argv) > 1 else "guard.yaml")
guards = [program.character(f"Guard {number}", seed=number) for number in range(1, 201)]

nightfall = dramatis.Event({"kind": "nightfall", "answers": {"isNight": "yes"}})
began = time.perf_counter()
wary = sum(result.changes for result in dramatis.step_many(guards, nightfall))
print(f"{wary} of {len(guards)} guards are wary after nightfall", file=sys.stdout)
print(f"a step takes {(time.perf_counter() - began) / len(guards) * 1e6:.1f} µs", file=sys.stderr)

guard = guards[16]
print("Guard 17:", guard.turn({"actor": "Rowan", "text": "Let me in."}, facts={"isNight": True}))
print("Guard 17:", guard.turn({"actor": "Rowan", "text": "Out of my way!"}, speak=lambda messages: messages[-1]["role"]))
print("Guard 17 is", guard.state("watch"), "with patience", guard["patience"])
print(guard.explain())

again = program.restore(guard.save())
assert again.describe() == guard.describe()
event = {"actor": "Rowan", "text": "Sorry, sorry."}
assert again.turn(event, facts={}) == guard.turn(event, facts={})
print("restored, and both say the same")

try:
    dramatis.Program("dramatis: 1\ncharacter: [Ann]\n", "ann.yaml")
except dramatis.Error as error:
    print(error)
guard.free()
try:
    guard.state("watch")
except dramatis.Error as error:
    print("after freeing it:", error.code)
