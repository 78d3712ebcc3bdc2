#include "guard.hpp"
#include "parallel.hpp"
#include "philox.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

// Sequences are short (a window) and heads small, so each pair of a sequence and a head is one task: three small
// products through BLAS and a softmax between them, all in cache. The probabilities are not kept: the backward pass
// makes them again from the scores and each row's normalizer.

extern "C" void sgemm_(
    const char *transa, const char *transb, const int *m, const int *n, const int *k, const float *alpha,
    const float *a, const int *lda, const float *b, const int *ldb, const float *beta, float *c, const int *ldc);

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// A row-major matrix inside a larger one.
struct View {
    const float *data;
    int64_t stride;
    bool transposed = false;
};

/// C [m, n] = scale · A [m, k] · B [k, n], where `transposed` operands are stored the other way round.
void multiply(View a, View b, float *c, int64_t c_stride, int64_t m, int64_t n, int64_t k, float scale) {
    // BLAS counts columns first: it computes Cᵀ = Bᵀ · Aᵀ.
    const int rows = static_cast<int>(n), columns = static_cast<int>(m), inner = static_cast<int>(k);
    const int ldb = static_cast<int>(b.stride), lda = static_cast<int>(a.stride), ldc = static_cast<int>(c_stride);
    const float zero = 0;
    sgemm_(
        b.transposed ? "T" : "N", a.transposed ? "T" : "N", &rows, &columns, &inner, &scale, b.data, &ldb, a.data, &lda,
        &zero, c, &ldc);
}

struct Shape {
    int64_t N, H, heads;
    double probability;
    ct_random random;

    int64_t width() const { return H / heads; }
    float scale() const { return 1.0f / std::sqrt(static_cast<float>(width())); }
    /// The row of the dropout mask for one query of one head.
    uint32_t mask_row(int64_t row, int64_t head) const { return static_cast<uint32_t>(row * heads + head); }
};

/// Where the rows of each sequence start; one more entry than there are sequences.
std::vector<int64_t> starts(const std::vector<int64_t> &lengths, int64_t N) {
    std::vector<int64_t> starts{0};
    for (int64_t length : lengths) {
        TORCH_CHECK(length >= 0, "a sequence of negative length");
        starts.push_back(starts.back() + length);
    }
    TORCH_CHECK(starts.back() <= N, "sequences of ", starts.back(), " rows in a matrix of ", N);
    return starts;
}

constexpr int64_t vector_width = 16;

/// Scores of L keys → probabilities, in place; returns the logarithm of the normalizer. `row` has padded(L) floats.
CT_INLINE float softmax_row(float *row, int64_t L) {
    const int64_t filled = (L + vector_width - 1) / vector_width * vector_width;
    for (int64_t j = L; j < filled; ++j) row[j] = -std::numeric_limits<float>::infinity();
    ct::float16 largest, value;
    std::memcpy(&largest, row, sizeof largest);
    for (int64_t j = vector_width; j < filled; j += vector_width) {
        std::memcpy(&value, row + j, sizeof value);
        const ct::int16v greater = value > largest;
        largest = (ct::float16)(((ct::int16v)value & greater) | ((ct::int16v)largest & ~greater));
    }
    float top = largest[0];
    for (int lane = 1; lane < vector_width; ++lane) top = largest[lane] > top ? largest[lane] : top;
    ct::float16 sums{};
    for (int64_t j = 0; j < filled; j += vector_width) {
        std::memcpy(&value, row + j, sizeof value);
        value = value - top;
        ct::exponential(value);
        sums += value;
        std::memcpy(row + j, &value, sizeof value);
    }
    float sum = 0;
    for (int lane = 0; lane < vector_width; ++lane) sum += sums[lane];
    const float inverse = 1.0f / sum;
    for (int64_t j = 0; j < filled; ++j) row[j] *= inverse;
    return top + std::log(sum);
}

