#include "composed.hpp"
#include "device.hpp"
#include "guard.hpp"
#include "parallel.hpp"
#include "philox.hpp"
#include "precision.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <vector>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t rows_per_block = 32;

/// Everything one pass over a block of rows needs; `D` floats a row.
struct NormRows {
    int64_t D;
    double probability;
    ct_random random;
    float epsilon;
};

CT_VECTORIZED void dropout_rows(
    const float *input, float *output, int64_t begin, int64_t end, const NormRows &rows, float *mask) {
    const int64_t D = rows.D;
    for (int64_t row = begin; row < end; ++row) {
        ct::multipliers(mask, D, (uint32_t)row, rows.probability, rows.random);
        const float *x = input + row * D;
        float *y = output + row * D;
        for (int64_t i = 0; i < D; ++i) y[i] = x[i] * mask[i];
    }
}

/// Writes the normalized rows after scale and offset (`output`) and, for the backward pass, before (`normalized`) with
/// 1 / deviation a row; for products off the tape it rounds the output (`rounded`) instead.
CT_VECTORIZED void norm_rows(
    const ct::Rows &input, const float *residual, const float *weight, const float *bias, float *normalized,
    float *inverse_deviations, float *output, uint16_t *rounded, int64_t begin, int64_t end, const NormRows &rows,
    float *mask) {
    CT_REGROUP_SUMS
    const int64_t D = rows.D;
    for (int64_t row = begin; row < end; ++row) {
        const float *x = ct::read(input, row, 0, D, output + row * D);
        float *y = output + row * D;
        float *h = normalized == nullptr ? y : normalized + row * D;
        if (rows.probability > 0) {
            ct::multipliers(mask, D, (uint32_t)row, rows.probability, rows.random);
            for (int64_t i = 0; i < D; ++i) h[i] = x[i] * mask[i];
        } else {
            for (int64_t i = 0; i < D; ++i) h[i] = x[i];
        }
        if (residual != nullptr) {
            const float *r = residual + row * D;
            for (int64_t i = 0; i < D; ++i) h[i] += r[i];
        }
        float sum = 0;
        for (int64_t i = 0; i < D; ++i) sum += h[i];
        const float mean = sum / (float)D;
        // Two passes: the variance of values far from zero would otherwise cancel away.
        float squares = 0;
        for (int64_t i = 0; i < D; ++i) squares += (h[i] - mean) * (h[i] - mean);
        const float inverse = 1.0f / std::sqrt(squares / (float)D + rows.epsilon);
        if (inverse_deviations != nullptr) inverse_deviations[row] = inverse;
        for (int64_t i = 0; i < D; ++i) {
            h[i] = (h[i] - mean) * inverse;
            y[i] = h[i] * weight[i] + bias[i];
        }
        if (rounded != nullptr) ct::narrow(y, D, rounded + row * D);
    }
}

/// Writes the gradients of input and residual, and adds up this block's gradients of weight and bias.
CT_VECTORIZED void norm_backward_rows(
    const float *gradient, const float *normalized, const float *inverse_deviations, const float *weight,
    const ct::Rows &input_gradient, float *residual_gradient, float *weight_sum, float *bias_sum, int64_t begin,
    int64_t end, const NormRows &rows, float *mask) {
    CT_REGROUP_SUMS
    const int64_t D = rows.D;
    for (int64_t row = begin; row < end; ++row) {
        const float *g = gradient + row * D;
        const float *h = normalized + row * D;
        float *dr = residual_gradient + row * D;
        float sum = 0, projected = 0;
        for (int64_t i = 0; i < D; ++i) {
            const float scaled = g[i] * weight[i];
            sum += scaled;
            projected += scaled * h[i];
            weight_sum[i] += g[i] * h[i];
            bias_sum[i] += g[i];
        }
        const float mean = sum / (float)D, slope = projected / (float)D, inverse = inverse_deviations[row];
        for (int64_t i = 0; i < D; ++i) dr[i] = inverse * (g[i] * weight[i] - mean - h[i] * slope);
        if (rows.probability > 0) {
            ct::multipliers(mask, D, (uint32_t)row, rows.probability, rows.random);
            float *dx = ct::place(input_gradient, row, 0, mask);
            for (int64_t i = 0; i < D; ++i) dx[i] = dr[i] * mask[i];
            ct::finish(input_gradient, row, 0, D, dx);
        } else {
            ct::finish(input_gradient, row, 0, D, dr);
        }
    }
}

