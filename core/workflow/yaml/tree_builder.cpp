#include "core/workflow/yaml/tree_builder.hpp"

#include "core/workflow/yaml/yaml_scalar.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t most_values = 1'000'000;
constexpr std::size_t most_aliases = 10'000;
constexpr std::size_t usual_depth = 8;
constexpr std::size_t usual_members = 16;
// What most files need for their tree; more is asked for when it is needed.
constexpr std::size_t tree_per_byte = 16;
constexpr std::size_t least_tree = std::size_t{1} << 10U;
constexpr std::size_t most_tree = std::size_t{64} << 10U;
// The keys of a map with so many members are looked at one by one.
constexpr std::size_t few_members = 16;

}  // namespace

TreeBuilder::TreeBuilder(const SourceText& source, Problems& problems)
    : source_(source),
      problems_(problems),
      memory_(std::make_shared<std::pmr::monotonic_buffer_resource>(
          std::clamp(source.text().size() * tree_per_byte, least_tree, most_tree))),
      while_building_(room_.data(), room_.size()),
      open_(&while_building_),
      items_(&while_building_),
      members_(&while_building_) {
  open_.reserve(usual_depth);
  items_.reserve(usual_members);
  members_.reserve(usual_members);
}

void TreeBuilder::document(std::size_t at) {
  if (++documents_ == 1) return;
  refuse(Rule::not_yaml, {at, at + 1}, "the file holds several YAML documents, only one may be");
}

void TreeBuilder::begin_list(std::size_t at, std::string_view tag, Anchor anchor) {
  open(YamlNode::Kind::list, at, tag, "tag:yaml.org,2002:seq", anchor);
}

void TreeBuilder::begin_map(std::size_t at, std::string_view tag, Anchor anchor) {
  open(YamlNode::Kind::map, at, tag, "tag:yaml.org,2002:map", anchor);
}

void TreeBuilder::open(YamlNode::Kind kind,
                       std::size_t at,
                       std::string_view tag,
                       std::string_view own_tag,
                       Anchor anchor) {
  const Span place{at, at + 1};
  count_values(1, place);
  check_depth(open_.size() + 1, place);
  if (!tag.empty() && tag != plain && tag != quoted && tag != own_tag) {
    problems_.add(Rule::bad_yaml_value, place, "unknown YAML tag '" + std::string(tag) + "'");
  }
  YamlNode& node = make_node(place);
  node.kind = kind;
  const std::size_t first = kind == YamlNode::Kind::list ? items_.size() : members_.size();
  open_.push_back({&node, first, anchor});
}

void TreeBuilder::end() {
  merge(open_.back());
  const Open done = std::move(open_.back());
  open_.pop_back();
  close(done);
  remember(done.anchor, *done.node);
  add(*done.node);
}

void TreeBuilder::close(const Open& done) {
  YamlNode& node = *done.node;
  if (node.is_list()) {
    node.items = keep(std::span<const YamlNode* const>(items_).subspan(done.first));
    items_.resize(done.first);
    return;
  }
  node.members = keep(members_of(done));
  members_.resize(done.first);
  for (const YamlMember& member : node.members) {
    node.key_marks |= YamlNode::mark_of_key(member.key);
  }
}

void TreeBuilder::scalar(std::size_t at,
                         std::string_view tag,
                         std::string_view text,
                         Anchor anchor) {
  const bool is_plain = tag == plain;
  const bool is_written = !is_plain || !text.empty();
  const Span place =
      is_written || !expects_value() ? span_of_scalar(at, text) : members_.back().key_at;
  count_values(1, place);
  if (expects_key() && anchor == 0 && (is_plain || tag == quoted)) {
    return add_key(text, place, is_plain);
  }
  YamlNode& node = make_node(place);
  node.text = keep(text);
  const auto resolved = tag == quoted ? Result<YamlScalar, std::string>(YamlScalar(node.text))
                        : is_plain    ? resolve_plain_scalar(node.text)
                                      : resolve_tagged_scalar(tag, node.text);
  if (!resolved) problems_.add(Rule::bad_yaml_value, place, resolved.error());
  if (resolved) node.scalar = *resolved;
  remember(anchor, node);
  if (expects_key()) {
    add_key(text, place, is_plain);
  } else {
    add(node);
  }
}

void TreeBuilder::alias(std::size_t at, Anchor anchor) {
  const Span place{at, at + 1};
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    refuse(Rule::too_much_yaml, place, "the alias stands within its own anchor");
  }
  if (++aliases_ > most_aliases) {
    refuse(Rule::too_much_yaml,
           place,
           "the file has " + std::to_string(aliases_) + " or more aliases, at most " +
               std::to_string(most_aliases) + " are allowed");
  }
  const YamlNode& meant = *found->second;
  count_values(meant.values, place);
  check_depth(open_.size() + meant.height - (meant.is_scalar() ? 1 : 0), place);
  if (expects_key() && meant.is_scalar()) {
    add_key(meant.text, place, false);
  } else {
    add(meant);
  }
}

void TreeBuilder::refuse(Rule rule, Span at, std::string message, std::string hint) {
  problems_.add(rule, at, message, hint);
  throw YamlRefused{};
}

