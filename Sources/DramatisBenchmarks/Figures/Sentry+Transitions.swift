/// The sentry for the Python package `transitions`.
extension Sentry {
  /// Prints the nanoseconds per step and the end; kinds come as digits.
  static func transitionsScript(_ kinds: [UInt8]) -> String {
    let rows = table.map { row in
      let condition = row.when.isEmpty ? "" : ", conditions=lambda e: s.\(row.when)"
      let effect = row.effect.isEmpty ? "" : ", before=lambda e: \(row.effect)"
      return "machine.add_transition('\(row.kind)', '\(row.from)', '\(row.to)'\(condition)\(effect))"
    }
    return """
      import time
      from transitions import Machine

      class Sentry:
          health, ammo, alarm = 10, 6, 0
          def put(self, **values):
              for name, value in values.items():
                  setattr(self, name, max(0, min(value, {'health': 10, 'ammo': 6, 'alarm': 5}[name])))

      states = ['unactivated', 'patrol', 'alert', 'attack', 'cover', 'retreat']
      kinds = \(Sentry.kinds)
      s = Sentry()
      machine = Machine(s, states=states, initial='unactivated', auto_transitions=False,
                        ignore_invalid_triggers=True, send_event=True)
      \(rows.joined(separator: "\n"))
      steps = [getattr(s, kinds[int(c)]) for c in '\(kinds.map(String.init).joined())']
      start = time.process_time()
      for step in steps:
          step()
      end = time.process_time()
      print((end - start) * 1e9 / len(steps), states.index(s.state), s.health, s.ammo, s.alarm)
      """
  }

  private struct Row {
    let kind, from, to, when, effect: String
  }

  private static let table: [Row] =
    kinds.map { Row(kind: $0, from: "unactivated", to: "patrol", when: "", effect: "") } + [
      Row(kind: "noise", from: "patrol", to: "patrol", when: "alarm < 3", effect: "s.put(alarm=s.alarm + 1)"),
      Row(kind: "noise", from: "patrol", to: "alert", when: "alarm >= 3", effect: ""),
      Row(kind: "sight", from: "patrol", to: "attack", when: "ammo > 0", effect: "s.put(alarm=5)"),
      Row(
        kind: "shot", from: "patrol", to: "attack", when: "health > 4", effect: "s.put(health=s.health - 2)"),
      Row(kind: "shot", from: "patrol", to: "retreat", when: "health <= 4", effect: ""),
      Row(kind: "sight", from: "alert", to: "attack", when: "ammo > 0", effect: ""),
      Row(kind: "quiet", from: "alert", to: "alert", when: "alarm > 1", effect: "s.put(alarm=s.alarm - 1)"),
      Row(kind: "quiet", from: "alert", to: "patrol", when: "alarm <= 1", effect: "s.put(alarm=0)"),
      Row(kind: "shot", from: "alert", to: "cover", when: "health > 2", effect: "s.put(health=s.health - 2)"),
      Row(kind: "sight", from: "attack", to: "attack", when: "ammo > 1", effect: "s.put(ammo=s.ammo - 1)"),
      Row(kind: "sight", from: "attack", to: "cover", when: "ammo <= 1", effect: "s.put(ammo=0)"),
      Row(
        kind: "shot", from: "attack", to: "retreat", when: "health <= 3", effect: "s.put(health=s.health - 1)"
      ),
      Row(kind: "quiet", from: "attack", to: "alert", when: "", effect: ""),
      Row(kind: "reload", from: "cover", to: "cover", when: "ammo < 6", effect: "s.put(ammo=s.ammo + 2)"),
      Row(kind: "sight", from: "cover", to: "attack", when: "ammo > 2", effect: "s.put(ammo=s.ammo - 1)"),
      Row(kind: "shot", from: "cover", to: "retreat", when: "health <= 2", effect: ""),
      Row(
        kind: "heal", from: "cover", to: "cover", when: "health < 10", effect: "s.put(health=s.health + 1)"),
      Row(
        kind: "heal", from: "retreat", to: "retreat", when: "health < 8", effect: "s.put(health=s.health + 3)"
      ),
      Row(kind: "heal", from: "retreat", to: "patrol", when: "health >= 8", effect: "s.put(alarm=0)"),
      Row(kind: "reload", from: "retreat", to: "retreat", when: "", effect: "s.put(ammo=6)"),
      Row(kind: "quiet", from: "retreat", to: "alert", when: "health > 5", effect: ""),
    ]
}
