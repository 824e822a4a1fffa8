"""Characters with codified state: the C interface of Dramatis as Python has it.

    guard = Program.load("guard.yaml").character("Guard 17", seed=17)
    print(guard.turn({"actor": "Rowan", "text": "Good day!"}, facts={"isNight": False}))

The library is found by the environment's DRAMATIS_LIBRARY, else as libdramatis.so where the loader looks.
"""
import ctypes
import json
import os
from ctypes import byref, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint64, c_void_p

NO, YES, UNKNOWN, STOP = 0, 1, 2, -1


class _Text(ctypes.Structure):
    _fields_ = [("bytes", c_void_p), ("length", c_size_t)]

    def __bytes__(self):
        return ctypes.string_at(self.bytes, self.length)

    def __str__(self):
        return bytes(self).decode("utf8")


class _Question(ctypes.Structure):
    _fields_ = [(name, _Text) for name in ("instance", "name", "ask", "scene", "event")] + [("is_about_line", c_int32)]


_Ask = ctypes.CFUNCTYPE(c_int32, c_void_p, ctypes.POINTER(_Question))
_Speak = ctypes.CFUNCTYPE(c_int32, c_void_p, ctypes.POINTER(_Text), c_uint64)


class _Calls(ctypes.Structure):
    _fields_ = [("user", c_void_p), ("ask", _Ask), ("speak", _Speak)]


class StepResult(ctypes.Structure):
    """What a step did, in numbers."""
    _fields_ = [("turn", c_int64)] + [(name, c_int32) for name in ("relevant", "changes", "statements", "due")]


_library = ctypes.CDLL(os.environ.get("DRAMATIS_LIBRARY", "libdramatis.so"))
_library.dramatis_message.restype = c_char_p
_library.dramatis_status_name.restype = c_char_p
_library.dramatis_version.restype = c_char_p
_library.dramatis_set_number.argtypes = [c_uint64, c_char_p, c_size_t, c_double]


class Error(Exception):
    """A call that failed: `code` is a stable word such as bad-handle."""

    def __init__(self, status):
        self.code = _library.dramatis_status_name(status).decode()
        super().__init__(f"{self.code}: {_library.dramatis_message().decode('utf8')}")


def _check(status):
    if status != 0:
        raise Error(status)


def _in(text):
    """A text as two arguments: bytes and length."""
    data = text if isinstance(text, bytes) else text.encode("utf8")
    return c_char_p(data), c_size_t(len(data))


def _out(function, handle, *arguments):
    text = _Text()
    _check(function(c_uint64(handle), *arguments, byref(text)))
    return text


class _Owner:
    """Something that the library keeps under a handle, until nobody holds it any more."""
    _free = None

    def __init__(self, handle):
        self.handle = handle.value

    def free(self):
        handle, self.handle = self.handle, 0
        _check(getattr(_library, self._free)(c_uint64(handle)))

    def __del__(self):
        if getattr(self, "handle", 0):
            getattr(_library, self._free)(c_uint64(self.handle))


class Event(_Owner):
    """Something that happens; a dict with actor, text, to, kind, data and answers makes one."""
    _free = "dramatis_event_free"

    def __init__(self, parts):
        handle = c_uint64()
        _check(_library.dramatis_event_parse(*_in(json.dumps(parts)), byref(handle)))
        super().__init__(handle)


class Program(_Owner):
    """A loaded profile."""
    _free = "dramatis_program_free"

    @classmethod
    def load(cls, path):
        with open(path, "rb") as file:
            return cls(file.read(), os.path.basename(path))

    def __init__(self, source, name="profile"):
        handle, diagnostics = c_uint64(), _Text()
        status = _library.dramatis_load(*_in(source), *_in(name), byref(handle), byref(diagnostics))
        self.diagnostics = json.loads(str(diagnostics) or "[]")
        _check(status)
        super().__init__(handle)

    def describe(self):
        return json.loads(str(_out(_library.dramatis_program_describe, self.handle)))

    def character(self, name="", seed=0):
        handle = c_uint64()
        _check(_library.dramatis_instance_new(c_uint64(self.handle), *_in(name), c_uint64(seed), byref(handle)))
        return Character(handle)

    def restore(self, save):
        handle, changes = c_uint64(), _Text()
        _check(_library.dramatis_restore(c_uint64(self.handle), *_in(save), byref(handle), byref(changes)))
        character = Character(handle)
        character.lost = json.loads(str(changes) or "[]")
        return character


class Character(_Owner):
    """One character of a program under a name of its own."""
    _free = "dramatis_instance_free"

    def describe(self):
        return json.loads(str(_out(_library.dramatis_instance_describe, self.handle)))

    def state(self, machine):
        return str(_out(_library.dramatis_state, self.handle, *_in(machine)))

    def force(self, machine, state):
        _check(_library.dramatis_force(c_uint64(self.handle), *_in(machine), *_in(state)))

    def __getitem__(self, variable):
        return json.loads(str(_out(_library.dramatis_value, self.handle, *_in(variable))))

    def __setitem__(self, variable, value):
        _check(_library.dramatis_set(c_uint64(self.handle), *_in(variable), *_in(json.dumps(value))))

    def step(self, event):
        result = StepResult()
        event = event if isinstance(event, Event) else Event(event)
        _check(_library.dramatis_step(c_uint64(self.handle), c_uint64(event.handle), byref(result)))
        return result

    def turn(self, event, facts=None, speak=None):
        """What the character says; empty where nothing is said.

        facts   answers by the names of questions, or a function that takes a name and its event
        speak   a function that takes the prompt's messages and gives the line
        """
        event = event if isinstance(event, Event) else Event(event)
        thrown = []

        def guarded(work):
            # No exception may leave a call-back: it is kept, and raised once the turn was called off.
            try:
                return work()
            except BaseException as error:  # noqa: B902
                thrown.append(error)
                return STOP

        def ask(_, question):
            def work():
                name, happened = str(question.contents.name), json.loads(str(question.contents.event))
                answer = facts(name, happened) if callable(facts) else facts.get(name)
                return UNKNOWN if answer is None else YES if answer else NO
            return guarded(work)

        def say(_, prompt, reply):
            def work():
                line = speak(json.loads(str(prompt.contents))["messages"])
                return _library.dramatis_say(c_uint64(reply), *_in(line or ""))
            return guarded(work)

        calls = _Calls(None, _Ask(ask) if facts is not None else _Ask(0), _Speak(say) if speak else _Speak(0))
        line = _Text()
        status = _library.dramatis_turn(c_uint64(self.handle), c_uint64(event.handle), byref(calls), byref(line))
        if thrown:
            raise thrown[0]
        _check(status)
        return str(line)

    def explain(self):
        return str(_out(_library.dramatis_explain, self.handle, c_int32(0)))

    def save(self):
        return bytes(_out(_library.dramatis_save, self.handle))

    def reload(self, program):
        return json.loads(str(_out(_library.dramatis_reload, self.handle, c_uint64(program.handle))) or "[]")


def step_many(characters, event):
    """Steps many characters on one event with one call; a list of results."""
    handles = (c_uint64 * len(characters))(*[character.handle for character in characters])
    results = (StepResult * len(characters))()
    event = event if isinstance(event, Event) else Event(event)
    _check(_library.dramatis_step_many(handles, c_size_t(len(characters)), c_uint64(event.handle), results, None))
    return list(results)


def version():
    return _library.dramatis_version().decode()
