#include "composed.hpp"
#include "device.hpp"
#include "guard.hpp"
#include "parallel.hpp"
#include "philox.hpp"
#include "precision.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <vector>

// Sequences are short (a window) and heads small, so each pair of a sequence and a head is one task: small products and
// a softmax between them, all in cache. The probabilities are not kept: the backward pass makes them again from the
// scores and each row's normalizer. The products are our own because BLAS spends as long on packing operands this small
// as on multiplying them.

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// The left side of a product: element (i, k) stands at data[i * row + k * column].
struct Left {
    const float *data;
    int64_t row, column;
};

/// The right side of a product: rows one after the other, each filled up to whole tiles.
struct Right {
    const float *data;
    int64_t stride;
};

constexpr int64_t vector_width = 16, tile_width = 2 * vector_width, tile_height = 4;

/// The number of floats in a row of `count` floats when it is filled up to whole tiles.
constexpr int64_t tiled(int64_t count) { return (count + tile_width - 1) / tile_width * tile_width; }

/// `height` rows by tile_width columns of a product, of which `columns` are stored.
template <int height>
CT_INLINE void tile(
    const Left &a, const Right &b, float *c, int64_t c_stride, int64_t columns, int64_t k, float scale) {
    ct::float16 sums[height][2] = {};
    for (int64_t p = 0; p < k; ++p) {
        ct::float16 first, second;
        std::memcpy(&first, b.data + p * b.stride, sizeof first);
        std::memcpy(&second, b.data + p * b.stride + vector_width, sizeof second);
        for (int i = 0; i < height; ++i) {
            const float x = a.data[i * a.row + p * a.column];
            sums[i][0] += x * first;
            sums[i][1] += x * second;
        }
    }
    for (int i = 0; i < height; ++i) {
        const ct::float16 row[2] = {sums[i][0] * scale, sums[i][1] * scale};
        if (columns >= tile_width)
            std::memcpy(c + i * c_stride, row, sizeof row);
        else
            std::memcpy(c + i * c_stride, row, columns * sizeof(float));
    }
}

/// C [m, n] = scale · A [m, k] · B [k, n]. Each element is summed in the order of k, wherever its tile lies.
CT_VECTORIZED void multiply(
    const Left &a, const Right &b, float *c, int64_t c_stride, int64_t m, int64_t n, int64_t k, float scale) {
    for (int64_t j = 0; j < n; j += tile_width) {
        const Right panel{b.data + j, b.stride};
        int64_t i = 0;
        for (; i + tile_height <= m; i += tile_height) {
            const Left rows{a.data + i * a.row, a.row, a.column};
            tile<tile_height>(rows, panel, c + i * c_stride + j, c_stride, n - j, k, scale);
        }
        for (; i < m; ++i) {
            const Left row{a.data + i * a.row, a.row, a.column};
            tile<1>(row, panel, c + i * c_stride + j, c_stride, n - j, k, scale);
        }
    }
}

/// One head's part of a matrix [N, H]: L rows of d values, `stride` floats apart.
struct Block {
    const float *data;
    int64_t L, d, stride;

    Left rows() const { return {data, stride, 1}; }

    /// As a right side; copied to `copy` [L, tiled(d)] unless the rows are whole tiles.
    Right panel(float *copy) const {
        if (d % tile_width == 0) return {data, stride};
        const int64_t width = tiled(d);
        for (int64_t i = 0; i < L; ++i) {
            std::memcpy(copy + i * width, data + i * stride, d * sizeof(float));
            std::memset(copy + i * width + d, 0, (width - d) * sizeof(float));
        }
        return {copy, width};
    }

    /// As a right side turned over, [d, tiled(L)].
    Right transposed(float *copy) const {
        const int64_t width = tiled(L);
        for (int64_t c = 0; c < d; ++c) {
            for (int64_t i = 0; i < L; ++i) copy[c * width + i] = data[i * stride + c];
            for (int64_t i = L; i < width; ++i) copy[c * width + i] = 0;
        }
        return {copy, width};
    }
};

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

/// Scores of L keys → probabilities, in place, and the logarithm of the normalizer if it is wanted. `row` has padded(L)
/// floats.
CT_INLINE void softmax_row(float *row, int64_t L, float *normalizer) {
    const int64_t filled = (L + vector_width - 1) / vector_width * vector_width;
    for (int64_t j = L; j < filled; ++j) row[j] = -std::numeric_limits<float>::infinity();
    ct::float16 largest, value;
    std::memcpy(&largest, row, sizeof largest);
    for (int64_t j = vector_width; j < filled; j += vector_width) {
        std::memcpy(&value, row + j, sizeof value);
        const ct::int16v greater = value > largest;
        largest = (ct::float16)(((ct::int16v)value & greater) | ((ct::int16v)largest & ~greater));
    }
    const float top = ct::largest_lane(largest);
    ct::float16 sums{};
    for (int64_t j = 0; j < filled; j += vector_width) {
        std::memcpy(&value, row + j, sizeof value);
        value = value - top;
        ct::exponential(value);
        sums += value;
        std::memcpy(row + j, &value, sizeof value);
    }
    const float sum = ct::sum_of_lanes(sums);
    const float inverse = 1.0f / sum;
    for (int64_t j = 0; j < filled; ++j) row[j] *= inverse;
    if (normalizer != nullptr) *normalizer = top + std::log(sum);
}

