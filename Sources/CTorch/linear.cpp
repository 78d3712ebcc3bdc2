#include "composed.hpp"
#include "device.hpp"
#include "gelu.hpp"
#include "guard.hpp"
#include "panels.hpp"
#include "parallel.hpp"
#include "precision.hpp"

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
std::atomic<int32_t> product_precision{CT_FLOAT32};

/// input [N, K] times weight [M, K] transposed, plus bias, by oneDNN; takes transposed views as they are.
at::Tensor onednn_linear(const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
    using Signature = at::Tensor(
        const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, std::string_view,
        c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);
    static const auto operation =
        c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", "").typed<Signature>();
    return operation.call(input, weight, bias, "none", c10::List<std::optional<at::Scalar>>(), std::nullopt);
}

/// The weight laid out as oneDNN's kernels read it; without that, each product lays it out anew.
at::Tensor packed(const at::Tensor &weight) {
    static const auto operation = c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_reorder_linear_weight", "");
    c10::Stack stack{weight, c10::IValue()};
    operation.callBoxed(stack);
    return stack[0].toTensor();
}

at::Tensor product(
    int32_t path, const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
    return path == CT_PRODUCTS_ONEDNN ? onednn_linear(input, weight, bias) : at::linear(input, weight, bias);
}

/// The weight's gradient, [M, K], from the output's [N, M] and the input [N, K].
at::Tensor weight_product(int32_t path, const at::Tensor &gradient, const at::Tensor &input) {
    // In bfloat16 both paths end in oneDNN, and the plain product is the faster way in.
    if (path == CT_PRODUCTS_ONEDNN && input.scalar_type() == at::kFloat)
        return onednn_linear(gradient.t(), input.t(), std::nullopt);
    return at::mm(gradient.t(), input);
}

/// The input's gradient, [N, K], from the output's [N, M] and the weight [M, K].
at::Tensor input_product(int32_t path, const at::Tensor &gradient, const at::Tensor &weight) {
    if (path == CT_PRODUCTS_ONEDNN && weight.scalar_type() == at::kFloat)
        return onednn_linear(gradient, weight.t(), std::nullopt);
    return at::mm(gradient, weight);
}

/// The sum over the rows in float32.
at::Tensor column_sums(const at::Tensor &matrix) { return matrix.sum(at::IntArrayRef{0}, false, at::kFloat); }

struct GELURows {
    ct::Rows before, after, gradient, before_gradient;
    int64_t D;
};

constexpr int64_t rows_per_block = 16;

CT_VECTORIZED void gelu_rows(const GELURows &rows, int64_t begin, int64_t end, float *scratch) {
    const int64_t D = rows.D, filled = D / 16 * 16;
    for (int64_t row = begin; row < end; ++row) {
        const float *x = ct::read(rows.before, row, 0, D, scratch);
        float *y = ct::place(rows.after, row, 0, scratch);
        ct::float16 value, phi, slope;
        for (int64_t i = 0; i < filled; i += 16) {
            std::memcpy(&value, x + i, sizeof value);
            phi = value;
            ct::normal_distribution(phi, slope);
            value *= phi;
            std::memcpy(y + i, &value, sizeof value);
        }
        if (filled < D) {
            value = ct::float16{};
            std::memcpy(&value, x + filled, (D - filled) * sizeof(float));
            phi = value;
            ct::normal_distribution(phi, slope);
            value *= phi;
            std::memcpy(y + filled, &value, (D - filled) * sizeof(float));
        }
        ct::finish(rows.after, row, 0, D, y);
    }
}

