#pragma once

#include <chrono>

namespace gloo {

/// The connections of one process to all others; libtorch makes and keeps it.
class Context {
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

}  // namespace gloo
