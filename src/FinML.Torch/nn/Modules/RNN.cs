using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Plain recurrence h' = f(W_ih x + b_ih + W_hh h + b_hh) (Elman, 1990), with PyTorch's weight names (as
    /// those of <see cref="LSTM"/>).</summary>
    public sealed class RNN : torch.nn.Module<torch.Tensor, torch.Tensor?, (torch.Tensor, torch.Tensor)>
    {
        private readonly RecurrentStack stack;

        internal RNN(torch.nn.NonLinearities nonLinearity, RecurrentOptions options)
            : base(nameof(RNN))
        {
            stack = new RecurrentStack(nameof(RNN), 1, options, (layout, reverse, x, start, w) =>
            {
                (torch.Tensor output, torch.Tensor h) = RnnOperation.Apply(
                    nonLinearity, layout, reverse, x, start[0], w[0]!, w[1]!, w[2], w[3]);
                return (output, [h]);
            });
            stack.Register(this);
        }

        /// <param name="input">(steps, batch, features), (batch, steps, features) where batchFirst, or one sequence
        /// (steps, features).</param>
        /// <param name="h0">The start (layers * directions, batch, hidden); null for zeros.</param>
        /// <returns>The outputs of the last layer, directions side by side, and the last h of each.</returns>
        public override (torch.Tensor, torch.Tensor) forward(torch.Tensor input, torch.Tensor? h0)
        {
            (torch.Tensor output, torch.Tensor[] last) = stack.Run(input, h0 is null ? [] : [h0], training);
            return (output, last[0]);
        }

        /// <inheritdoc cref="forward"/>
        public new (torch.Tensor, torch.Tensor) call(torch.Tensor input, torch.Tensor? h0 = null) =>
            base.call(input, h0);

        /// <summary>Runs sequences of several lengths; each ends, or starts in the backward direction, at its own last
        /// step.</summary>
        public (torch.nn.utils.rnn.PackedSequence, torch.Tensor) call(
            torch.nn.utils.rnn.PackedSequence input, torch.Tensor? h0 = null)
        {
            (torch.nn.utils.rnn.PackedSequence output, torch.Tensor[] last) = stack.Run(
                input, h0 is null ? [] : [h0], training);
            return (output, last[0]);
        }

        /// <summary>Does nothing: the weights need no rearrangement here.</summary>
        public void flatten_parameters()
        {
        }

        /// <summary>W_ih of layer <paramref name="idx"/>, first direction.</summary>
        public Parameter? get_weight_ih(long idx) => stack.Weight(0, idx);

        /// <summary>W_hh of layer <paramref name="idx"/>, first direction.</summary>
        public Parameter? get_weight_hh(long idx) => stack.Weight(1, idx);

        /// <summary>b_ih of layer <paramref name="idx"/>, first direction; null without bias.</summary>
        public Parameter? get_bias_ih(long idx) => stack.Weight(2, idx);

        /// <summary>b_hh of layer <paramref name="idx"/>, first direction; null without bias.</summary>
        public Parameter? get_bias_hh(long idx) => stack.Weight(3, idx);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The function of a plain recurrent cell.</summary>
            public enum NonLinearities
            {
                ReLU = 0,
                Tanh = 1,
            }

            /// <summary>A stack of plain recurrent layers.</summary>
            /// <param name="inputSize">Features, at least 1.</param>
            /// <param name="hiddenSize">At least 1.</param>
            /// <param name="numLayers">At least 1.</param>
            /// <param name="nonLinearity">tanh or relu.</param>
            /// <param name="bias">Adds b_ih and b_hh.</param>
            /// <param name="batchFirst">The input is (batch, steps, features).</param>
            /// <param name="dropout">Between layers, while training, in [0, 1].</param>
            /// <param name="bidirectional">A second direction beside the first.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1,
                NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) =>
                new(nonLinearity, new RecurrentOptions(
                    inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype, generator));
        }
    }
}
