using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>One step of long short-term memory: c' = f c + i g, h' = o tanh(c').</summary>
    public sealed class LSTMCell
        : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?, (torch.Tensor, torch.Tensor)>
    {
        private readonly RecurrentCell cell;

        internal LSTMCell(RecurrentOptions options)
            : base(nameof(LSTMCell))
        {
            cell = new RecurrentCell(nameof(LSTMCell), 4, options);
            cell.Register(this);
        }

        public Parameter weight_ih => cell.Weights[0]!;

        public Parameter weight_hh => cell.Weights[1]!;

        public Parameter? bias_ih => cell.Weights[2];

        public Parameter? bias_hh => cell.Weights[3];

        /// <param name="input">(batch, features), or (features).</param>
        /// <param name="h0_c0">Each (batch, hidden), or (hidden); null for zeros.</param>
        /// <returns>The next h and c.</returns>
        public override (torch.Tensor, torch.Tensor) forward(
            torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0)
        {
            torch.Tensor[] next = cell.Run(
                input, h0_c0 is { } start ? [start.Item1, start.Item2] : [], static (layout, x, start, w) =>
                {
                    (_, torch.Tensor h, torch.Tensor c) = LstmOperation.Apply(
                        layout, false, x, start[0], start[1], w[0]!, w[1]!, w[2], w[3]);
                    return [h, c];
                });
            return (next[0], next[1]);
        }

        /// <inheritdoc cref="forward"/>
        public new (torch.Tensor, torch.Tensor) call(
            torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>One step of long short-term memory.</summary>
            /// <param name="inputSize">Features, at least 1.</param>
            /// <param name="hiddenSize">At least 1.</param>
            /// <param name="bias">Adds b_ih and b_hh.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static LSTMCell LSTMCell(
                long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) =>
                new(new RecurrentOptions(inputSize, hiddenSize, 1, bias, false, 0, false, dtype, generator));
        }
    }
}
