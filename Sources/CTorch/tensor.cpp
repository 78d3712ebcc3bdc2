#include "device.hpp"
#include "guard.hpp"

#include <ATen/Parallel.h>

#include <malloc.h>

#include <limits>

namespace {

thread_local std::string last_error;
thread_local int32_t computed_again = 0;

at::ScalarType scalar_type(int32_t type) { return type == CT_INT64 ? at::kLong : at::kFloat; }

at::Tensor copied(const void *values, const int64_t *shape, int32_t rank, int32_t type) {
    at::Tensor tensor = at::empty(at::IntArrayRef(shape, rank), at::TensorOptions(scalar_type(type)));
    if (tensor.numel() > 0) std::memcpy(tensor.mutable_data_ptr(), values, tensor.nbytes());
    const at::Device device = ct::device();
    return device.is_cpu() ? tensor : tensor.to(device);
}

}  // namespace

bool ct::is_off_tape() { return !at::GradMode::is_enabled() && computed_again == 0; }

ct::ComputedAgain::ComputedAgain() { ++computed_again; }

ct::ComputedAgain::~ComputedAgain() { --computed_again; }

void ct::remember(std::string message) { last_error = std::move(message); }

const char *ct_last_error(void) { return last_error.c_str(); }

int32_t ct_tensor_from_floats(const float *values, const int64_t *shape, int32_t rank, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(copied(values, shape, rank, CT_FLOAT32)); });
}

int32_t ct_tensor_from_int64s(const int64_t *values, const int64_t *shape, int32_t rank, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(copied(values, shape, rank, CT_INT64)); });
}

int32_t ct_tensor_zeros(const int64_t *shape, int32_t rank, ct_tensor **out) {
    return ct::guarded([&] { 
        *out = ct::owned(
            at::zeros(at::IntArrayRef(shape, rank), at::TensorOptions(at::kFloat).device(ct::device())));
    });
}

void ct_tensor_free(ct_tensor *tensor) { delete tensor; }

int32_t ct_tensor_rank(const ct_tensor *tensor) { return static_cast<int32_t>(tensor->value.dim()); }

int64_t ct_tensor_size(const ct_tensor *tensor, int32_t axis) { return tensor->value.sizes()[axis]; }

int32_t ct_tensor_type(const ct_tensor *tensor) {
    switch (tensor->value.scalar_type()) {
    case at::kFloat: return CT_FLOAT32;
    case at::kLong: return CT_INT64;
    case at::kBFloat16: return CT_BFLOAT16;
    default: return -1;
    }
}

int32_t ct_tensor_data(const ct_tensor *tensor, void **out) {
    return ct::guarded([&] {
        TORCH_CHECK(tensor->value.is_cpu(), "the elements of the tensor lie on ", tensor->value.device());
        TORCH_CHECK(tensor->value.is_contiguous(), "the elements of the tensor do not lie one after the other");
        *out = tensor->value.mutable_data_ptr();
    });
}

int32_t ct_tensor_mutable_data(ct_tensor *tensor, void **out) {
    const int32_t status = ct_tensor_data(tensor, out);
    if (status != CT_OK) return status;
    tensor->value.unsafeGetTensorImpl()->bump_version();
    tensor->rounded = at::Tensor();
    return status;
}

bool ct_tensor_requires_gradient(const ct_tensor *tensor) { return tensor->value.requires_grad(); }

int32_t ct_tensor_set_requires_gradient(ct_tensor *tensor, bool required) {
    return ct::guarded([&] { tensor->value.set_requires_grad(required); });
}

int32_t ct_tensor_gradient(const ct_tensor *tensor, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor &gradient = tensor->value.grad();
        if (!gradient.defined())
            *out = nullptr;
        else
            *out = ct::owned(gradient.is_sparse() ? gradient.to_dense() : gradient);
    });
}

int32_t ct_tensor_set_gradient(ct_tensor *tensor, const ct_tensor *gradient) {
    return ct::guarded([&] {
        if (gradient != nullptr)
            TORCH_CHECK(
                gradient->value.sizes() == tensor->value.sizes(), "a gradient of shape ", gradient->value.sizes(),
                " for a tensor of shape ", tensor->value.sizes());
        tensor->value.mutable_grad() = gradient == nullptr ? at::Tensor() : gradient->value;
    });
}

int32_t ct_tensor_backward(const ct_tensor *tensor, const ct_tensor *gradient) {
    return ct::guarded([&] { tensor->value.backward(gradient == nullptr ? at::Tensor() : gradient->value); });
}

int32_t ct_tensor_share(const ct_tensor *tensor, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(tensor->value); });
}

int32_t ct_tensor_detach(const ct_tensor *tensor, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(tensor->value.detach()); });
}

bool ct_set_gradients_enabled(bool enabled) {
    const bool previous = at::GradMode::is_enabled();
    at::GradMode::set_enabled(enabled);
    return previous;
}

void ct_set_threads(int32_t count) {
    // A step frees and takes the same large buffers again. Left alone, malloc maps each of them anew and the system
    // clears every page: a tenth of a training step. Kept in the heap, they are ready at once.
    static const bool keeps_freed_memory = [] {
        const bool without_maps = mallopt(M_MMAP_MAX, 0) != 0;
        return mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max()) != 0 && without_maps;
    }();
    static_cast<void>(keeps_freed_memory);
    at::set_num_threads(count);
}

int32_t ct_threads(void) { return at::get_num_threads(); }
