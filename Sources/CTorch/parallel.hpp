#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

// at::parallel_for is serial in code compiled without OpenMP, and Swift's clang has none. Calling libgomp's entry point
// shares the threads that libtorch itself uses, instead of adding a second pool that competes for the same cores.
extern "C" void GOMP_parallel(void (*function)(void *), void *data, unsigned threads, unsigned flags);

namespace ct {

/// Calls `body(begin, end)` for consecutive blocks of at most `grain` of 0 ..< count, on all threads.
///
/// Which thread runs which block is left to chance, so a body must write only what belongs to its block.
template <typename Body>
void parallel_blocks(int64_t count, int64_t grain, const Body &body) {
    const int64_t blocks = (count + grain - 1) / grain;
    const int64_t threads = std::min<int64_t>(at::get_num_threads(), blocks);
    if (threads <= 1 || at::in_parallel_region()) {
        for (int64_t begin = 0; begin < count; begin += grain) body(begin, std::min(begin + grain, count));
        return;
    }
    struct Work {
        const Body &body;
        int64_t count, grain;
        std::atomic<int64_t> next;
    } work{body, count, grain, {0}};
    GOMP_parallel(
        [](void *data) {
            auto &work = *static_cast<Work *>(data);
            for (;;) {
                const int64_t begin = work.next.fetch_add(work.grain, std::memory_order_relaxed);
                if (begin >= work.count) return;
                work.body(begin, std::min(begin + work.grain, work.count));
            }
        },
        &work, static_cast<unsigned>(threads), 0);
}

/// A grain at most `most` that gives every thread some of `count` items, where blocks need not be the same for any
/// number of threads.
inline int64_t shared_grain(int64_t count, int64_t most) {
    return std::clamp<int64_t>(count / (2 * at::get_num_threads()), 1, most);
}

}  // namespace ct
