#include "guard.hpp"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>

#include <atomic>
#include <chrono>

// The same libtorch has two sets of kernels for float32 products: ATen's default (MKL) and oneDNN, which it uses for
// compiled graphs. Which is faster depends on the processor by a factor of two either way, so it is measured.

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::atomic<int32_t> product_path{CT_PRODUCTS_ATEN};

/// input [N, K] times weight [M, K] transposed, plus bias, by oneDNN; takes transposed views as they are.
at::Tensor onednn_linear(const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
    using Signature = at::Tensor(
        const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, std::string_view,
        c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);
    static const auto operation =
        c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", "").typed<Signature>();
    return operation.call(input, weight, bias, "none", c10::List<std::optional<at::Scalar>>(), std::nullopt);
}

at::Tensor product(
    int32_t path, const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
    return path == CT_PRODUCTS_ONEDNN ? onednn_linear(input, weight, bias) : at::linear(input, weight, bias);
}

/// The tape's node: oneDNN's operation has no derivative of its own and would silently give none.
struct Linear : torch::autograd::Function<Linear> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &input, const at::Tensor &weight,
        const std::optional<at::Tensor> &bias) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({input, weight});
        context->saved_data["has_bias"] = bias.has_value();
        return product(product_path, input, weight, bias);
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor &input = saved[0], &weight = saved[1];
        const at::Tensor gradient = gradients[0].contiguous();
        const int32_t path = product_path;
        at::Tensor input_gradient, weight_gradient, bias_gradient;
        if (context->needs_input_grad(0)) input_gradient = product(path, gradient, weight.t(), std::nullopt);
        if (context->needs_input_grad(1)) {
            weight_gradient = path == CT_PRODUCTS_ONEDNN ? onednn_linear(gradient.t(), input.t(), std::nullopt)
                                                         : at::mm(gradient.t(), input);
        }
        if (context->saved_data["has_bias"].toBool() && context->needs_input_grad(2)) bias_gradient = gradient.sum(0);
        return {input_gradient, weight_gradient, bias_gradient};
    }
};

double seconds(int32_t path, const at::Tensor &input, const at::Tensor &weight) {
    const auto start = std::chrono::steady_clock::now();
    const at::Tensor output = product(path, input, weight, std::nullopt);
    product(path, output, weight.t(), std::nullopt);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

void ct_set_product_path(int32_t path) { product_path = path; }

int32_t ct_product_path(void) { return product_path; }

int32_t ct_measure_product_paths(double result[2]) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        const at::Tensor input = at::ones({512, 384}), weight = at::ones({1536, 384});
        const int32_t paths[2] = {CT_PRODUCTS_ATEN, CT_PRODUCTS_ONEDNN};
        for (int32_t path : paths) result[path] = std::numeric_limits<double>::infinity();
        // The first round prepares kernels; the best of the others is least disturbed by whatever else runs.
        for (int round = 0; round < 9; ++round)
            for (int32_t path : paths) {
                const double taken = seconds(path, input, weight);
                if (round > 0) result[path] = std::min(result[path], taken);
            }
    });
}

int32_t ct_linear(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::matrix(input->value, "the input of a linear layer");
        TORCH_CHECK(
            weight->value.dim() == 2 && weight->value.size(1) == rows.size(1), "a linear layer of shape ",
            weight->value.sizes(), " for an input of shape ", rows.sizes());
        const auto offsets = bias == nullptr ? std::optional<at::Tensor>() : std::optional<at::Tensor>(bias->value);
        *out = ct::owned(Linear::apply(rows, weight->value, offsets));
    });
}
