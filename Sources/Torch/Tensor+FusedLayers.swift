internal import CTorch

extension Tensor {
    /// This matrix with the mask's elements zeroed and the others scaled up.
    public func dropout(_ mask: DropoutMask) -> Tensor {
        if mask.probability == 0 { return self }
        return Tensor(owning: made { ct_dropout(handle, mask.probability, mask.random, $0) })
    }

    /// The layer norm of `dropout(self) + residual`, all [N, D], in one pass over memory; float32, whatever the product's
    /// type that came in.
    public func layerNorm(
        dropout mask: DropoutMask = .none, residual: Tensor? = nil, weight: Tensor, bias: Tensor, epsilon: Double
    ) -> Tensor {
        Tensor(
            owning: made {
                ct_dropout_add_norm(
                    handle, residual?.handle, weight.handle, bias.handle, epsilon, mask.probability, mask.random, $0)
            })
    }

    /// Multi-head scaled dot-product attention within each sequence of these queries, keys and values [N, 3H], which
    /// stand side by side; [N, H] of the same type.
    ///
    /// Sequences are packed: their rows lie one after the other, `lengths` of them each. Rows beyond the last
    /// sequence come out as zeros. The mask drops attention probabilities.
    public func attention(lengths: [Int], heads: Int, dropout mask: DropoutMask) -> Tensor {
        let lengths = lengths.sizes
        return Tensor(
            owning: made {
                ct_attention(
                    handle, lengths, Int64(lengths.count), Int64(heads), mask.probability, mask.random, $0)
            })
    }

    /// A bidirectional LSTM over packed sequences of these rows [N, D]; [N, 2U], forward units first.
    ///
    /// Each direction's parameters are input weights [4U, D], hidden weights [4U, U], input bias [4U] and hidden bias
    /// [4U], with gates in the order input, forget, cell, output.
    public func bidirectionalLSTM(lengths: [Int], forward: [Tensor], reverse: [Tensor]) -> Tensor {
        precondition(forward.count == 4 && reverse.count == 4, "an LSTM has four parameters in each direction")
        let lengths = lengths.sizes
        let parameters = (forward + reverse).map { Optional($0.handle) }
        return Tensor(owning: made { ct_bidirectional_lstm(handle, lengths, Int64(lengths.count), parameters, $0) })
    }
}