CT_VECTORIZED void fill_multipliers(
    float *out, int64_t count, uint32_t row, double probability, const ct_random &random) {
    ct::multipliers(out, count, row, probability, random);
}

at::Tensor dropped(const at::Tensor &input, double probability, ct_random random) {
    at::Tensor output = at::empty_like(input);
    const NormRows rows{input.size(1), probability, random, 0};
    const float *from = input.const_data_ptr<float>();
    float *to = output.mutable_data_ptr<float>();
    ct::parallel_blocks(input.size(0), rows_per_block, [&](int64_t begin, int64_t end) {
        std::vector<float> mask(ct::padded(rows.D));
        dropout_rows(from, to, begin, end, rows, mask.data());
    });
    return output;
}

struct Dropout : torch::autograd::Function<Dropout> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &input, double probability, ct_random random) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->saved_data["probability"] = probability;
        context->saved_data["random"] = ct::saved(random);
        return dropped(input, probability, random);
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const double probability = context->saved_data["probability"].toDouble();
        const ct_random random = ct::restored(context->saved_data["random"].toIntVector());
        return {dropped(gradients[0].contiguous(), probability, random), at::Tensor(), at::Tensor()};
    }
};

struct DropoutAddNorm : torch::autograd::Function<DropoutAddNorm> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &input, const std::optional<at::Tensor> &residual,
        const at::Tensor &weight, const at::Tensor &bias, double epsilon, double probability, ct_random random) {
        at::AutoDispatchBelowADInplaceOrView below;
        const int64_t N = input.size(0);
        const NormRows rows{input.size(1), probability, random, static_cast<float>(epsilon)};
        at::Tensor normalized = at::empty(input.sizes(), at::kFloat), output = at::empty_like(normalized);
        at::Tensor inverse_deviations = at::empty({N}, at::kFloat);
        const ct::Rows x(input);
        const float *r = residual ? residual->const_data_ptr<float>() : nullptr;
        const float *w = weight.const_data_ptr<float>(), *b = bias.const_data_ptr<float>();
        float *h = normalized.mutable_data_ptr<float>(), *y = output.mutable_data_ptr<float>();
        float *inverse = inverse_deviations.mutable_data_ptr<float>();
        ct::parallel_blocks(N, rows_per_block, [&](int64_t begin, int64_t end) {
            std::vector<float> mask(ct::padded(rows.D));
            norm_rows(x, r, w, b, h, inverse, y, nullptr, begin, end, rows, mask.data());
        });
        context->save_for_backward({normalized, inverse_deviations, weight});
        context->saved_data["probability"] = probability;
        context->saved_data["random"] = ct::saved(random);
        context->saved_data["has_residual"] = residual.has_value();
        context->saved_data["input_type"] = static_cast<int64_t>(input.scalar_type());
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor &normalized = saved[0], &weight = saved[2], gradient = gradients[0].contiguous();
        const int64_t N = normalized.size(0), D = normalized.size(1);
        const NormRows rows{
            D, context->saved_data["probability"].toDouble(),
            ct::restored(context->saved_data["random"].toIntVector()), 0};
        at::Tensor residual_gradient = at::empty_like(normalized);
        const auto type = static_cast<at::ScalarType>(context->saved_data["input_type"].toInt());
        const bool shares = rows.probability == 0 && type == at::kFloat;
        at::Tensor input_gradient = shares ? residual_gradient : at::empty(normalized.sizes(), type);
        const int64_t blocks = (N + rows_per_block - 1) / rows_per_block;
        // One sum a block of rows, added up in order: the same bits for any number of threads.
        at::Tensor weight_sums = at::zeros({blocks, D}, at::kFloat), bias_sums = at::zeros({blocks, D}, at::kFloat);
        const float *g = gradient.const_data_ptr<float>(), *h = normalized.const_data_ptr<float>();
        const float *inverse = saved[1].const_data_ptr<float>(), *w = weight.const_data_ptr<float>();
        const ct::Rows dx(input_gradient);
        float *dr = residual_gradient.mutable_data_ptr<float>();
        float *dw = weight_sums.mutable_data_ptr<float>(), *db = bias_sums.mutable_data_ptr<float>();
        ct::parallel_blocks(N, rows_per_block, [&](int64_t begin, int64_t end) {
            std::vector<float> mask(ct::padded(D));
            const int64_t block = begin / rows_per_block;
            norm_backward_rows(g, h, inverse, w, dx, dr, dw + block * D, db + block * D, begin, end, rows, mask.data());
        });
        const bool has_residual = context->saved_data["has_residual"].toBool();
        const at::Tensor none;
        return {
            input_gradient, has_residual ? residual_gradient : none, weight_sums.sum(0), bias_sums.sum(0), none, none,
            none};
    }
};

