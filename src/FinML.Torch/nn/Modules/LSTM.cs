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
        private readonly Parameter?[][] cells; // [layer * directions + direction]: W_ih, W_hh, b_ih, b_hh
        private readonly long inputSize, hiddenSize, numLayers;
        private readonly int directions;
        private readonly bool batchFirst;
        private readonly double dropout;
        private readonly torch.Generator? generator;

        internal LSTM(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout,
            bool bidirectional, torch.ScalarType? dtype, torch.Generator? generator)
            : base(nameof(LSTM))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(numLayers, 1);
            if (!(dropout >= 0 && dropout <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(dropout), dropout, $"dropout must be in [0, 1], got {dropout}.");
            }

            (this.inputSize, this.hiddenSize, this.numLayers) = (inputSize, hiddenSize, numLayers);
            (this.batchFirst, this.dropout, this.generator) = (batchFirst, dropout, generator);
            directions = bidirectional ? 2 : 1;
            cells = new Parameter?[numLayers * directions][];
            long width = 4 * hiddenSize;
            for (int i = 0; i < cells.Length; i++)
            {
                long features = i < directions ? inputSize : hiddenSize * directions;
                string suffix = $"l{i / directions}{(i % directions == 1 ? "_reverse" : "")}";
                cells[i] =
                [
                    new Parameter(torch.empty([width, features], dtype)),
                    new Parameter(torch.empty([width, hiddenSize], dtype)),
                    bias ? new Parameter(torch.empty([width], dtype)) : null,
                    bias ? new Parameter(torch.empty([width], dtype)) : null,
                ];
                DefaultInit.Uniform(hiddenSize, generator, cells[i]);
                register_parameter($"weight_ih_{suffix}", cells[i][0]);
                register_parameter($"weight_hh_{suffix}", cells[i][1]);
                if (bias)
                {
                    register_parameter($"bias_ih_{suffix}", cells[i][2]);
                    register_parameter($"bias_hh_{suffix}", cells[i][3]);
                }
            }
        }

        /// <summary>Runs the sequence from a start of zeros.</summary>
        public (torch.Tensor output, torch.Tensor h, torch.Tensor c) call(torch.Tensor input) => call(input, null);

        /// <summary>Runs the sequence from a start of zeros.</summary>
        public (torch.Tensor output, torch.Tensor h, torch.Tensor c) forward(torch.Tensor input) =>
            forward(input, null);

        /// <param name="input">(steps, batch, features), or (batch, steps, features) where batchFirst.</param>
        /// <param name="h0_c0">The start, each (layers * directions, batch, hidden); null for zeros.</param>
        /// <returns>The outputs of the last layer, directions side by side, and the last h and c of each.</returns>
        public override (torch.Tensor, torch.Tensor, torch.Tensor) forward(
            torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0)
        {
            if (input.Sizes.Length != 3 || input.Sizes[2] != inputSize)
            {
                throw new ArgumentException(
                    $"LSTM: the input must have shape ({(batchFirst ? "batch, steps" : "steps, batch")}, {inputSize}), "
                    + $"got {Shapes.Text(input.Sizes)}.");
            }

            torch.Tensor x = batchFirst ? input.transpose(0, 1) : input; // (steps, batch, features)
            (torch.Tensor h0, torch.Tensor c0) = Start(input, x.Sizes[1], h0_c0);
            var lastH = new torch.Tensor[cells.Length];
            var lastC = new torch.Tensor[cells.Length];
            for (int layer = 0; layer < numLayers; layer++)
            {
                var sides = new torch.Tensor[directions];
                for (int side = 0; side < directions; side++)
                {
                    int i = (layer * directions) + side;
                    (torch.Tensor output, lastH[i], lastC[i]) = LstmOperation.Apply(
                        side == 0 ? x : x.flip(0), h0.select(0, i), c0.select(0, i), cells[i][0]!, cells[i][1]!,
                        cells[i][2], cells[i][3]);
                    sides[side] = side == 0 ? output : output.flip(0);
                }

                x = directions == 1 ? sides[0] : torch.cat(sides, 2);
                if (layer < numLayers - 1)
                    x = torch.nn.functional.dropout(x, dropout, training, generator: generator);
            }

            return (batchFirst ? x.transpose(0, 1) : x, torch.stack(lastH), torch.stack(lastC));
        }

        private (torch.Tensor H, torch.Tensor C) Start(
            torch.Tensor input, long batch, (torch.Tensor, torch.Tensor)? given)
        {
            long[] expected = [cells.Length, batch, hiddenSize];
            if (given is not { } start)
            {
                torch.Tensor zero = torch.zeros(expected, input.dtype);
                return (zero, zero);
            }

            foreach (torch.Tensor state in new[] { start.Item1, start.Item2 })
            {
                if (!Shapes.Equal(state.Sizes, expected))
                {
                    throw new ArgumentException(
                        $"LSTM: h0 and c0 must have shape {Shapes.Text(expected)}, got {Shapes.Text(state.Sizes)}.");
                }
            }

            return start;
        }
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
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype, generator);
        }
    }
}
