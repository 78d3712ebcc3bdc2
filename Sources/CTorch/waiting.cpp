#include <cstdlib>

// libgomp's threads wait for each other by spinning, by default for longer than a whole kernel of ours takes: where
// other work keeps the cores busy, what is waited for then does not run because of the waiting, and training gets five
// to ten times slower. A short spin costs nothing where cores are free. libgomp reads the environment when it is loaded,
// which only an executable's preinit functions come before.

namespace {

void choose_waiting() {
    if (std::getenv("OMP_WAIT_POLICY") == nullptr) setenv("GOMP_SPINCOUNT", "5000", 0);
}

__attribute__((section(".preinit_array"), used)) void (*const at_start)() = choose_waiting;

}  // namespace
