// A thin coat of C++ over the C interface: handles that free themselves, statuses that are thrown.
//   c++ -std=c++17 guards.cpp -ldramatis -o guards && ./guards guard.yaml
#include <cstdint>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dramatis.h"

namespace {

void check(dramatis_status status) {
  if (status != DRAMATIS_OK)
    throw std::runtime_error(std::string(dramatis_status_name(status)) + ": " + dramatis_message());
}

std::string copied(const dramatis_text &text) { return std::string(text.bytes, text.length); }

// A handle with whatever frees it.
template <dramatis_status (*Free)(std::uint64_t)>
class Handle {
 public:
  explicit Handle(std::uint64_t value) : value_(value) {}
  Handle(Handle &&other) noexcept : value_(std::exchange(other.value_, 0)) {}
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() {
    if (value_ != 0) Free(value_);
  }
  std::uint64_t get() const { return value_; }

 private:
  std::uint64_t value_;
};

using Program = Handle<dramatis_program_free>;
using Event = Handle<dramatis_event_free>;

Program load(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  dramatis_program program;
  check(dramatis_load(bytes.data(), bytes.size(), path.data(), path.size(), &program, nullptr));
  return Program(program);
}

Event event(std::string_view json) {
  dramatis_event event;
  check(dramatis_event_parse(json.data(), json.size(), &event));
  return Event(event);
}

class Character {
 public:
  using Facts = std::function<int32_t(std::string_view question)>;

  Character(const Program &program, std::string_view name, std::uint64_t seed) : handle_(make(program, name, seed)) {}

  std::string turn(const Event &event, Facts facts = {}) {
    // No exception may leave a call-back: it is kept, and thrown once the turn was called off.
    struct Asked {
      Facts facts;
      std::exception_ptr thrown;
    } asked{std::move(facts), nullptr};
    dramatis_calls calls = {&asked, nullptr, nullptr};
    if (asked.facts) calls.ask = [](void *user, const dramatis_question *question) -> int32_t {
      auto &asked = *static_cast<Asked *>(user);
      try {
        return asked.facts({question->name.bytes, question->name.length});
      } catch (...) {
        asked.thrown = std::current_exception();
        return DRAMATIS_STOP;
      }
    };
    dramatis_text line;
    const auto status = dramatis_turn(handle_.get(), event.get(), &calls, &line);
    if (asked.thrown) std::rethrow_exception(asked.thrown);
    check(status);
    return copied(line);
  }

  std::string state(std::string_view machine) const {
    dramatis_text state;
    check(dramatis_state(handle_.get(), machine.data(), machine.size(), &state));
    return copied(state);
  }

  double number(std::string_view variable) const {
    double value;
    check(dramatis_number(handle_.get(), variable.data(), variable.size(), &value));
    return value;
  }

 private:
  static std::uint64_t make(const Program &program, std::string_view name, std::uint64_t seed) {
    dramatis_instance instance;
    check(dramatis_instance_new(program.get(), name.data(), name.size(), seed, &instance));
    return instance;
  }

  Handle<dramatis_instance_free> handle_;
};

}  // namespace

int main(int argc, char **argv) try {
  const Program program = load(argc > 1 ? argv[1] : "guard.yaml");
  std::vector<Character> guards;
  for (int i = 1; i <= 200; i++) guards.emplace_back(program, "Guard " + std::to_string(i), i);

  bool isNight = false;
  auto facts = [&](std::string_view question) -> int32_t {
    if (question == "isNight") return isNight ? DRAMATIS_YES : DRAMATIS_NO;
    return DRAMATIS_UNKNOWN;
  };
  auto &guard = guards[16];
  std::cout << "Guard 17: " << guard.turn(event(R"({"actor":"Rowan","text":"Good day!"})"), facts) << "\n";
  isNight = true;
  std::cout << "Guard 17: " << guard.turn(event(R"({"actor":"Rowan","text":"Let me in."})"), facts) << "\n";
  std::cout << "Guard 17 is " << guard.state("watch") << ", patience " << guard.number("patience") << "\n";
  try {
    guard.turn(event(R"({"text":"…"})"), [](std::string_view) -> int32_t { throw std::runtime_error("no facts"); });
  } catch (const std::runtime_error &error) {
    std::cout << "the turn was called off: " << error.what() << "; still " << guard.state("watch") << "\n";
  }
} catch (const std::exception &error) {
  std::cerr << error.what() << "\n";
  return 1;
}