/// Gradients before the GELU, and their sums over this block's rows, which are the bias's.
CT_VECTORIZED void gelu_backward_rows(
    const GELURows &rows, float *bias_sum, int64_t begin, int64_t end, float *scratch) {
    const int64_t D = rows.D, width = ct::padded(D);
    for (int64_t row = begin; row < end; ++row) {
        const float *x = ct::read(rows.before, row, 0, D, scratch);
        const float *g = ct::read(rows.gradient, row, 0, D, scratch + width);
        float *dx = ct::place(rows.before_gradient, row, 0, scratch + 2 * width);
        for (int64_t i = 0; i < D; i += 16) {
            const int64_t bytes = (D - i < 16 ? D - i : 16) * (int64_t)sizeof(float);
            ct::float16 value{}, gradient{}, sum{}, slope;
            if (bytes == sizeof value) {
                std::memcpy(&value, x + i, sizeof value);
                std::memcpy(&gradient, g + i, sizeof value);
                std::memcpy(&sum, bias_sum + i, sizeof value);
            } else {
                std::memcpy(&value, x + i, bytes);
                std::memcpy(&gradient, g + i, bytes);
                std::memcpy(&sum, bias_sum + i, bytes);
            }
            ct::normal_distribution(value, slope);
            gradient *= slope;
            sum += gradient;
            if (bytes == sizeof value) {
                std::memcpy(dx + i, &gradient, sizeof value);
                std::memcpy(bias_sum + i, &sum, sizeof value);
            } else {
                std::memcpy(dx + i, &gradient, bytes);
                std::memcpy(bias_sum + i, &sum, bytes);
            }
        }
        ct::finish(rows.before_gradient, row, 0, D, dx);
    }
}

/// Weight and bias of a product, [M, K] and [M].
struct Operands {
    at::Tensor weight;
    std::optional<at::Tensor> bias;
};

}  // namespace

/// What was made of some tensors at some versions of them.
struct ct_weights {
    std::vector<std::pair<const c10::TensorImpl *, uint32_t>> sources;
    at::ScalarType type = at::kFloat;
    Operands operands;
    /// The weight for products off the tape, and weight and bias for those of few rows, once there was one.
    at::Tensor packed_weight;
    std::optional<ct::Panels> panels;
};

namespace {

/// Forgets what `kept` holds of other tensors, of older versions of these, or for products of another type.
void bring_up_to_date(ct_weights &kept, at::TensorList parameters) {
    std::vector<std::pair<const c10::TensorImpl *, uint32_t>> sources;
    for (const at::Tensor &parameter : parameters) {
        const c10::TensorImpl *tensor = parameter.unsafeGetTensorImpl();
        sources.emplace_back(tensor, tensor->version_counter().current_version());
    }
    const at::ScalarType type = ct::product_type();
    if (kept.sources != sources || kept.type != type) kept = ct_weights{std::move(sources), type, {}, {}, {}};
}

/// Some maps' weights or biases one below the other.
at::Tensor stacked(at::TensorList parts) { return parts.size() == 1 ? parts[0] : at::cat(parts); }

/// The maps' weights and biases one below the other, in the product's type; `kept` if they are still those.
Operands operands(at::TensorList parameters, int64_t maps, bool has_bias, ct_weights *kept) {
    if (kept != nullptr) {
        bring_up_to_date(*kept, parameters);
        if (kept->operands.weight.defined()) return kept->operands;
    }
    Operands result;
    result.weight = stacked(parameters.slice(0, maps)).to(ct::product_type());
    if (has_bias) result.bias = stacked(parameters.slice(maps)).to(ct::product_type());
    if (kept != nullptr) kept->operands = result;
    return result;
}

/// A product, and what comes of it.
struct Forward {
    at::Tensor rows, before, output;

