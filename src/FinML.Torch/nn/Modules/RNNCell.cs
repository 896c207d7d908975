using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>One step of plain recurrence: h' = f(W_ih x + b_ih + W_hh h + b_hh).</summary>
    public sealed class RNNCell : torch.nn.Module<torch.Tensor, torch.Tensor?, torch.Tensor>
    {
        private readonly RecurrentCell cell;
        private readonly torch.nn.NonLinearities nonLinearity;

        internal RNNCell(torch.nn.NonLinearities nonLinearity, RecurrentOptions options)
            : base(nameof(RNNCell))
        {
            cell = new RecurrentCell(nameof(RNNCell), 1, options);
            this.nonLinearity = nonLinearity;
            cell.Register(this);
        }

        public Parameter weight_ih => cell.Weights[0]!;

        public Parameter weight_hh => cell.Weights[1]!;

        public Parameter? bias_ih => cell.Weights[2];

        public Parameter? bias_hh => cell.Weights[3];

        /// <param name="input">(batch, features), or (features).</param>
        /// <param name="h0">(batch, hidden), or (hidden); null for zeros.</param>
        /// <returns>The next h, of the shape of <paramref name="h0"/>.</returns>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor? h0 = null) =>
            cell.Run(input, h0 is null ? [] : [h0], (layout, x, start, w) =>
                [RnnOperation.Apply(nonLinearity, layout, false, x, start[0], w[0]!, w[1]!, w[2], w[3]).H])[0];
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>One step of plain recurrence.</summary>
            /// <param name="inputSize">Features, at least 1.</param>
            /// <param name="hiddenSize">At least 1.</param>
            /// <param name="nonLinearity">tanh or relu.</param>
            /// <param name="bias">Adds b_ih and b_hh.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static RNNCell RNNCell(
                long inputSize, long hiddenSize, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(nonLinearity, new RecurrentOptions(
                    inputSize, hiddenSize, 1, bias, false, 0, false, dtype, generator));
        }
    }
}
