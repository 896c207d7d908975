using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Long short-term memory, with PyTorch's weight names (weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, with
    /// _reverse for the backward direction) and gate order i, f, g, o, so that weights interchange.
    /// </summary>
    public sealed class LSTM
        : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?, (torch.Tensor, torch.Tensor, torch.Tensor)>
    {
        private readonly RecurrentStack stack;

        internal LSTM(RecurrentOptions options)
            : base(nameof(LSTM))
        {
            stack = new RecurrentStack(nameof(LSTM), 4, options, static (layout, reverse, x, start, w) =>
            {
                (torch.Tensor output, torch.Tensor h, torch.Tensor c) = LstmOperation.Apply(
                    layout, reverse, x, start[0], start[1], w[0]!, w[1]!, w[2], w[3]);
                return (output, [h, c]);
            });
            stack.Register(this);
        }

        /// <param name="input">(steps, batch, features), (batch, steps, features) where batchFirst, or one sequence
        /// (steps, features).</param>
        /// <param name="h0_c0">The start, each (layers * directions, batch, hidden); null for zeros.</param>
        /// <returns>The outputs of the last layer, directions side by side, and the last h and c of each.</returns>
        public override (torch.Tensor, torch.Tensor, torch.Tensor) forward(
            torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null)
        {
            (torch.Tensor output, torch.Tensor[] last) = stack.Run(input, Start(h0_c0), training);
            return (output, last[0], last[1]);
        }

        /// <inheritdoc cref="forward"/>
        public new (torch.Tensor, torch.Tensor, torch.Tensor) call(
            torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        /// <summary>Runs sequences of several lengths; each ends, or starts in the backward direction, at its own last
        /// step.</summary>
        public (torch.nn.utils.rnn.PackedSequence, torch.Tensor, torch.Tensor) call(
            torch.nn.utils.rnn.PackedSequence input, (torch.Tensor, torch.Tensor)? h0_c0 = null)
        {
            (torch.nn.utils.rnn.PackedSequence output, torch.Tensor[] last) = stack.Run(
                input, Start(h0_c0), training);
            return (output, last[0], last[1]);
        }

        /// <summary>Does nothing: the weights need no rearrangement here.</summary>
        public void flatten_parameters()
        {
        }

        private static torch.Tensor[] Start((torch.Tensor, torch.Tensor)? given) =>
            given is { } start ? [start.Item1, start.Item2] : [];
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A stack of long short-term memory layers.</summary>
            /// <param name="inputSize">Features, at least 1.</param>
            /// <param name="hiddenSize">At least 1.</param>
            /// <param name="numLayers">At least 1.</param>
            /// <param name="bias">Adds b_ih and b_hh.</param>
            /// <param name="batchFirst">The input is (batch, steps, features).</param>
            /// <param name="dropout">Between layers, while training, in [0, 1].</param>
            /// <param name="bidirectional">A second direction beside the first.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) =>
                new(new RecurrentOptions(
                    inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype, generator));
        }
    }
}