    Forward(const at::Tensor &input, const Operands &with, const at::Tensor &packed_weight, bool applies_gelu)
        : rows(input.to(with.weight.scalar_type())),
          before(
              packed_weight.defined() ? onednn_linear(rows, packed_weight, with.bias)
                                      : product(product_path, rows, with.weight, with.bias)),
          output(before) {
        if (!applies_gelu) return;
        output = at::empty_like(before);
        const GELURows all{ct::Rows(before), ct::Rows(output), ct::Rows({}), ct::Rows({}), before.size(1)};
        ct::parallel_blocks(before.size(0), rows_per_block, [&](int64_t begin, int64_t end) {
            std::vector<float> scratch(ct::padded(all.D));
            gelu_rows(all, begin, end, scratch.data());
        });
    }
};

/// The tape's node: oneDNN's operation has no derivative of its own and would silently give none.
///
/// Weights and biases of several maps of the same input are laid one below the other and multiplied at once. In
/// bfloat16 the weights are rounded for the product and stay float32 themselves.
struct Linear : torch::autograd::Function<Linear> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &input, at::TensorList parameters, bool has_bias, bool applies_gelu,
        bool keeps_type, ct_weights *kept) {
        at::AutoDispatchBelowADInplaceOrView below;
        const int64_t maps = parameters.size() / (has_bias ? 2 : 1);
        std::vector<int64_t> outputs;
        for (int64_t map = 0; map < maps; ++map) outputs.push_back(parameters[map].size(0));
        const Operands with = operands(parameters, maps, has_bias, kept);
        const Forward result(input, with, at::Tensor(), applies_gelu);
        context->save_for_backward({result.rows, with.weight, applies_gelu ? result.before : at::Tensor()});
        context->saved_data["outputs"] = outputs;
        context->saved_data["has_bias"] = has_bias;
        context->saved_data["input_type"] = static_cast<int64_t>(input.scalar_type());
        return keeps_type ? result.output : result.output.to(at::kFloat);
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor &input = saved[0], &weight = saved[1], &before = saved[2];
        const auto outputs = context->saved_data["outputs"].toIntVector();
        const int64_t maps = static_cast<int64_t>(outputs.size());
        const bool has_bias = context->saved_data["has_bias"].toBool();
        const int32_t path = product_path;
        at::Tensor gradient = gradients[0].contiguous(), bias_gradient;
        if (before.defined()) {
            gradient = gradient.to(before.scalar_type());
            const int64_t N = before.size(0), D = before.size(1);
            at::Tensor inner = at::empty_like(before);
            // One sum a block of rows, added up in order: the same bits for any number of threads.
            at::Tensor sums = at::zeros({(N + rows_per_block - 1) / rows_per_block, D}, at::kFloat);
            float *sum = sums.mutable_data_ptr<float>();
            const GELURows all{ct::Rows(before), ct::Rows({}), ct::Rows(gradient), ct::Rows(inner), D};
            ct::parallel_blocks(N, rows_per_block, [&](int64_t begin, int64_t end) {
                std::vector<float> scratch(3 * ct::padded(D));
                gelu_backward_rows(all, sum + begin / rows_per_block * D, begin, end, scratch.data());
            });
            gradient = inner;
            bias_gradient = sums.sum(0);
        } else if (has_bias) {
            bias_gradient = column_sums(gradient);
        }
        gradient = gradient.to(input.scalar_type());
        variable_list result(1 + maps * (has_bias ? 2 : 1) + 4);
        if (context->needs_input_grad(0))
            result[0] = input_product(path, gradient, weight)
                            .to(static_cast<at::ScalarType>(context->saved_data["input_type"].toInt()));
        // Each map's rows of the whole lie one after the other, so a slice is as good as a tensor of its own.
        const auto give = [&](const at::Tensor &whole, int64_t first_result) {
            int64_t first = 0;
            for (int64_t map = 0; map < maps; ++map) {
                result[first_result + map] = whole.narrow(0, first, outputs[map]);
                first += outputs[map];
            }
        };
        bool needs_weights = false;
        for (int64_t map = 0; map < maps; ++map) needs_weights = needs_weights || context->needs_input_grad(1 + map);
        if (needs_weights) give(weight_product(path, gradient, input).to(at::kFloat), 1);
        if (has_bias) give(bias_gradient, 1 + maps);
        return result;
    }
};

