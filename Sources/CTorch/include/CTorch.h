#ifndef CTORCH_H
#define CTORCH_H

/// libtorch behind plain C: what clinner's tensors, layers and optimizers need, and nothing of libtorch's headers.
///
/// Every function that can fail returns CT_OK or CT_FAILED and writes its result through its last argument. After
/// CT_FAILED, ct_last_error() on the same thread tells why. A tensor that comes back is owned (+1) by the caller, who
/// frees it with ct_tensor_free; tensors that go in are only borrowed. Matrices are row-major float32 unless stated.

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor ct_tensor;

enum { CT_OK = 0, CT_FAILED = 1 };
enum { CT_FLOAT32 = 0, CT_INT64 = 1, CT_BFLOAT16 = 2 };
enum { CT_PRODUCTS_ATEN = 0, CT_PRODUCTS_ONEDNN = 1 };
enum { CT_CPU = 0, CT_CUDA = 1 };
enum { CT_KERNELS_FUSED = 0, CT_KERNELS_COMPOSED = 1 };

/// What a dropout mask follows from: the same three numbers and shape give the same mask, on any number of threads.
typedef struct {
    uint64_t seed;  ///< of the run
    uint32_t step;  ///< of the training loop
    uint32_t site;  ///< of the dropout within the network
} ct_random;

/// The message of this thread's last failure, without a stack trace; valid until the next failure.
const char *ct_last_error(void);

// MARK: Devices

/// What computes: the processor (CT_CPU, index 0), or a GPU by its index among those that CUDA sees (CT_CUDA).
typedef struct {
    int32_t kind;
    int32_t index;
} ct_device;

/// Whether libtorch was linked with its CUDA libraries.
bool ct_has_cuda(void);
/// How many devices of a kind there are.
int32_t ct_device_count(int32_t kind);
/// Where the functions below make tensors from now on, on all threads; fails where there is no such device. Tensors
/// stay where they were made, and what is computed from them stays there too.
int32_t ct_set_device(ct_device device);
ct_device ct_current_device(void);

/// Which kernels compute on the processor: our own (CT_KERNELS_FUSED), or for tests ATen's operations put together
/// (CT_KERNELS_COMPOSED), as on any other device. Their results differ in the last bits.
void ct_set_kernels(int32_t kernels);
int32_t ct_kernels(void);

// MARK: Tensors

int32_t ct_tensor_from_floats(const float *values, const int64_t *shape, int32_t rank, ct_tensor **out);
int32_t ct_tensor_from_int64s(const int64_t *values, const int64_t *shape, int32_t rank, ct_tensor **out);
int32_t ct_tensor_zeros(const int64_t *shape, int32_t rank, ct_tensor **out);
void ct_tensor_free(ct_tensor *tensor);

int32_t ct_tensor_rank(const ct_tensor *tensor);
int64_t ct_tensor_size(const ct_tensor *tensor, int32_t axis);
/// CT_FLOAT32, CT_INT64 or CT_BFLOAT16; -1 for anything else.
int32_t ct_tensor_type(const ct_tensor *tensor);
ct_device ct_tensor_device(const ct_tensor *tensor);
/// The elements in row-major order, valid while the tensor lives; fails if they do not lie one after the other, and
/// if they do not lie in the processor's memory.
int32_t ct_tensor_data(const ct_tensor *tensor, void **out);
/// The same for writing: what was kept of the elements elsewhere (see ct_weights) is out of date from now on.
int32_t ct_tensor_mutable_data(ct_tensor *tensor, void **out);
/// Copies the elements, wherever they lie, to `out` in row-major order.
int32_t ct_tensor_copy_to_host(const ct_tensor *tensor, void *out);
/// Replaces the elements, wherever they lie, by `values` in row-major order.
int32_t ct_tensor_copy_from_host(ct_tensor *tensor, const void *values);

bool ct_tensor_requires_gradient(const ct_tensor *tensor);
int32_t ct_tensor_set_requires_gradient(ct_tensor *tensor, bool required);
/// The gradient that backward passes have accumulated, dense; NULL if there is none.
int32_t ct_tensor_gradient(const ct_tensor *tensor, ct_tensor **out);
/// Sets the gradient (sharing its memory); NULL removes it.
int32_t ct_tensor_set_gradient(ct_tensor *tensor, const ct_tensor *gradient);
/// Runs the tape backward from `tensor`; `gradient` is NULL for a scalar.
int32_t ct_tensor_backward(const ct_tensor *tensor, const ct_tensor *gradient);
/// One more handle of the same tensor.
int32_t ct_tensor_share(const ct_tensor *tensor, ct_tensor **out);
/// The same memory, cut off the tape.
int32_t ct_tensor_detach(const ct_tensor *tensor, ct_tensor **out);