CT_VECTORIZED void softmax_rows(
    float *scores, int64_t stride, int64_t L, float *normalizers, int64_t first_row, int64_t head, const Shape &shape,
    float *mask) {
    for (int64_t i = 0; i < L; ++i) {
        float *row = scores + i * stride;
        const float normalizer = softmax_row(row, L);
        if (normalizers != nullptr) normalizers[i] = normalizer;
        if (shape.probability > 0) {
            ct::multipliers(mask, L, shape.mask_row(first_row + i, head), shape.probability, shape.random);
            for (int64_t j = 0; j < L; ++j) row[j] *= mask[j];
        }
    }
}

/// Scores → dropped probabilities (`dropped`) and, with `gradients` of those, → gradients of the scores, in place.
CT_VECTORIZED void softmax_backward_rows(
    const float *scores, float *dropped, float *gradients, int64_t stride, int64_t L, const float *normalizers,
    int64_t first_row, int64_t head, const Shape &shape, float *mask) {
    CT_REGROUP_SUMS
    const int64_t filled = (L + vector_width - 1) / vector_width * vector_width;
    for (int64_t i = 0; i < L; ++i) {
        const float *s = scores + i * stride;
        float *p = dropped + i * stride;
        float *g = gradients + i * stride;
        const float normalizer = normalizers[i];
        for (int64_t j = 0; j < filled; j += vector_width) {
            ct::float16 value;
            std::memcpy(&value, s + j, sizeof value);
            value = value - normalizer;
            ct::exponential(value);
            std::memcpy(p + j, &value, sizeof value);
        }
        float dot = 0;
        if (shape.probability > 0) {
            ct::multipliers(mask, L, shape.mask_row(first_row + i, head), shape.probability, shape.random);
            for (int64_t j = 0; j < L; ++j) dot += g[j] * mask[j] * p[j];
            for (int64_t j = 0; j < L; ++j) {
                g[j] = p[j] * (g[j] * mask[j] - dot);
                p[j] *= mask[j];
            }
        } else {
            for (int64_t j = 0; j < L; ++j) dot += g[j] * p[j];
            for (int64_t j = 0; j < L; ++j) g[j] = p[j] * (g[j] - dot);
        }
    }
}

/// Calls `body(sequence start, length, head, workspace)` for every pair of a sequence and a head, on all threads.
///
/// The workspace holds `matrices` of `stride` floats a row and the mask of one row behind them.
template <typename Body>
void for_each_head(const std::vector<int64_t> &starts, int64_t heads, int64_t matrices, const Body &body) {
    const int64_t sequences = static_cast<int64_t>(starts.size()) - 1;
    ct::parallel_blocks(sequences * heads, 1, [&](int64_t begin, int64_t end) {
        thread_local std::unique_ptr<float, void (*)(void *)> workspace(nullptr, std::free);
        thread_local int64_t capacity = 0;
        for (int64_t task = begin; task < end; ++task) {
            const int64_t sequence = task / heads, first = starts[sequence], L = starts[sequence + 1] - first;
            if (L == 0) continue;
            const int64_t stride = ct::padded(L), needed = matrices * L * stride + stride;
            if (needed > capacity) {
                workspace.reset(static_cast<float *>(std::aligned_alloc(64, needed * sizeof(float))));
                capacity = needed;
            }
            body(first, L, task % heads, workspace.get(), stride);
        }
    });
}

