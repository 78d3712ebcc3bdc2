#include "composed.hpp"
#include "device.hpp"
#include "guard.hpp"
#include "parallel.hpp"
#include "vector.hpp"

#include <cmath>
#include <vector>

namespace {

constexpr int64_t values_per_block = 1 << 16;

CT_VECTORIZED double sum_of_squares(const float *values, int64_t count) {
    CT_REGROUP_SUMS
    double total = 0;
    for (int64_t start = 0; start < count; start += 4096) {
        const int64_t end = start + 4096 < count ? start + 4096 : count;
        float sum = 0;
        for (int64_t i = start; i < end; ++i) sum += values[i] * values[i];
        total += sum;
    }
    return total;
}

struct AdamW {
    float rate, beta1, beta2, epsilon, decay, scale, correction1, correction2;
};

/// Row by row the arithmetic of ATen's fused AdamW; rows that were never touched only decay.
CT_VECTORIZED void adamw_rows(
    float *weights, float *first, float *second, const int64_t *touched, const float *const *gradients, int64_t begin,
    int64_t end, int64_t D, const AdamW &step) {
    for (int64_t row = begin; row < end; ++row) {
        float *w = weights + row * D;
        if (touched[row] == 0) {
            if (step.decay != 1)
                for (int64_t i = 0; i < D; ++i) w[i] *= step.decay;
            continue;
        }
        float *m = first + row * D, *v = second + row * D;
        const float *g = gradients[row];
        for (int64_t i = 0; i < D; ++i) {
            const float slope = g == nullptr ? 0.0f : g[i] * step.scale;
            w[i] *= step.decay;
            m[i] = step.beta1 * m[i] + (1 - step.beta1) * slope;
            v[i] = step.beta2 * v[i] + (1 - step.beta2) * slope * slope;
            w[i] -= step.rate / step.correction1 * m[i] / (__builtin_sqrtf(v[i]) / step.correction2 + step.epsilon);
        }
    }
}

}  // namespace

int32_t ct_gradient_norm(const ct_tensor *const *parameters, int64_t count, double *out) {
    return ct::guarded([&] {
        double total = 0;
        std::vector<at::Tensor> elsewhere;
        for (int64_t i = 0; i < count; ++i) {
            if (!parameters[i]->value.grad().defined()) continue;
            const at::Tensor &whole = parameters[i]->value.grad();
            const at::Tensor gradient = whole.is_sparse() ? whole.coalesce().values() : whole.contiguous();
            if (ct::composes(gradient)) {
                elsewhere.push_back(gradient);
                continue;
            }
            const float *values = gradient.const_data_ptr<float>();
            const int64_t size = gradient.numel();
            std::vector<double> sums((size + values_per_block - 1) / values_per_block);
            ct::parallel_blocks(size, values_per_block, [&](int64_t begin, int64_t end) {
                sums[begin / values_per_block] = sum_of_squares(values + begin, end - begin);
            });
            for (double sum : sums) total += sum;
        }
        const double rest = ct::composed::norm(elsewhere);
        *out = std::sqrt(total + rest * rest);
    });
}

namespace {

/// The dense step, by ATen's fused operation.
void dense_adamw(
    ct_tensor *const *parameters, ct_tensor *const *first_moments, ct_tensor *const *second_moments, int64_t count,
    int64_t step, double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
    double gradient_scale) {
    at::NoGradGuard no_gradients;
    std::vector<at::Tensor> values, gradients, first, second, steps;
    for (int64_t i = 0; i < count; ++i) {
        const at::Tensor &gradient = parameters[i]->value.grad();
        if (!gradient.defined()) continue;
        values.push_back(parameters[i]->value);
        gradients.push_back(gradient.is_sparse() ? gradient.to_dense() : gradient);
        first.push_back(first_moments[i]->value);
        second.push_back(second_moments[i]->value);
        steps.push_back(at::scalar_tensor(static_cast<double>(step), values.back().options()));
    }
    if (values.empty()) return;
    std::optional<at::Tensor> scale;
    // The operation divides by its scale.
    if (gradient_scale != 1) scale = at::scalar_tensor(1 / gradient_scale, values[0].options());
    at::_fused_adamw_(
        values, gradients, first, second, {}, steps, learning_rate, beta1, beta2, weight_decay, epsilon, false,
        false, scale, std::nullopt);
    // The fused operation leaves versions as they are, and with them what was kept of the weights elsewhere.
    for (const at::Tensor &value : values) value.unsafeGetTensorImpl()->bump_version();
}

}  // namespace

int32_t ct_adamw_step(
    ct_tensor *const *parameters, ct_tensor *const *first_moments, ct_tensor *const *second_moments, int64_t count,
    int64_t step, double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
    double gradient_scale) {
    return ct::guarded([&] {
        dense_adamw(
            parameters, first_moments, second_moments, count, step, learning_rate, beta1, beta2, epsilon, weight_decay,
            gradient_scale);
    });
}

int32_t ct_adamw_rows_step(
    ct_tensor *parameter, ct_tensor *first_moment, ct_tensor *second_moment, ct_tensor *touched, int64_t step,
    double learning_rate, double beta1, double beta2, double epsilon, double weight_decay, double gradient_scale) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        const at::Tensor &whole = parameter->value.grad();
        if (!whole.defined()) return;
        // Rows without moments and gradient only decay in the dense step too, which is ATen's on any device.
        if (!whole.is_sparse() || ct::composes(parameter->value)) {
            if (whole.is_sparse())
                touched->value.index_fill_(0, whole._indices()[0], 1);
            else
                touched->value.fill_(1);
            dense_adamw(
                &parameter, &first_moment, &second_moment, 1, step, learning_rate, beta1, beta2, epsilon, weight_decay,
                gradient_scale);
            return;
        }
        const at::Tensor gradient = whole.coalesce(), numbers = gradient.indices(), values = gradient.values();
        const int64_t V = parameter->value.size(0), D = parameter->value.size(1);
        std::vector<const float *> gradients(V, nullptr);
        int64_t *rows_touched = touched->value.mutable_data_ptr<int64_t>();
        const int64_t *row = numbers.const_data_ptr<int64_t>();
        for (int64_t i = 0; i < numbers.size(1); ++i) {
            gradients[row[i]] = values.const_data_ptr<float>() + i * D;
            rows_touched[row[i]] = 1;
        }
        const AdamW numbers_of_step{
            static_cast<float>(learning_rate), static_cast<float>(beta1), static_cast<float>(beta2),
            static_cast<float>(epsilon), static_cast<float>(1 - learning_rate * weight_decay),
            static_cast<float>(gradient_scale), static_cast<float>(1 - std::pow(beta1, step)),
            static_cast<float>(std::sqrt(1 - std::pow(beta2, step)))};
        parameter->value.unsafeGetTensorImpl()->bump_version();
        float *w = parameter->value.mutable_data_ptr<float>(), *m = first_moment->value.mutable_data_ptr<float>();
        float *v = second_moment->value.mutable_data_ptr<float>();
        ct::parallel_blocks(V, 64, [&](int64_t begin, int64_t end) {
            adamw_rows(w, m, v, rows_touched, gradients.data(), begin, end, D, numbers_of_step);
        });
    });
}

int32_t ct_move_averages(ct_tensor *const *averages, ct_tensor *const *parameters, int64_t count, double share) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        for (int64_t i = 0; i < count; ++i) averages[i]->value.lerp_(parameters[i]->value, share);
    });
}
