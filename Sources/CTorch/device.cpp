#include "device.hpp"
#include "guard.hpp"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <cstring>

// What is asked of CUDA goes through the hooks that libtorch_cpu has for it, so that the same code is built with and
// without libtorch_cuda; where that is linked, it registers what is behind the hooks.

std::atomic<int32_t> ct::kernels{CT_KERNELS_FUSED};

namespace {

/// The index of the CUDA device that tensors are made on; -1 for the processor.
std::atomic<int32_t> cuda_index{-1};

int32_t cuda_count() { return ct_has_cuda() ? at::detail::getCUDAHooks().getNumGPUs() : 0; }

}  // namespace

at::Device ct::device() {
    const int32_t index = cuda_index.load(std::memory_order_relaxed);
    return index < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index));
}

bool ct_has_cuda(void) { return at::CUDAHooksRegistry()->Has("CUDAHooks"); }

int32_t ct_device_count(int32_t kind) {
    int32_t count = 1;
    if (kind != CT_CUDA) return count;
    // The driver may be missing or of another version; then there is no device.
    return ct::guarded([&] { count = cuda_count(); }) == CT_OK ? count : 0;
}

int32_t ct_set_device(ct_device device) {
    return ct::guarded([&] {
        if (device.kind == CT_CPU) {
            cuda_index = -1;
            return;
        }
        TORCH_CHECK(device.kind == CT_CUDA, "no kind of device has the number ", device.kind);
        TORCH_CHECK(
            device.index >= 0 && device.index < cuda_count(), "there is no CUDA device ", device.index, " among ",
            cuda_count());
        // float32 means 32 bits: cuDNN's LSTM would round to 19.
        at::globalContext().setAllowTF32CuDNN(false);
        cuda_index = device.index;
    });
}

ct_device ct_current_device(void) {
    const int32_t index = cuda_index.load(std::memory_order_relaxed);
    return index < 0 ? ct_device{CT_CPU, 0} : ct_device{CT_CUDA, index};
}

void ct_set_kernels(int32_t kernels) { ct::kernels = kernels; }

int32_t ct_kernels(void) { return ct::kernels; }

ct_device ct_tensor_device(const ct_tensor *tensor) {
    const at::Device device = tensor->value.device();
    return device.is_cpu() ? ct_device{CT_CPU, 0} : ct_device{CT_CUDA, device.index()};
}

int32_t ct_tensor_copy_to_host(const ct_tensor *tensor, void *out) {
    return ct::guarded([&] {
        const at::Tensor elements = tensor->value.detach().cpu().contiguous();
        if (elements.numel() > 0) std::memcpy(out, elements.const_data_ptr(), elements.nbytes());
    });
}

int32_t ct_tensor_copy_from_host(ct_tensor *tensor, const void *values) {
    return ct::guarded([&] {
        const at::Tensor target = tensor->value.detach();
        at::Tensor source = at::empty(target.sizes(), target.options().device(at::kCPU));
        if (source.numel() > 0) std::memcpy(source.mutable_data_ptr(), values, source.nbytes());
        // The copy also marks what was kept of the elements elsewhere (see ct_weights) as out of date.
        target.copy_(source);
        tensor->rounded = at::Tensor();
    });
}