void TreeBuilder::add_key(std::string_view key, Span at, bool is_plain) {
  Open& map = open_.back();
  map.expects_value = true;
  map.value_is_merge = is_plain && key == "<<";
  if (map.value_is_merge) {
    members_.push_back({"<<", at});
    return;
  }
  if (const auto first = find_key(map, key)) report_duplicate(key, *first, at);
  add_member(map, {keep(key), at});
}

void TreeBuilder::add_member(Open& map, const YamlMember& member) {
  if (map.keys != nullptr) map.keys->emplace(member.key, member.key_at);
  members_.push_back(member);
}

std::span<const YamlMember> TreeBuilder::members_of(const Open& map) const {
  return std::span(members_).subspan(map.first);
}

std::optional<Span> TreeBuilder::find_key(Open& map, std::string_view key) {
  const std::span<const YamlMember> members = members_of(map);
  if (members.size() <= few_members) {
    const auto found = std::find_if(members.begin(),
                                    members.end(),
                                    [key](const YamlMember& member) { return member.key == key; });
    return found == members.end() ? std::nullopt : std::optional(found->key_at);
  }
  if (map.keys == nullptr) {
    map.keys = std::make_unique<KeyPlaces>();
    for (const YamlMember& member : members) {
      map.keys->emplace(member.key, member.key_at);
    }
  }
  const auto found = map.keys->find(key);
  return found == map.keys->end() ? std::nullopt : std::optional(found->second);
}

void TreeBuilder::report_duplicate(std::string_view key, Span first, Span second) {
  problems_.add(Rule::duplicate_key,
                second,
                "duplicate key '" + std::string(key) + "' in line " +
                    std::to_string(source_.position(second.begin).line) + ", it stands in line " +
                    std::to_string(source_.position(first.begin).line) + " already");
}

void TreeBuilder::add(const YamlNode& node) {
  if (open_.empty()) {
    root_ = &node;
    return;
  }
  if (expects_key()) {
    refuse(Rule::wrong_type, node.at, "a key must be text, got " + describe(node));
  }
  Open& parent = open_.back();
  parent.node->values += node.values;
  parent.node->height = std::max(parent.node->height, node.height + (node.is_scalar() ? 0 : 1));
  if (parent.node->is_list()) {
    items_.push_back(&node);
    return;
  }
  parent.expects_value = false;
  if (parent.value_is_merge) {
    members_.pop_back();
    parent.merged.push_back(&node);
  } else {
    members_.back().value = &node;
  }
}

void TreeBuilder::remember(Anchor anchor, const YamlNode& node) {
  if (anchor != 0) anchors_[anchor] = &node;
}

/// `<<`: the members of other maps; own keys win, then those of earlier maps.
void TreeBuilder::merge(Open& map) {
  for (const YamlNode* merged : std::exchange(map.merged, {})) {
    if (merged->is_list()) {
      for (const YamlNode* item : merged->items) {
        merge_one(map, *item);
      }
    } else {
      merge_one(map, *merged);
    }
  }
}

void TreeBuilder::merge_one(Open& map, const YamlNode& other) {
  if (!other.is_map()) {
    problems_.add(
        Rule::wrong_type, other.at, "'<<' must be a map or a list of maps, got " + describe(other));
    return;
  }
  for (const YamlMember& member : other.members) {
    if (find_key(map, member.key)) continue;
    count_values(member.value->values, member.key_at);
    map.node->values += member.value->values;
    add_member(map, member);
  }
}

void TreeBuilder::count_values(std::size_t more, Span at) {
  values_ += more;
  if (values_ <= most_values) return;
  refuse(Rule::too_much_yaml,
         at,
         "the file holds " + std::to_string(values_) + " or more values, at most " +
             std::to_string(most_values) + " are allowed");
}

void TreeBuilder::check_depth(std::size_t depth, Span at) {
  if (depth <= deepest) return;
  refuse(Rule::too_much_yaml,
         at,
         "YAML values are nested " + std::to_string(depth) + " levels deep, at most " +
             std::to_string(deepest) + " are allowed");
}

Span TreeBuilder::span_of_scalar(std::size_t at, std::string_view text) const {
  const std::string_view source = source_.text();
  if (at >= source.size()) return {at, at};
  const bool is_in_quotes = source[at] == '"' || source[at] == '\'';
  if (source.substr(at + (is_in_quotes ? 1 : 0), text.size()) == text) {
    return {at, at + text.size() + (is_in_quotes ? 2 : 0)};
  }
  return {at, at + 1};
}

YamlNode& TreeBuilder::make_node(Span at) {
  auto& node = *std::pmr::polymorphic_allocator<>(memory_.get()).new_object<YamlNode>();
  node.at = at;
  return node;
}

std::string_view TreeBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  return {std::copy(text.begin(), text.end(), copy) - text.size(), text.size()};
}

template <typename Part>
std::span<Part> TreeBuilder::keep(std::span<Part> parts) {
  if (parts.empty()) return {};
  auto* copy = std::pmr::polymorphic_allocator<>(memory_.get())
                   .allocate_object<std::remove_const_t<Part>>(parts.size());
  return {std::uninitialized_copy(parts.begin(), parts.end(), copy) - parts.size(), parts.size()};
}

bool TreeBuilder::expects_key() const {
  return !open_.empty() && open_.back().node->is_map() && !open_.back().expects_value;
}

bool TreeBuilder::expects_value() const {
  return !open_.empty() && open_.back().expects_value;
}

}  // namespace goflow::core
