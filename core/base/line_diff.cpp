#include "core/base/line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace goflow::core {
namespace {

using Lines = std::vector<std::string_view>;

/// Each with its line break, if it has one: a missing last one is a difference.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// Some lines of the one text that were replaced by some of the other; counted from 0.
struct Change {
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t removed = 0;
  std::size_t added = 0;
};

/// The shortest way from one text to the other, by the algorithm of Myers. A diagonal is the place
/// in the first text minus that in the second; for each of them it is known how far so many edits
/// lead. What is known after each edit is kept, and the way is read from it backwards.
class ShortestEdit {
 public:
  ShortestEdit(const Lines& before, const Lines& after, const Change& part)
      : before_(before), after_(after), part_(part) {}

  /// In the order of the text; one for each run of lines.
  std::vector<Change> find() {
    for (int edits = 0; edits <= most_edits; ++edits) {
      if (reaches_end(edits)) return way_back(edits);
    }
    return {part_};
  }

 private:
  // Of texts that have little in common nobody reads the shortest way, and to find it takes time
  // and memory by the square: they are one change.
  static constexpr int most_edits = 2000;

  using Places = std::vector<std::int32_t>;  // in the first text, by diagonal

  [[nodiscard]] std::int32_t width() const { return static_cast<std::int32_t>(part_.removed); }
  [[nodiscard]] std::int32_t height() const { return static_cast<std::int32_t>(part_.added); }
  [[nodiscard]] bool is_same(std::int32_t x, std::int32_t y) const {
    return before_[part_.before + static_cast<std::size_t>(x)] ==
           after_[part_.after + static_cast<std::size_t>(y)];
  }

  /// Diagonals -edits, -edits + 2, …, edits of that many edits.
  static std::int32_t place(const Places& places, int edits, int diagonal) {
    return places[static_cast<std::size_t>((diagonal + edits) / 2)];
  }
  /// Whether the last of the edits is better an added line than a removed one.
  [[nodiscard]] bool comes_by_adding(int edits, int diagonal) const {
    if (diagonal == -edits) return true;
    if (diagonal == edits) return false;
    const Places& last = reached_[static_cast<std::size_t>(edits) - 1];
    return place(last, edits - 1, diagonal - 1) < place(last, edits - 1, diagonal + 1);
  }
  /// Where the last edit leads, before the lines that follow and are the same.
  [[nodiscard]] std::int32_t place_after_edit(int edits, int diagonal) const {
    if (edits == 0) return 0;
    const Places& last = reached_[static_cast<std::size_t>(edits) - 1];
    return comes_by_adding(edits, diagonal) ? place(last, edits - 1, diagonal + 1)
                                            : place(last, edits - 1, diagonal - 1) + 1;
  }

  bool reaches_end(int edits) {
    Places places;
    for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
      std::int32_t x = place_after_edit(edits, diagonal);
      while (x < width() && x - diagonal < height() && x - diagonal >= 0 &&
             is_same(x, x - diagonal)) {
        ++x;
      }
      places.push_back(x);
    }
    reached_.push_back(std::move(places));
    const int last_diagonal = width() - height();
    return std::abs(last_diagonal) <= edits && (last_diagonal + edits) % 2 == 0 &&
           place(reached_.back(), edits, last_diagonal) >= width();
  }

  [[nodiscard]] std::vector<Change> way_back(int edits) const {
    std::vector<Change> changes;
    int diagonal = width() - height();
    for (; edits > 0; --edits) {
      const bool added = comes_by_adding(edits, diagonal);
      const std::int32_t x = place_after_edit(edits, diagonal) - (added ? 0 : 1);
      const std::int32_t y = x - (added ? diagonal + 1 : diagonal - 1);
      prepend(changes, x, y, added);
      diagonal += added ? 1 : -1;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  void prepend(std::vector<Change>& changes, std::int32_t x, std::int32_t y, bool added) const {
    const Change one{part_.before + static_cast<std::size_t>(x),
                     part_.after + static_cast<std::size_t>(y),
                     added ? 0U : 1U,
                     added ? 1U : 0U};
    const bool touches = !changes.empty() && changes.back().before == one.before + one.removed &&
                         changes.back().after == one.after + one.added;
    if (!touches) {
      changes.push_back(one);
      return;
    }
    Change& next = changes.back();
    next = {one.before, one.after, one.removed + next.removed, one.added + next.added};
  }

  const Lines& before_;
  const Lines& after_;
  Change part_;
  std::vector<Places> reached_;  // by the number of edits
};

std::vector<Change> find_changes(const Lines& before, const Lines& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head])
    ++head;
  std::size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - tail - 1] == after[after.size() - tail - 1])
    ++tail;
  const Change middle{head, head, before.size() - head - tail, after.size() - head - tail};
  return ShortestEdit(before, after, middle).find();
}

constexpr std::size_t context = 3;

void append_lines(
    std::string& text, char sign, const Lines& lines, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    text += sign;
    text += lines[i];
    if (!lines[i].ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
}

/// "12,3"; a range without lines is named after the line before it.
std::string range(std::size_t begin, std::size_t count) {
  std::string text = std::to_string(count == 0 ? begin : begin + 1);
  return count == 1 ? text : text + "," + std::to_string(count);
}

/// Changes that are near enough to share their surroundings.
void append_hunk(std::string& text,
                 const Lines& before,
                 const Lines& after,
                 const Change* first,
                 const Change* last) {
  const std::size_t lead = std::min(context, first->before);
  const std::size_t before_end = std::min(before.size(), last->before + last->removed + context);
  const std::size_t after_end = std::min(after.size(), last->after + last->added + context);
  std::size_t at = first->before - lead;
  const std::size_t after_begin = first->after - lead;
  text += "@@ -" + range(at, before_end - at) + " +" + range(after_begin, after_end - after_begin) +
          " @@\n";
  for (const Change* change = first; change <= last; ++change) {
    append_lines(text, ' ', before, at, change->before);
    at = change->before + change->removed;
    append_lines(text, '-', before, change->before, at);
    append_lines(text, '+', after, change->after, change->after + change->added);
  }
  append_lines(text, ' ', before, at, before_end);
}

}  // namespace

LineCounts count_changed_lines(std::string_view before, std::string_view after) {
  LineCounts counts;
  for (const Change& change : find_changes(lines_of(before), lines_of(after))) {
    counts.added += change.added;
    counts.removed += change.removed;
  }
  return counts;
}

std::string unified_diff(std::string_view before_name,
                         std::string_view before,
                         std::string_view after_name,
                         std::string_view after) {
  if (before == after) return "";
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const std::vector<Change> changes = find_changes(old_lines, new_lines);
  std::string text = "--- ";
  text.append(before_name).append("\n+++ ").append(after_name).append("\n");
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() &&
           changes[last + 1].before - (changes[last].before + changes[last].removed) <= 2 * context)
      ++last;
    append_hunk(text, old_lines, new_lines, &changes[first], &changes[last]);
    first = last + 1;
  }
  return text;
}

}  // namespace goflow::core
