// goflow-credentials(7): how secrets are kept and used, for those who begin.
#pragma once

#include <string>

namespace goflow::cli {

std::string credentials_page();

}  // namespace goflow::cli