CT_VECTORIZED void softmax_rows(
    float *scores, int64_t stride, int64_t L, float *normalizers, int64_t first_row, int64_t head, const Shape &shape,
    float *mask) {
    for (int64_t i = 0; i < L; ++i) {
        float *row = scores + i * stride;
        softmax_row(row, L, normalizers == nullptr ? nullptr : normalizers + i);
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

/// One head of one sequence, and memory to compute it in.
struct Task {
    int64_t first, L, head;
    /// The floats from one row of a matrix of scores to the next.
    int64_t stride;
    /// Matrices of scores, L rows each.
    float *matrices[2];
    /// Room for one operand that has to be copied.
    float *panel;
    /// One row of a dropout mask.
    float *mask;
    /// Rows of this head in float32, where the matrices are narrower.
    float *heads[5];
};

CT_VECTORIZED void widen_block(const ct::Rows &rows, int64_t first, int64_t column, int64_t L, int64_t d, float *to) {
    for (int64_t i = 0; i < L; ++i)
        ct::widen((const uint16_t *)rows.data + (first + i) * rows.stride + column, d, to + i * d);
}

CT_VECTORIZED void narrow_block(
    const float *from, const ct::Rows &rows, int64_t first, int64_t column, int64_t L, int64_t d) {
    for (int64_t i = 0; i < L; ++i)
        ct::narrow(from + i * d, d, (uint16_t *)rows.data + (first + i) * rows.stride + column);
}

/// The task's rows of columns `column` ..< `column` + d.
Block block(const ct::Rows &rows, const Task &task, int64_t column, int64_t d, int copy) {
    if (!rows.narrow) return {(const float *)rows.data + task.first * rows.stride + column, task.L, d, rows.stride};
    widen_block(rows, task.first, column, task.L, d, task.heads[copy]);
    return {task.heads[copy], task.L, d, d};
}

/// A product into the task's rows of columns `column` ..< `column` + d.
void multiply_into(
    const ct::Rows &rows, const Task &task, int64_t column, int64_t d, const Left &a, const Right &b, int64_t k,
    float scale) {
    if (!rows.narrow) {
        float *corner = (float *)rows.data + task.first * rows.stride + column;
        multiply(a, b, corner, rows.stride, task.L, d, k, scale);
    } else {
        multiply(a, b, task.heads[4], d, task.L, d, k, scale);
        narrow_block(task.heads[4], rows, task.first, column, task.L, d);
    }
}

/// Calls `body(task)` for every head of every sequence, on all threads.
template <typename Body>
void for_each_head(const std::vector<int64_t> &starts, const Shape &shape, const Body &body) {
    const int64_t sequences = static_cast<int64_t>(starts.size()) - 1;
    ct::parallel_blocks(sequences * shape.heads, 1, [&](int64_t begin, int64_t end) {
        thread_local std::unique_ptr<float, void (*)(void *)> workspace(nullptr, std::free);
        thread_local int64_t capacity = 0;
        for (int64_t number = begin; number < end; ++number) {
            const int64_t sequence = number / shape.heads, first = starts[sequence], L = starts[sequence + 1] - first;
            if (L == 0) continue;
            const int64_t stride = ct::padded(L);
            const int64_t panel = ct::padded(std::max(L * tiled(shape.width()), shape.width() * tiled(L)));
            const int64_t rows = ct::padded(L * shape.width());
            const int64_t needed = 2 * L * stride + panel + stride + 5 * rows;
            if (needed > capacity) {
                workspace.reset(static_cast<float *>(std::aligned_alloc(64, needed * sizeof(float))));
                if (workspace == nullptr) throw std::bad_alloc();
                capacity = needed;
            }
            float *memory = workspace.get();
            float *mask = memory + 2 * L * stride + panel, *heads = mask + stride;
            body(Task{
                first, L, number % shape.heads, stride, {memory, memory + L * stride}, memory + 2 * L * stride, mask,
                {heads, heads + rows, heads + 2 * rows, heads + 3 * rows, heads + 4 * rows}});
        }
    });
}

/// Rows that belong to no sequence are zeros.
void clear_rest(const at::Tensor &matrix, const std::vector<int64_t> &starts) {
    if (starts.back() < matrix.size(0)) matrix.narrow(0, starts.back(), matrix.size(0) - starts.back()).zero_();
}

/// The output and, for the backward pass, each row's `normalizers` [heads, N] if they are wanted.
at::Tensor attention(
    const at::Tensor &projections, const std::vector<int64_t> &first_rows, const Shape &shape, float *normalizers) {
    const int64_t H = shape.H, d = shape.width();
    at::Tensor output = at::empty({shape.N, H}, projections.options());
    clear_rest(output, first_rows);
    const ct::Rows input(projections), o(output);
    for_each_head(first_rows, shape, [&](const Task &task) {
        const int64_t L = task.L, stride = task.stride, column = task.head * d;
        const Block queries = block(input, task, column, d, 0), keys = block(input, task, H + column, d, 1);
        const Block values = block(input, task, 2 * H + column, d, 2);
        float *scores = task.matrices[0];
        multiply(queries.rows(), keys.transposed(task.panel), scores, stride, L, tiled(L), d, shape.scale());
        softmax_rows(
            scores, stride, L, normalizers == nullptr ? nullptr : normalizers + task.head * shape.N + task.first,
            task.first, task.head, shape, task.mask);
        multiply_into(o, task, column, d, {scores, stride, 1}, values.panel(task.panel), L, 1);
    });
    return output;
}

struct Attention : torch::autograd::Function<Attention> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &projections, const std::vector<int64_t> &lengths, int64_t heads,
        double probability, ct_random random) {
        at::AutoDispatchBelowADInplaceOrView below;
        const Shape shape{projections.size(0), projections.size(1) / 3, heads, probability, random};
        at::Tensor normalizers = at::empty({heads, shape.N}, at::kFloat);
        at::Tensor output =
            attention(projections, starts(lengths, shape.N), shape, normalizers.mutable_data_ptr<float>());
        context->save_for_backward({projections, normalizers});
        context->saved_data["lengths"] = lengths;
        context->saved_data["heads"] = heads;
        context->saved_data["probability"] = probability;
        context->saved_data["random"] = ct::saved(random);
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor &projections = saved[0];
        const at::Tensor gradient = gradients[0].to(projections.scalar_type()).contiguous();
        const int64_t H = projections.size(1) / 3;
        const Shape shape{
            projections.size(0), H, context->saved_data["heads"].toInt(),
            context->saved_data["probability"].toDouble(),
            ct::restored(context->saved_data["random"].toIntVector())};
        const auto first_rows = starts(context->saved_data["lengths"].toIntVector(), shape.N);
        at::Tensor slopes_of_projections = at::empty_like(projections);
        clear_rest(slopes_of_projections, first_rows);
        const ct::Rows input(projections), outer_rows(gradient), result(slopes_of_projections);
        const float *n = saved[1].const_data_ptr<float>();
        const int64_t d = shape.width();
        for_each_head(first_rows, shape, [&](const Task &task) {
            const int64_t L = task.L, stride = task.stride, column = task.head * d;
            const Block queries = block(input, task, column, d, 0), keys = block(input, task, H + column, d, 1);
            const Block values = block(input, task, 2 * H + column, d, 2);
            const Block outer = block(outer_rows, task, column, d, 3);
            float *scores = task.matrices[0], *slopes = task.matrices[1], *panel = task.panel;
            multiply(queries.rows(), keys.transposed(panel), scores, stride, L, tiled(L), d, shape.scale());
            multiply(outer.rows(), values.transposed(panel), slopes, stride, L, tiled(L), d, 1);
            softmax_backward_rows(
                scores, scores, slopes, stride, L, n + task.head * shape.N + task.first, task.first, task.head, shape,
                task.mask);
            const Left turned_scores{scores, 1, stride}, turned_slopes{slopes, 1, stride};
            multiply_into(result, task, 2 * H + column, d, turned_scores, outer.panel(panel), L, 1);
            multiply_into(result, task, column, d, {slopes, stride, 1}, keys.panel(panel), L, shape.scale());
            multiply_into(result, task, H + column, d, turned_slopes, queries.panel(panel), L, shape.scale());
        });
        return {slopes_of_projections, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

}  // namespace

int32_t ct_attention(
    const ct_tensor *projections, const int64_t *lengths, int64_t count, int64_t heads, double probability,
    ct_random random, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::product_matrix(projections->value, "the queries, keys and values");
        TORCH_CHECK(
            heads > 0 && rows.size(1) % (3 * heads) == 0, "attention of ", heads,
            " heads over queries, keys and values of shape ", rows.sizes());
        const std::vector<int64_t> all(lengths, lengths + count);
        const Shape shape{rows.size(0), rows.size(1) / 3, heads, probability, random};
        if (ct::composes(rows)) {
            *out = ct::owned(ct::composed::attention(rows, starts(all, shape.N), heads, probability, random));
            return;
        }
        *out = ct::owned(
            ct::is_off_tape() ? attention(rows, starts(all, shape.N), shape, nullptr)
                              : Attention::apply(rows, all, heads, probability, random));
    });
}