/// The norm off the tape; where products are bfloat16 it comes rounded as well.
ct_tensor *norm_off_tape(
    const at::Tensor &input, const std::optional<at::Tensor> &residual, const at::Tensor &weight,
    const at::Tensor &bias, double epsilon) {
    const NormRows rows{input.size(1), 0, {}, static_cast<float>(epsilon)};
    at::Tensor output = at::empty(input.sizes(), at::kFloat), rounded;
    if (ct::product_type() == at::kBFloat16) rounded = at::empty(input.sizes(), at::kBFloat16);
    const ct::Rows x(input);
    const float *r = residual ? residual->const_data_ptr<float>() : nullptr;
    const float *w = weight.const_data_ptr<float>(), *b = bias.const_data_ptr<float>();
    float *y = output.mutable_data_ptr<float>();
    uint16_t *narrow = rounded.defined() ? static_cast<uint16_t *>(rounded.mutable_data_ptr()) : nullptr;
    const int64_t N = input.size(0);
    ct::parallel_blocks(N, ct::shared_grain(N, rows_per_block), [&](int64_t begin, int64_t end) {
        norm_rows(x, r, w, b, nullptr, nullptr, y, narrow, begin, end, rows, nullptr);
    });
    return new ct_tensor{std::move(output), std::move(rounded)};
}

}  // namespace

int32_t ct_dropout(const ct_tensor *input, double probability, ct_random random, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::matrix(input->value, "the input of dropout");
        *out = ct::owned(
            ct::composes(rows) ? ct::composed::dropout(rows, probability, random)
                               : Dropout::apply(rows, probability, random));
    });
}

int32_t ct_dropout_add_norm(
    const ct_tensor *input, const ct_tensor *residual, const ct_tensor *weight, const ct_tensor *bias, double epsilon,
    double probability, ct_random random, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::product_matrix(input->value, "the input of a layer norm");
        std::optional<at::Tensor> other;
        if (residual != nullptr) {
            other = ct::matrix(residual->value, "the residual of a layer norm");
            TORCH_CHECK(
                other->sizes() == rows.sizes(), "a residual of shape ", other->sizes(), " for an input of shape ",
                rows.sizes());
        }
        TORCH_CHECK(
            weight->value.numel() == rows.size(1) && bias->value.numel() == rows.size(1), "a layer norm over ",
            weight->value.numel(), " values for an input of shape ", rows.sizes());
        if (ct::composes(rows)) {
            *out = ct::owned(
                ct::composed::dropout_add_norm(
                    rows, other, weight->value, bias->value, epsilon, probability, random));
            return;
        }
        if (ct::is_off_tape() && probability == 0) {
            *out = norm_off_tape(rows, other, weight->value, bias->value, epsilon);
            return;
        }
        *out = ct::owned(
            DropoutAddNorm::apply(rows, other, weight->value, bias->value, epsilon, probability, random));
    });
}

void ct_dropout_multipliers(float *out, int64_t count, uint32_t row, double probability, ct_random random) {
    std::vector<float> mask(ct::padded(count));
    fill_multipliers(mask.data(), count, row, probability, random);
    std::memcpy(out, mask.data(), count * sizeof(float));
}

void ct_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    ct::uint16v words[4];
    const ct_random random{key[0] | static_cast<uint64_t>(key[1]) << 32, counter[3], counter[2]};
    ct::philox_words(counter[0], counter[1], random, words);
    for (int word = 0; word < 4; ++word) out[word] = words[word][0];
}
