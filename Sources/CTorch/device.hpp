#pragma once

#include "CTorch.h"

#include <ATen/ATen.h>

#include <atomic>

namespace ct {

/// Where tensors are made: what ct_set_device chose.
at::Device device();

/// CT_KERNELS_FUSED or CT_KERNELS_COMPOSED.
extern std::atomic<int32_t> kernels;

/// Whether what is computed from `tensor` goes through ATen's operations alone (composed.hpp): our own kernels read
/// the processor's memory, and a test may ask for the other way there too.
inline bool composes(const at::Tensor &tensor) {
    return !tensor.is_cpu() || kernels.load(std::memory_order_relaxed) == CT_KERNELS_COMPOSED;
}

}  // namespace ct
