// What it costs at least to start and end a C++ program.
#include <iostream>

int main() {
  std::cout << "goflow\n";
}