/// A function of a tensor, which it takes over; it hands over its result.
typedef int32_t (*ct_function)(void *context, ct_tensor *input, ct_tensor **output);
typedef void (*ct_release)(void *context);
/// function(input), of whose computation only the input is kept for the backward pass, where the function runs again.
/// `context` is the function's; it is released when it is needed no more, whether or not the call succeeds.
int32_t ct_recomputed(
    const ct_tensor *input, ct_function function, void *context, ct_release release, ct_tensor **out);

/// Turns recording on the tape on or off for this thread and returns what it was.
bool ct_set_gradients_enabled(bool enabled);
void ct_set_threads(int32_t count);
int32_t ct_threads(void);

// MARK: Products

void ct_set_product_path(int32_t path);
int32_t ct_product_path(void);
/// Times both paths on products of the sizes that training uses; seconds a round, indexed by path.
int32_t ct_measure_product_paths(double seconds[2]);
/// What products take in and give out: CT_FLOAT32, or CT_BFLOAT16 with sums in float32. Parameters, their gradients and
/// what comes from ct_linear stay float32; the functions below that say "of the product's type" give the other.
void ct_set_product_precision(int32_t precision);
int32_t ct_product_precision(void);

/// What products want of the weights of a layer: side by side, in the product's type, laid out for the processor. It is
/// made when a product needs it and kept until the weights change. NULL in the calls below keeps nothing.
typedef struct ct_weights ct_weights;
ct_weights *ct_weights_new(void);
void ct_weights_free(ct_weights *weights);

/// input [N, K], weight [M, K], bias [M] or NULL; the result is input · weightᵀ + bias, [N, M].
int32_t ct_linear(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias, ct_weights *kept, ct_tensor **out);
/// The exact GELU, x · Φ(x), of a linear map, of the product's type.
int32_t ct_linear_gelu(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias, ct_weights *kept, ct_tensor **out);
/// `count` linear maps of one input in one product, their outputs side by side, [N, M1 + M2 + …]; of the product's
/// type.
int32_t ct_stacked_linear(
    const ct_tensor *input, const ct_tensor *const *weights, const ct_tensor *const *biases, int64_t count,
    ct_weights *kept, ct_tensor **out);

// MARK: Operations

int32_t ct_add(const ct_tensor *left, const ct_tensor *right, ct_tensor **out);
/// Parameters with fewer rows are not worth a sparse gradient.
enum { CT_LEAST_SPARSE_ROWS = 2048 };
/// The rows of `table` [V, D] at `rows` (int64 [N]); [N, D]. The gradient of a parameter with at least
/// CT_LEAST_SPARSE_ROWS rows is sparse: the distinct rows, rising, and their values.
int32_t ct_gather_rows(const ct_tensor *table, const ct_tensor *rows, ct_tensor **out);
/// The means of `counts[i]` consecutive rows of input [N, D] from row `starts[i]` on, rising and not overlapping;
/// [count, D].
int32_t ct_mean_rows(
    const ct_tensor *input, const int64_t *starts, const int64_t *counts, int64_t count, ct_tensor **out);
/// Matrices of N rows side by side.
int32_t ct_concatenate(const ct_tensor *const *tensors, int64_t count, ct_tensor **out);
/// `count` columns of a matrix from column `first` on.
int32_t ct_columns(const ct_tensor *input, int64_t first, int64_t count, ct_tensor **out);
/// scale · Σ softmax(weights)[i] · tensors[i], for tensors of one shape, weights [count] and scale [1].
int32_t ct_mix(
    const ct_tensor *const *tensors, int64_t count, const ct_tensor *weights, const ct_tensor *scale, ct_tensor **out);
/// The mean (or, with `sum`, the total) of -log softmax(logits)[target] over the rows of logits [N, V]; a scalar.
int32_t ct_cross_entropy(const ct_tensor *logits, const ct_tensor *targets, bool sum, ct_tensor **out);

// MARK: Fused layers

