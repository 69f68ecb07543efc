#include "core/expression/uses.hpp"

#include "core/expression/builtins/builtin.hpp"

#include <utility>

namespace goflow::core::expression {
namespace {

class Collector {
 public:
  std::vector<NameUse> uses;
  std::vector<Lookup> lookups;

  void collect(const Node& node, Absence absence = Absence::is_error) {
    std::visit([&](const auto& form) { visit(node, form, absence); }, node.form);
  }

 private:
  void collect(const NodePtr& node) {
    if (node != nullptr) collect(*node);
  }

  void visit(const Node&, const Literal&, Absence) {}
  void visit(const Node&, const Local&, Absence) {}
  void visit(const Node&, const ClosureName&, Absence) {}
  void visit(const Node& node, const Name& name, Absence absence) {
    uses.push_back({name.name,
                    node.place.begin,
                    node.place.end,
                    absence != Absence::is_error,
                    absence == Absence::or_unknown_name});
  }
  void visit(const Node&, const ArrayLiteral& array, Absence) {
    for (const NodePtr& item : array.items) {
      collect(item);
    }
  }
  void visit(const Node&, const ObjectLiteral& object, Absence) {
    for (const auto& [key, value] : object.entries) {
      collect(key);
      collect(value);
    }
  }
  void visit(const Node&, const Unary& unary, Absence) { collect(unary.operand); }
  void visit(const Node&, const Binary& binary, Absence) {
    collect(binary.left);
    collect(binary.right);
  }
  void visit(const Node&, const Conditional& conditional, Absence) {
    collect(conditional.condition);
    collect(conditional.yes);
    collect(conditional.no);
  }
  void visit(const Node&, const Fallback& fallback, Absence) {
    collect(*fallback.value, fallback.absence);
    collect(fallback.otherwise);
  }
  void visit(const Node&, const Path& path, Absence absence) {
    const bool optional = absence == Absence::is_error && path.accesses.front().optional;
    collect(*path.root, optional ? Absence::is_null : absence);
    for (const Access& access : path.accesses) {
      if (const auto* index = std::get_if<NodePtr>(&access.way)) collect(*index);
      if (const auto* slice = std::get_if<Slice>(&access.way)) {
        collect(slice->from);
        collect(slice->to);
      }
    }
  }
  void visit(const Node&, const Let& let, Absence) {
    collect(let.value);
    collect(let.body);
  }
  void visit(const Node&, const FunctionCall& call, Absence) {
    if (call.function->name() == "env") add(Lookup::Of::process_variable, call);
    if (call.function->name() == "secret") add(Lookup::Of::secret, call);
    for (const NodePtr& argument : call.arguments) {
      collect(argument);
    }
  }

  void add(Lookup::Of of, const FunctionCall& call) {
    const Node& argument = *call.arguments.front();
    Lookup lookup{of, std::nullopt, argument.place.begin, argument.place.end};
    if (const auto* literal = std::get_if<Literal>(&argument.form)) {
      lookup.name = literal->value.as_text();
    }
    lookups.push_back(std::move(lookup));
  }
};

}  // namespace

std::vector<NameUse> name_uses(const Node& root) {
  Collector collector;
  collector.collect(root);
  return std::move(collector.uses);
}

std::vector<Lookup> lookups(const Node& root) {
  Collector collector;
  collector.collect(root);
  return std::move(collector.lookups);
}

}  // namespace goflow::core::expression
