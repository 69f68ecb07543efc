#include "core/diagram/routing.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace goflow::core {
namespace {

int left_of(const GapNet& net) {
  return std::min(net.from.front(), net.to.front());
}

int right_of(const GapNet& net) {
  return std::max(net.from.back(), net.to.back());
}

/// Sources with the same targets share a net: a fan-out, a join, or all to all.
std::vector<GapNet> nets_of(const std::vector<GapLink>& links) {
  std::map<int, std::set<int>> targets;
  for (const GapLink& link : links) {
    targets[link.from].insert(link.to);
  }
  std::vector<GapNet> nets;
  for (const auto& [from, reached] : targets) {
    const std::vector<int> to(reached.begin(), reached.end());
    const auto same = [&](const GapNet& net) { return net.to == to; };
    const auto known = std::find_if(nets.begin(), nets.end(), same);
    if (known == nets.end()) {
      nets.push_back({{from}, to, std::nullopt});
    } else {
      known->from.push_back(from);
    }
  }
  return nets;
}

bool contains(const std::vector<int>& columns, int column) {
  return std::binary_search(columns.begin(), columns.end(), column);
}

bool is_straight(const GapNet& net) {
  return left_of(net) == right_of(net);
}

/// Were it lower, its line from above would run into the other's line to below, and be read as the
/// same.
bool must_be_above(const GapNet& net, const GapNet& other) {
  return !is_straight(net) && std::any_of(net.from.begin(), net.from.end(), [&](int column) {
    return contains(other.to, column);
  });
}

bool overlap(const GapNet& one, const GapNet& other) {
  return left_of(one) <= right_of(other) && left_of(other) <= right_of(one);
}

/// One that none of the rest must be above of; nullopt when they wait for each other in a circle.
std::optional<std::size_t> next_to_place(const std::vector<GapNet>& nets,
                                         const std::vector<std::size_t>& rest) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const bool is_free = std::none_of(rest.begin(), rest.end(), [&](std::size_t other) {
      return other != rest[i] && must_be_above(nets[other], nets[rest[i]]);
    });
    if (is_free) return i;
  }
  return std::nullopt;
}

/// Those that wait for each other in a circle, and those that wait for them.
std::vector<std::size_t> stuck(const std::vector<GapNet>& nets) {
  std::vector<std::size_t> rest(nets.size());
  std::iota(rest.begin(), rest.end(), 0);
  while (const auto next = next_to_place(nets, rest)) {
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(*next));
  }
  return rest;
}

/// A circle is broken where a line from above meets a line to below: the latter moves aside.
class CircleBreaker {
 public:
  CircleBreaker(GapRouting& routing, const std::vector<GapLink>& links) : routing_(routing) {
    for (const GapLink& link : links) {
      taken_.insert({link.from, link.to});
      if (link.room > 0) rooms_.emplace(link.to, link.room);
    }
  }

  /// False: nothing (more) can be done; the picture then has lines that touch.
  bool break_one() {
    const std::vector<std::size_t> rest = stuck(routing_.nets);
    for (const std::size_t net : rest) {
      for (const int column : routing_.nets[net].to) {
        if (rooms_.count(column) > 0 && is_met(column, net, rest) && move_aside(column))
          return true;
      }
    }
    return false;
  }

 private:
  [[nodiscard]] bool is_met(int column,
                            std::size_t net,
                            const std::vector<std::size_t>& rest) const {
    return std::any_of(rest.begin(), rest.end(), [&](std::size_t other) {
      return other != net && contains(routing_.nets[other].from, column);
    });
  }

  bool move_aside(int column) {
    const int room = rooms_.at(column);
    for (const int place : {column + room, column - room}) {
      if (!taken_.insert(place).second) continue;
      for (GapNet& net : routing_.nets) {
        std::replace(net.to.begin(), net.to.end(), column, place);
        std::sort(net.to.begin(), net.to.end());
      }
      rooms_.erase(column);
      routing_.shifted.emplace(column, place);
      return true;
    }
    return false;
  }

  GapRouting& routing_;
  std::set<int> taken_;
  std::map<int, int> rooms_;  // of the columns whose lines may still move
};

std::size_t highest_track(const GapNet& net, const std::vector<GapNet>& nets) {
  std::size_t track = 0;
  for (bool moved = true; moved;) {
    moved = false;
    for (const GapNet& other : nets) {
      if (!other.track || &other == &net) continue;
      const bool is_taken = *other.track == track && overlap(net, other);
      const bool is_too_high = *other.track >= track && must_be_above(other, net);
      if (!is_taken && !is_too_high) continue;
      track = *other.track + 1;
      moved = true;
    }
  }
  return track;
}

}  // namespace

GapRouting route(const std::vector<GapLink>& links) {
  GapRouting routing{nets_of(links), 0, {}};
  for (CircleBreaker breaker(routing, links); breaker.break_one();) {
  }
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < routing.nets.size(); ++i) {
    const GapNet& net = routing.nets[i];
    if (!is_straight(net)) rest.push_back(i);
  }
  while (!rest.empty()) {
    const std::size_t next = next_to_place(routing.nets, rest).value_or(0);
    GapNet& net = routing.nets[rest[next]];
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(next));
    net.track = highest_track(net, routing.nets);
    routing.tracks = std::max(routing.tracks, *net.track + 1);
  }
  return routing;
}

}  // namespace goflow::core
