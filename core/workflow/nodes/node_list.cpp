#include "core/workflow/nodes/node_list.hpp"

#include "core/workflow/nodes/retry.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t most_nodes = 10'000;

bool takes(const NodeTypeFacts& facts, std::string_view key) {
  return find_key(facts.keys, key) != nullptr;
}

/// "'run' (shell)"
std::string named_mark(std::string_view key, const NodeTypeFacts& facts) {
  return "'" + std::string(key) + "' (" + std::string(facts.word) + ")";
}

std::string all_marks() {
  std::string text;
  for (const NodeTypeFacts& facts : node_types()) {
    for (const std::string_view mark : facts.marks) {
      text += (text.empty() ? "" : ", ") + std::string(mark);
    }
  }
  return text;
}

}  // namespace

void NodeList::read(const YamlNode& value) {
  if (value.is_map()) {
    static_cast<void>(read_node(value, false));
    return;
  }
  problems_.add(Rule::wrong_type,
                value.at,
                "a node must be a map, got " + describe(value),
                "write '- id: " +
                    std::string(value.is_scalar() && is_node_id(value.text) ? value.text : "x") +
                    "' and its keys below");
}

std::optional<NodeIndex> NodeList::read_node(const YamlNode& map, bool is_inline) {
  const NodeIndex index = draft_.nodes.size();
  if (index >= most_nodes) {
    if (index == most_nodes) {
      problems_.add(Rule::node_count,
                    map.at,
                    "the workflow has more than 10000 nodes, the most there may be");
      draft_.nodes.emplace_back();
    }
    return std::nullopt;
  }
  NodeDraft& node = draft_.nodes.emplace_back();
  node.map = &map;
  node.at = map.at;
  node.is_inline = is_inline;
  node.node.at = problems_.source().position(map.at.begin);
  Fields nameless(map, common_node_keys(), "the node", problems_);
  read_id(nameless, node, index);
  const NodeTypeFacts* facts = type_of(nameless, node);
  if (facts != nullptr) node.type = facts->type;
  Fields fields(map,
                facts == nullptr ? common_node_keys() : facts->keys,
                facts == nullptr ? "node '" + node.node.id + "'" : called(node),
                problems_);
  NodeReading reading{fields,
                      compiler_,
                      node,
                      index,
                      draft_.credentials,
                      [&](const YamlNode& value, const std::string& key) {
                        return read_sequence(value, key, fields.owner());
                      }};
  read_needs(fields, node);
  if (facts == nullptr) return index;
  read_common(fields, reading, *facts);
  read_work(reading, *facts);
  return index;
}

void NodeList::read_id(Fields& fields, NodeDraft& node, NodeIndex index) {
  const YamlNode* id = fields.find("id");
  node.id_at = id == nullptr ? node.at : id->at;
  if (id == nullptr) {
    problems_.add(Rule::bad_node_id, node.at, "a node lacks 'id'");
    return;
  }
  node.node.id = fields.text("id").value_or("");
  if (!id->is_scalar()) return;
  if (!is_node_id(node.node.id)) {
    problems_.add(
        Rule::bad_node_id,
        id->at,
        "'" + node.node.id + "' cannot be a node id",
        "begin with a letter, go on with letters, digits, '_' and '-', at most 128 characters");
    return;
  }
  const auto [first, is_new] = draft_.ids.emplace(node.node.id, index);
  if (is_new) return;
  const Position there = problems_.source().position(draft_.nodes[first->second].id_at.begin);
  problems_.add(Rule::duplicate_node_id,
                id->at,
                "duplicate node ID '" + node.node.id + "', line " + std::to_string(there.line) +
                    " has it already");
}

const NodeTypeFacts* NodeList::type_of(Fields& fields, const NodeDraft& node) {
  return fields.find("type") != nullptr ? written_type(fields, node) : inferred_type(fields, node);
}

const NodeTypeFacts* NodeList::written_type(Fields& fields, const NodeDraft& node) {
  const auto word = fields.text("type");
  if (!word) return nullptr;
  std::vector<std::string> known;
  for (const NodeTypeFacts& facts : node_types()) {
    if (facts.word == *word) return &facts;
    known.emplace_back(facts.word);
  }
  problems_.add(Rule::unknown_node_type,
                fields.find("type")->at,
                "unknown node type '" + *word + "' of node '" + node.node.id + "'",
                problems_.suggest(*word, "types", known));
  return nullptr;
}

const NodeTypeFacts* NodeList::inferred_type(Fields& fields, const NodeDraft& node) {
  const NodeTypeFacts* found = nullptr;
  std::string found_mark;
  for (const NodeTypeFacts& facts : node_types()) {
    for (const std::string_view mark : facts.marks) {
      if (fields.find(mark) == nullptr || found == &facts) continue;
      if (found != nullptr) {
        problems_.add(Rule::unclear_node_type,
                      node.at,
                      "the type of node '" + node.node.id + "' is not clear: it has " + found_mark +
                          " and " + named_mark(mark, facts),
                      "write its 'type', or remove one of the keys");
        return nullptr;
      }
      found = &facts;
      found_mark = named_mark(mark, facts);
    }
  }
  if (found == nullptr) {
    problems_.add(Rule::unclear_node_type,
                  node.at,
                  "the type of node '" + node.node.id + "' is not clear: no key tells it",
                  "write its 'type', or one of the keys " + all_marks());
  }
  return found;
}

