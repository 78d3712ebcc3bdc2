#pragma once

#include "CTorch.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <string>

struct ct_tensor {
    at::Tensor value;
    /// The same rounded to bfloat16, where a kernel off the tape had it at hand for the product that comes next.
    at::Tensor rounded = {};
};

namespace ct {

/// Keeps the message for ct_last_error on this thread.
void remember(std::string message);

/// Runs `body` and turns whatever it throws into a status and a remembered message.
template <typename Body>
int32_t guarded(const Body &body) noexcept {
    try {
        body();
        return CT_OK;
    } catch (const c10::Error &error) {
        remember(error.what_without_backtrace());
    } catch (const std::exception &error) {
        remember(error.what());
    } catch (...) {
        remember("an exception that is no std::exception");
    }
    return CT_FAILED;
}

/// Whether nothing of what this thread computes will be needed for a backward pass, so that kernels may take shortcuts.
/// Layers that are to be computed again are not off the tape: they must give the same bits both times.
bool is_off_tape();

/// Runs a forward pass that will run once more, on the tape, before its backward pass.
struct ComputedAgain {
    ComputedAgain();
    ~ComputedAgain();
};

/// Hands a tensor to the caller, who then owns it.
inline ct_tensor *owned(at::Tensor value) { return new ct_tensor{std::move(value)}; }

/// The kernels of our own read rows of 32-bit floats; anything else is a mistake of the caller.
inline at::Tensor matrix(const at::Tensor &tensor, const char *name) {
    TORCH_CHECK(
        tensor.dim() == 2 && tensor.scalar_type() == at::kFloat, name, " must be a float32 matrix, not ",
        tensor.scalar_type(), " ", tensor.sizes());
    return tensor.contiguous();
}

/// As ``matrix``, for kernels that take what a product in either precision gave.
inline at::Tensor product_matrix(const at::Tensor &tensor, const char *name) {
    TORCH_CHECK(
        tensor.dim() == 2 && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16), name,
        " must be a float32 or bfloat16 matrix, not ", tensor.scalar_type(), " ", tensor.sizes());
    return tensor.contiguous();
}

}  // namespace ct
