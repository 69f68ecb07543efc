// From the words that were typed to the typed members of an options struct.
#pragma once

#include "core/base/duration.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::cli {

/// What an option or positional does with a word, and what stands there when none is given.
struct Binding {
  std::function<core::Result<void>(const std::string& word)> set = {};
  std::string initial = {};  // for the help: "30"; empty when there is nothing to tell
  bool repeats = false;
  std::vector<std::string> values = {};  // the only words there are; empty: any
};

/// The words of an enumeration: {{"failed", Status::failed}, …}.
template <class E>
using Choices = std::vector<std::pair<std::string, E>>;

/// One word as a T. Numbers are decimal, `030` is thirty.
template <class T>
core::Result<T> parse_word(const std::string& word);
template <>
core::Result<std::string> parse_word(const std::string& word);
template <>
core::Result<int> parse_word(const std::string& word);
template <>
core::Result<std::int64_t> parse_word(const std::string& word);
template <>
core::Result<std::chrono::milliseconds> parse_word(const std::string& word);

std::string show_word(const std::string& value);
std::string show_word(std::int64_t value);
std::string show_word(std::chrono::milliseconds value);

template <class T>
Binding bind(T& target) {
  return {.set = [&target](const std::string& word) -> core::Result<void> {
            GOFLOW_TRY(target, parse_word<T>(word));
            return {};
          },
          .initial = show_word(target)};
}

template <class T>
Binding bind(std::optional<T>& target) {
  return {.set = [&target](const std::string& word) -> core::Result<void> {
    GOFLOW_TRY(target, parse_word<T>(word));
    return {};
  }};
}

/// Each time it is given adds one.
template <class T>
Binding bind(std::vector<T>& target) {
  return {.set = [&target](const std::string& word) -> core::Result<void> {
            GOFLOW_TRY(auto value, parse_word<T>(word));
            target.push_back(std::move(value));
            return {};
          },
          .repeats = true};
}

/// The words of the choices; the parser lets no other word through.
template <class E>
std::vector<std::string> words_of(const Choices<E>& choices) {
  std::vector<std::string> words;
  for (const auto& choice : choices)
    words.push_back(choice.first);
  return words;
}

/// Calls `accept` with what the word stands for.
template <class E, class Accept>
Binding bind_choice(Choices<E> choices, Accept accept) {
  std::vector<std::string> words = words_of(choices);
  return {.set = [choices = std::move(choices),
                  accept = std::move(accept)](const std::string& word) -> core::Result<void> {
            for (const auto& [name, value] : choices) {
              if (name == word) accept(value);
            }
            return {};
          },
          .values = std::move(words)};
}

template <class E>
Binding bind(E& target, Choices<E> choices) {
  std::string initial;
  for (const auto& [name, value] : choices) {
    if (value == target) initial = name;
  }
  Binding binding = bind_choice(std::move(choices), [&target](E value) { target = value; });
  binding.initial = std::move(initial);
  return binding;
}

template <class E>
Binding bind(std::optional<E>& target, Choices<E> choices) {
  return bind_choice(std::move(choices), [&target](E value) { target = value; });
}

template <class E>
Binding bind(std::vector<E>& target, Choices<E> choices) {
  Binding binding =
      bind_choice(std::move(choices), [&target](E value) { target.push_back(value); });
  binding.repeats = true;
  return binding;
}

}  // namespace goflow::cli
