// Reads nodes wherever they may stand: in `nodes`, and within other nodes.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/nodes/node_types.hpp"

#include <optional>
#include <string>

namespace goflow::core {

class NodeList {
 public:
  NodeList(Draft& draft, Compiler& compiler, Problems& problems)
      : draft_(draft), compiler_(compiler), problems_(problems) {}

  /// A whole node of `nodes`.
  void read(const YamlNode& value);
  void read_handler(const YamlNode& value, Handler handler);

 private:
  std::optional<NodeIndex> read_node(const YamlNode& map, bool is_inline);
  void read_id(Fields& fields, NodeDraft& node, NodeIndex index);
  const NodeTypeFacts* type_of(Fields& fields, const NodeDraft& node);
  const NodeTypeFacts* written_type(Fields& fields, const NodeDraft& node);
  const NodeTypeFacts* inferred_type(Fields& fields, const NodeDraft& node);
  void read_common(Fields& fields, NodeReading& reading, const NodeTypeFacts& facts);
  void read_needs(Fields& fields, NodeDraft& node);
  void read_when(NodeReading& reading, const NodeTypeFacts& facts);
  void read_output(Fields& fields, NodeDraft& node);
  void read_on_error(Fields& fields, NodeDraft& node);
  void read_work(NodeReading& reading, const NodeTypeFacts& facts);
  SequenceDraft read_sequence(const YamlNode& value,
                              const std::string& key,
                              const std::string& owner);

  Draft& draft_;
  Compiler& compiler_;
  Problems& problems_;
};

}  // namespace goflow::core