/// Zeroes elements of input [N, D] with the given probability and scales the others by 1 / (1 - probability).
int32_t ct_dropout(const ct_tensor *input, double probability, ct_random random, ct_tensor **out);
/// layer norm of (dropout(input) + residual), each [N, D], in float32; `input` may be of the product's type, `residual`
/// is float32 or NULL.
int32_t ct_dropout_add_norm(
    const ct_tensor *input, const ct_tensor *residual, const ct_tensor *weight, const ct_tensor *bias, double epsilon,
    double probability, ct_random random, ct_tensor **out);
/// Multi-head scaled dot-product attention within each of `count` sequences whose rows lie one after the other in
/// `projections` [N, 3H]: queries, keys and values side by side. Rows beyond the last sequence come out as zeros.
/// Dropout acts on the probabilities. The result [N, H] is of the input's type; within, all is float32.
int32_t ct_attention(
    const ct_tensor *projections, const int64_t *lengths, int64_t count, int64_t heads, double probability,
    ct_random random, ct_tensor **out);
/// A bidirectional LSTM over sequences whose rows lie one after the other in input [N, D]; [N, 2U].
/// `parameters`: weight_ih [4U, D], weight_hh [4U, U], bias_ih [4U], bias_hh [4U], then the reverse direction's four.
int32_t ct_bidirectional_lstm(
    const ct_tensor *input, const int64_t *lengths, int64_t count, const ct_tensor *const parameters[8],
    ct_tensor **out);

// MARK: Optimizers

/// The Euclidean norm of all gradients together, summed in a fixed order; tensors without a gradient count as zero.
int32_t ct_gradient_norm(const ct_tensor *const *parameters, int64_t count, double *out);
/// One AdamW step (Loshchilov and Hutter 2019) on parameters with their gradients times `gradient_scale`.
/// Parameters without a gradient stay as they are. `step` counts from 1.
int32_t ct_adamw_step(
    ct_tensor *const *parameters, ct_tensor *const *first_moments, ct_tensor *const *second_moments, int64_t count,
    int64_t step, double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
    double gradient_scale);

/// The same step for a table [V, D] whose gradient is sparse, with the same result as the dense step. `touched` (int64
/// [V]) says which rows ever had a gradient; the moments of all others are zero, so only their weights decay. With a
/// dense gradient all rows count as touched and the step is dense; without one nothing changes.
int32_t ct_adamw_rows_step(
    ct_tensor *parameter, ct_tensor *first_moment, ct_tensor *second_moment, ct_tensor *touched, int64_t step,
    double learning_rate, double beta1, double beta2, double epsilon, double weight_decay, double gradient_scale);

/// Moves each average toward its parameter by `share` of what lies between them.
int32_t ct_move_averages(ct_tensor *const *averages, ct_tensor *const *parameters, int64_t count, double share);

// MARK: Process groups

/// Several processes that train one model together, each on its part of a batch. They call the functions below in the
/// same order, each from one thread at a time, and every result has the same bits on all of them. After a failure a
/// group is good for nothing but ct_process_group_close.
typedef struct ct_process_group ct_process_group;

/// Waits until `world_size` processes have come together at an address where one of them `listens`, or none if a
/// launcher has a c10d store there. Gives up after `opening_seconds`; later operations give up after `seconds` without
/// another process's part.
int32_t ct_process_group_open(
    int32_t rank, int32_t world_size, bool listens, const char *address, int32_t port, double opening_seconds,
    double seconds, ct_process_group **out);
/// Waits for no other process.
void ct_process_group_close(ct_process_group *group);
/// Makes each parameter's gradient the sum of its gradients in all processes, times `scale`. A parameter without a
/// gradient counts as zero, and stays without one if it has none anywhere. The sum is sparse where all its gradients
/// are, the distinct rows rising, and dense where one is.
int32_t ct_sum_gradients(ct_process_group *group, ct_tensor *const *parameters, int64_t count, double scale);
/// Replaces each value by its sum over all processes; `count` must be the same in all of them.
int32_t ct_sum_doubles(ct_process_group *group, double *values, int64_t count);
/// Replaces the tensors' elements by those in process 0.
int32_t ct_broadcast(ct_process_group *group, ct_tensor *const *tensors, int64_t count);
/// Returns when all processes have come here.
int32_t ct_barrier(ct_process_group *group);

// MARK: Random numbers

/// The multipliers (0 or 1 / (1 - probability)) of row `row` of a dropout mask, for tests.
void ct_dropout_multipliers(float *out, int64_t count, uint32_t row, double probability, ct_random random);
/// One block of Philox 4x32-10, for comparison with published values.
void ct_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#ifdef __cplusplus
}
#endif

#endif
