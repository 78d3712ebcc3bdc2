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

}  // namespace

int32_t ct_gradient_norm(const ct_tensor *const *parameters, int64_t count, double *out) {
    return ct::guarded([&] {
        double total = 0;
        for (int64_t i = 0; i < count; ++i) {
            if (!parameters[i]->value.grad().defined()) continue;
            const at::Tensor gradient = parameters[i]->value.grad().contiguous();
            const float *values = gradient.const_data_ptr<float>();
            const int64_t size = gradient.numel();
            std::vector<double> sums((size + values_per_block - 1) / values_per_block);
            ct::parallel_blocks(size, values_per_block, [&](int64_t begin, int64_t end) {
                sums[begin / values_per_block] = sum_of_squares(values + begin, end - begin);
            });
            for (double sum : sums) total += sum;
        }
        *out = std::sqrt(total);
    });
}

int32_t ct_adamw_step(
    ct_tensor *const *parameters, ct_tensor *const *first_moments, ct_tensor *const *second_moments, int64_t count,
    int64_t step, double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
    double gradient_scale) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        std::vector<at::Tensor> values, gradients, first, second, steps;
        for (int64_t i = 0; i < count; ++i) {
            const at::Tensor &gradient = parameters[i]->value.grad();
            if (!gradient.defined()) continue;
            values.push_back(parameters[i]->value);
            gradients.push_back(gradient);
            first.push_back(first_moments[i]->value);
            second.push_back(second_moments[i]->value);
            steps.push_back(at::scalar_tensor(static_cast<double>(step), at::kFloat));
        }
        if (values.empty()) return;
        std::optional<at::Tensor> scale;
        // The operation divides by its scale.
        if (gradient_scale != 1) scale = at::scalar_tensor(1 / gradient_scale, at::kFloat);
        at::_fused_adamw_(
            values, gradients, first, second, {}, steps, learning_rate, beta1, beta2, weight_decay, epsilon, false,
            false, scale, std::nullopt);
    });
}