void NodeList::read_work(NodeReading& reading, const NodeTypeFacts& facts) {
  reading.fields.warn_about_unknown_keys();
  for (const Key& key : facts.keys) {
    if (key.is_required && key.name != "id") static_cast<void>(reading.required(key.name));
  }
  if (auto work = facts.read(reading)) reading.draft.node.work = *std::move(work);
}

void NodeList::read_common(Fields& fields, NodeReading& reading, const NodeTypeFacts& facts) {
  NodeDraft& node = reading.draft;
  node.node.name = fields.text("name").value_or("");
  node.node.description = fields.text("description").value_or("");
  read_when(reading, facts);
  if (takes(facts, "output")) read_output(fields, node);
  if (takes(facts, "on_error")) read_on_error(fields, node);
  if (takes(facts, "timeout")) {
    node.node.timeout = fields.duration("timeout", Fields::Zero::refused);
  }
  const YamlNode* retry = takes(facts, "retry") ? fields.find("retry") : nullptr;
  if (retry == nullptr) return;
  if (retry->is_map()) node.node.retry = read_retry(*retry, fields.owner(), problems_);
  if (!retry->is_map()) fields.report_type(*retry, "retry", "a map");
}

void NodeList::read_needs(Fields& fields, NodeDraft& node) {
  const YamlNode* needs = fields.find("needs");
  if (needs == nullptr) return;
  if (needs->is_map()) return fields.report_type(*needs, "needs", "a node id or a list of them");
  if (needs->is_scalar()) node.needs.push_back({std::string(needs->text), needs->at});
  for (const YamlNode* item : needs->items) {
    if (item->is_scalar()) {
      node.needs.push_back({std::string(item->text), item->at});
    } else {
      fields.report_type(*item, "needs", "a node id or a list of them");
    }
  }
}

void NodeList::read_when(NodeReading& reading, const NodeTypeFacts& facts) {
  const YamlNode* when = reading.fields.find("when");
  if (when == nullptr) return;
  if (facts.type == NodeType::start || facts.type == NodeType::condition) {
    problems_.add(
        Rule::misplaced_key,
        reading.fields.written("when")->key_at,
        reading.fields.owner() + " cannot have 'when'",
        facts.type == NodeType::start ? "" : "write both into its 'condition' with 'and'");
    return;
  }
  reading.draft.node.when = reading.decision(*when, reading.place("when"));
}

void NodeList::read_output(Fields& fields, NodeDraft& node) {
  const auto output = fields.text("output");
  if (!output) return;
  node.output_at = fields.find("output")->at;
  if (is_variable_name(*output) && !is_reserved_word(*output)) {
    node.node.output = *output;
    return;
  }
  problems_.add(Rule::bad_variable_name,
                *node.output_at,
                "'" + *output + "' cannot be the output of " + fields.owner(),
                "use letters, digits and '_', and no word of the language");
}

void NodeList::read_on_error(Fields& fields, NodeDraft& node) {
  const YamlNode* value = fields.find("on_error");
  if (value == nullptr) return;
  const YamlMember* target = value->find("goto");
  if (value->is_map() && target != nullptr && value->members.size() == 1 &&
      target->value->is_scalar()) {
    node.node.on_error = OnError::go_to;
    node.goto_target = NodeReference{std::string(target->value->text), target->value->at};
  } else if (value->is_scalar() && value->text == "continue") {
    node.node.on_error = OnError::keep_going;
    if (node.type != NodeType::condition) return;
    problems_.add(Rule::misplaced_key,
                  value->at,
                  "condition node '" + node.node.id + "' cannot have 'on_error: continue'",
                  "without an outcome there is no way to go on; write on_error: {goto: …}");
  } else if (!value->is_scalar() || value->text != "fail") {
    problems_.add(Rule::unknown_word,
                  value->at,
                  "unknown on_error of " + fields.owner() + ": " + describe(*value),
                  "on_error is one of fail, continue, {goto: node}");
  }
}

void NodeList::read_handler(const YamlNode& value, Handler handler) {
  if (value.is_list() && value.items.empty()) return;
  draft_.handlers.emplace_back(
      handler, read_sequence(value, std::string(to_string(handler)), "the workflow"));
}

SequenceDraft NodeList::read_sequence(const YamlNode& value,
                                      const std::string& key,
                                      const std::string& owner) {
  SequenceDraft sequence;
  sequence.at = value.at;
  const auto add = [&](const YamlNode& member) {
    if (member.is_map()) {
      if (const auto index = read_node(member, true)) sequence.members.emplace_back(*index);
    } else if (member.is_scalar() && !member.is_null()) {
      sequence.members.emplace_back(NodeReference{std::string(member.text), member.at});
    } else {
      problems_.add(
          Rule::wrong_type,
          member.at,
          "'" + key + "' of " + owner + " must hold node ids or nodes, got " + describe(member));
    }
  };
  if (!value.is_list()) add(value);
  for (const YamlNode* member : value.items) {
    add(*member);
  }
  if (value.is_list() && value.items.empty()) {
    problems_.add(
        Rule::missing_key, value.at, "'" + key + "' of " + owner + " has a sequence without nodes");
  }
  return sequence;
}

}  // namespace goflow::core