/// Checks shapes and puts the node on the tape.
at::Tensor linear(
    const ct_tensor *input, const ct_tensor *const *weights, const ct_tensor *const *biases, int64_t maps,
    bool applies_gelu, bool keeps_type, ct_weights *kept) {
    const at::Tensor rows = ct::product_matrix(input->value, "the input of a linear layer");
    std::vector<at::Tensor> parameters;
    for (int64_t map = 0; map < maps; ++map) {
        const at::Tensor &weight = weights[map]->value;
        TORCH_CHECK(
            weight.dim() == 2 && weight.size(1) == rows.size(1), "a linear layer of shape ", weight.sizes(),
            " for an input of shape ", rows.sizes());
        parameters.push_back(weight);
    }
    if (biases != nullptr)
        for (int64_t map = 0; map < maps; ++map) parameters.push_back(biases[map]->value);
    const bool has_bias = biases != nullptr;
    const at::TensorList all(parameters);
    if (ct::composes(rows))
        return ct::composed::linear(rows, all.slice(0, maps), all.slice(maps), applies_gelu, keeps_type);
    if (kept == nullptr || !ct::is_off_tape())
        return Linear::apply(rows, all, has_bias, applies_gelu, keeps_type, kept);
    // Off the tape the same weights serve many products, so it pays to lay them out once.
    bring_up_to_date(*kept, all);
    const bool is_narrow = kept->type == at::kBFloat16;
    const at::Tensor &from = is_narrow && input->rounded.defined() ? input->rounded : rows;
    int64_t outputs = 0;
    for (const at::Tensor &weight : all.slice(0, maps)) outputs += weight.size(0);
    if (is_narrow && ct::Panels::serve(rows.size(0), outputs, rows.size(1))) {
        if (!kept->panels)
            kept->panels.emplace(stacked(all.slice(0, maps)), has_bias ? stacked(all.slice(maps)) : at::Tensor());
        return kept->panels->product(from.to(at::kBFloat16), applies_gelu, keeps_type ? at::kBFloat16 : at::kFloat);
    }
    const Operands with = operands(all, maps, has_bias, kept);
    const bool is_packed = is_narrow || product_path == CT_PRODUCTS_ONEDNN;
    if (is_packed && !kept->packed_weight.defined()) kept->packed_weight = packed(with.weight.detach());
    const at::Tensor output =
        Forward(from, with, is_packed ? kept->packed_weight : at::Tensor(), applies_gelu).output;
    return keeps_type ? output : output.to(at::kFloat);
}

/// The time of a layer's three products: forward, the input's gradient and the weight's.
double seconds(int32_t path, const at::Tensor &input, const at::Tensor &weight) {
    const auto start = std::chrono::steady_clock::now();
    const at::Tensor output = product(path, input, weight, std::nullopt);
    input_product(path, output, weight);
    weight_product(path, output, input);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

at::ScalarType ct::product_type() { return product_precision == CT_BFLOAT16 ? at::kBFloat16 : at::kFloat; }

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

void ct_set_product_precision(int32_t precision) { product_precision = precision; }

int32_t ct_product_precision(void) { return product_precision; }

ct_weights *ct_weights_new(void) { return new ct_weights(); }

void ct_weights_free(ct_weights *weights) { delete weights; }

int32_t ct_linear(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias, ct_weights *kept, ct_tensor **out) {
    return ct::guarded([&] {
        *out = ct::owned(linear(input, &weight, bias == nullptr ? nullptr : &bias, 1, false, false, kept));
    });
}

int32_t ct_linear_gelu(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias, ct_weights *kept, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(linear(input, &weight, &bias, 1, true, true, kept)); });
}

int32_t ct_stacked_linear(
    const ct_tensor *input, const ct_tensor *const *weights, const ct_tensor *const *biases, int64_t count,
    ct_weights *kept, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(linear(input, weights, biases, count, false, true, kept)); });
}