struct Attention : torch::autograd::Function<Attention> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &query, const at::Tensor &key, const at::Tensor &value,
        const std::vector<int64_t> &lengths, int64_t heads, double probability, ct_random random) {
        at::AutoDispatchBelowADInplaceOrView below;
        const Shape shape{query.size(0), query.size(1), heads, probability, random};
        at::Tensor output = at::zeros_like(query);
        at::Tensor normalizers = at::empty({heads, shape.N}, at::kFloat);
        const float *q = query.const_data_ptr<float>(), *k = key.const_data_ptr<float>();
        const float *v = value.const_data_ptr<float>();
        float *o = output.mutable_data_ptr<float>(), *n = normalizers.mutable_data_ptr<float>();
        const int64_t H = shape.H, d = shape.width();
        for_each_head(starts(lengths, shape.N), heads, 1, [&](int64_t first, int64_t L, int64_t head, float *workspace, int64_t stride) {
            const int64_t corner = first * H + head * d;
            float *scores = workspace, *mask = workspace + L * stride;
            multiply({q + corner, H}, {k + corner, H, true}, scores, stride, L, L, d, shape.scale());
            softmax_rows(scores, stride, L, n + head * shape.N + first, first, head, shape, mask);
            multiply({scores, stride}, {v + corner, H}, o + corner, H, L, d, L, 1);
        });
        context->save_for_backward({query, key, value, normalizers});
        context->saved_data["lengths"] = lengths;
        context->saved_data["heads"] = heads;
        context->saved_data["probability"] = probability;
        context->saved_data["random"] =
            std::vector<int64_t>{static_cast<int64_t>(random.seed), random.step, random.site};
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor &query = saved[0], &key = saved[1], &value = saved[2], gradient = gradients[0].contiguous();
        const auto random = context->saved_data["random"].toIntVector();
        const Shape shape{
            query.size(0), query.size(1), context->saved_data["heads"].toInt(),
            context->saved_data["probability"].toDouble(),
            {static_cast<uint64_t>(random[0]), static_cast<uint32_t>(random[1]), static_cast<uint32_t>(random[2])}};
        at::Tensor query_gradient = at::zeros_like(query), key_gradient = at::zeros_like(query);
        at::Tensor value_gradient = at::zeros_like(query);
        const float *q = query.const_data_ptr<float>(), *k = key.const_data_ptr<float>();
        const float *v = value.const_data_ptr<float>(), *g = gradient.const_data_ptr<float>();
        const float *n = saved[3].const_data_ptr<float>();
        float *dq = query_gradient.mutable_data_ptr<float>(), *dk = key_gradient.mutable_data_ptr<float>();
        float *dv = value_gradient.mutable_data_ptr<float>();
        const int64_t H = shape.H, d = shape.width();
        const auto lengths = context->saved_data["lengths"].toIntVector();
        for_each_head(starts(lengths, shape.N), shape.heads, 2, [&](int64_t first, int64_t L, int64_t head, float *workspace, int64_t stride) {
            const int64_t corner = first * H + head * d;
            float *scores = workspace, *slopes = workspace + L * stride, *mask = slopes + L * stride;
            multiply({q + corner, H}, {k + corner, H, true}, scores, stride, L, L, d, shape.scale());
            multiply({g + corner, H}, {v + corner, H, true}, slopes, stride, L, L, d, 1);
            softmax_backward_rows(
                scores, scores, slopes, stride, L, n + head * shape.N + first, first, head, shape, mask);
            multiply({scores, stride, true}, {g + corner, H}, dv + corner, H, L, d, L, 1);
            multiply({slopes, stride}, {k + corner, H}, dq + corner, H, L, d, L, shape.scale());
            multiply({slopes, stride, true}, {q + corner, H}, dk + corner, H, L, d, L, shape.scale());
        });
        return {query_gradient, key_gradient, value_gradient, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

}  // namespace

int32_t ct_attention(
    const ct_tensor *query, const ct_tensor *key, const ct_tensor *value, const int64_t *lengths, int64_t count,
    int64_t heads, double probability, ct_random random, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor q = ct::matrix(query->value, "the queries");
        const at::Tensor k = ct::matrix(key->value, "the keys"), v = ct::matrix(value->value, "the values");
        TORCH_CHECK(
            q.sizes() == k.sizes() && q.sizes() == v.sizes() && heads > 0 && q.size(1) % heads == 0, "attention of ",
            heads, " heads over ", q.sizes(), ", ", k.sizes(), " and ", v.sizes());
        *out = ct::owned(
            Attention::apply(q, k, v, std::vector<int64_t>(lengths, lengths + count), heads, probability, random));
    });
}
