-- Guards in LuaJIT, as LÖVE and many engines have it.
--   luajit guards.lua libdramatis.so dramatis.h guard.yaml
local ffi = require("ffi")

local function read(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("*a")
  file:close()
  return bytes
end

local library, header, profile = arg[1] or "libdramatis.so", arg[2] or "dramatis.h", arg[3] or "guard.yaml"
-- The header without what only a compiler wants; LuaJIT knows the types of stdint.h.
local declarations = read(header):gsub("#ifdef __cplusplus.-#endif", ""):gsub("\n#[^\n]*", "\n")
ffi.cdef(declarations)
local dramatis = ffi.load(library)

local function check(status)
  if status ~= 0 then
    error(ffi.string(dramatis.dramatis_status_name(status)) .. ": " .. ffi.string(dramatis.dramatis_message()), 2)
  end
end

local function text(value) return ffi.string(value.bytes, value.length) end

local Program = {}
Program.__index = Program

function Program.load(path)
  local bytes, out = read(path), ffi.new("dramatis_program[1]")
  check(dramatis.dramatis_load(bytes, #bytes, path, #path, out, nil))
  -- The collector frees what nobody holds any more; a handle is a number, so it stands in a table of its own.
  local self = setmetatable({ handle = out[0] }, Program)
  self.guard = ffi.gc(ffi.new("char[1]"), function() dramatis.dramatis_program_free(self.handle) end)
  return self
end

local Character = {}
Character.__index = Character

function Program:character(name, seed)
  local out = ffi.new("dramatis_instance[1]")
  check(dramatis.dramatis_instance_new(self.handle, name, #name, seed, out))
  return setmetatable({ handle = out[0] }, Character)
end

function Character:free() check(dramatis.dramatis_instance_free(self.handle)) end

local function event(json)
  local out = ffi.new("dramatis_event[1]")
  check(dramatis.dramatis_event_parse(json, #json, out))
  return out[0]
end

-- One call-back for all turns: LuaJIT has room for few, and none may be made while one runs.
local facts = {}
local calls = ffi.new("dramatis_calls[1]")
calls[0].ask = function(_, question)
  local answer = facts[text(question.name)]
  if answer == nil then return dramatis.DRAMATIS_UNKNOWN end
  return answer and dramatis.DRAMATIS_YES or dramatis.DRAMATIS_NO
end

function Character:turn(json, known)
  local happened, line = event(json), ffi.new("dramatis_text[1]")
  facts = known or {}
  local status = dramatis.dramatis_turn(self.handle, happened, calls, line)
  local said = status == 0 and text(line[0])
  check(dramatis.dramatis_event_free(happened))
  check(status)
  return said
end

function Character:state(machine)
  local state = ffi.new("dramatis_text[1]")
  check(dramatis.dramatis_state(self.handle, machine, #machine, state))
  return text(state[0])
end

function Character:save()
  local save = ffi.new("dramatis_text[1]")
  check(dramatis.dramatis_save(self.handle, save))
  return text(save[0])
end

function Program:restore(save)
  local out = ffi.new("dramatis_instance[1]")
  check(dramatis.dramatis_restore(self.handle, save, #save, out, nil))
  return setmetatable({ handle = out[0] }, Character)
end

local program = Program.load(profile)
local guards = {}
for i = 1, 200 do guards[i] = program:character("Guard " .. i, i) end

local guard = guards[17]
print("Guard 17: " .. guard:turn('{"actor":"Rowan","text":"Good day!"}', { isNight = false }))
print("Guard 17: " .. guard:turn('{"actor":"Rowan","text":"Let me in."}', { isNight = true }))
print("Guard 17 is " .. guard:state("watch"))

local save = guard:save()
local again = program:restore(save)
local happened = '{"actor":"Rowan","text":"Out of my way!"}'
assert(guard:turn(happened) == again:turn(happened), "a restored guard says what the first one says")
print(("restored from %d bytes, and both say the same"):format(#save))

again:free()
local fine, message = pcall(function() again:state("watch") end)
print("after freeing it: " .. (fine and "nothing is told" or message:match("bad%-handle") or message))
