#include "BenchmarkPeers.h"

namespace {

enum State { unactivated, patrol, alert, attack, cover, retreat };
enum Kind { noise, sight, shot, quiet, reload, heal };

int64_t held(int64_t value, int64_t least, int64_t greatest) {
  return value < least ? least : value > greatest ? greatest : value;
}

void step(peer_sentry &s, uint8_t kind) {
  switch (s.state) {
  case unactivated:
    s.state = patrol;
    break;
  case patrol:
    switch (kind) {
    case noise:
      if (s.alarm < 3) s.alarm = held(s.alarm + 1, 0, 5);
      else s.state = alert;
      break;
    case sight:
      if (s.ammo > 0) { s.state = attack; s.alarm = 5; }
      break;
    case shot:
      if (s.health > 4) { s.state = attack; s.health = held(s.health - 2, 0, 10); }
      else s.state = retreat;
      break;
    }
    break;
  case alert:
    switch (kind) {
    case sight:
      if (s.ammo > 0) s.state = attack;
      break;
    case quiet:
      if (s.alarm > 1) s.alarm = held(s.alarm - 1, 0, 5);
      else { s.state = patrol; s.alarm = 0; }
      break;
    case shot:
      if (s.health > 2) { s.state = cover; s.health = held(s.health - 2, 0, 10); }
      break;
    }
    break;
  case attack:
    switch (kind) {
    case sight:
      if (s.ammo > 1) s.ammo = held(s.ammo - 1, 0, 6);
      else { s.state = cover; s.ammo = 0; }
      break;
    case shot:
      if (s.health <= 3) { s.state = retreat; s.health = held(s.health - 1, 0, 10); }
      break;
    case quiet:
      s.state = alert;
      break;
    }
    break;
  case cover:
    switch (kind) {
    case reload:
      if (s.ammo < 6) s.ammo = held(s.ammo + 2, 0, 6);
      break;
    case sight:
      if (s.ammo > 2) { s.state = attack; s.ammo = held(s.ammo - 1, 0, 6); }
      break;
    case shot:
      if (s.health <= 2) s.state = retreat;
      break;
    case heal:
      if (s.health < 10) s.health = held(s.health + 1, 0, 10);
      break;
    }
    break;
  case retreat:
    switch (kind) {
    case heal:
      if (s.health < 8) s.health = held(s.health + 3, 0, 10);
      else { s.state = patrol; s.alarm = 0; }
      break;
    case reload:
      s.ammo = 6;
      break;
    case quiet:
      if (s.health > 5) s.state = alert;
      break;
    }
    break;
  }
}

}  // namespace

extern "C" void peer_sentry_run(peer_sentry *sentry, const uint8_t *kinds, size_t count) {
  peer_sentry s = *sentry;
  for (size_t i = 0; i < count; i++) step(s, kinds[i]);
  *sentry = s;
}
