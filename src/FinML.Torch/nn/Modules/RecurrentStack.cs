using FinML.Torch.Kernels;

namespace FinML.Torch.Modules;

/// <summary>
/// What the recurrent modules share: parameters by PyTorch's names (weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0,
/// with _reverse for the backward direction), layers above each other with dropout between them, two directions side by
/// side, and the layouts that the input may have.
/// </summary>
internal sealed class RecurrentStack
{
    private readonly string name;
    private readonly RecurrentOptions options;
    private readonly RecurrentLayer layer;
    private readonly int directions;
    private readonly Parameter?[][] cells; // [layer * directions + direction]: W_ih, W_hh, b_ih, b_hh

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or dropout outside [0, 1].</exception>
    internal RecurrentStack(string name, int blocks, RecurrentOptions options, RecurrentLayer layer)
    {
        options.Validate();
        (this.name, this.options, this.layer) = (name, options, layer);
        directions = options.Bidirectional ? 2 : 1;
        cells = new Parameter?[options.NumLayers * directions][];
        for (int i = 0; i < cells.Length; i++)
        {
            long features = i < directions ? options.InputSize : options.HiddenSize * directions;
            cells[i] = CellParameters(
                blocks, features, options.HiddenSize, options.Bias, options.Dtype, options.Generator);
        }
    }

    /// <summary>W_ih, W_hh, b_ih and b_hh of one cell, uniform on +-1 / sqrt(hidden).</summary>
    internal static Parameter?[] CellParameters(
        int blocks, long features, long hidden, bool bias, torch.ScalarType? dtype, torch.Generator? generator)
    {
        long width = blocks * hidden;
        Parameter?[] cell =
        [
            new Parameter(torch.empty([width, features], dtype)),
            new Parameter(torch.empty([width, hidden], dtype)),
            bias ? new Parameter(torch.empty([width], dtype)) : null,
            bias ? new Parameter(torch.empty([width], dtype)) : null,
        ];
        DefaultInit.Uniform(hidden, generator, cell);
        return cell;
    }

    internal void Register(torch.nn.Module module)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            for (int j = 0; j < (options.Bias ? 4 : 2); j++)
            {
                string side = i % directions == 1 ? "_reverse" : "";
                module.register_parameter($"{RecurrentCell.Names[j]}_l{i / directions}{side}", cells[i][j]);
            }
        }
    }

    /// <summary>W_ih, W_hh, b_ih or b_hh of the first direction of layer <paramref name="index"/>.</summary>
    internal Parameter? Weight(int which, long index) =>
        index >= 0 && index < options.NumLayers
            ? cells[index * directions][which]
            : throw new ArgumentOutOfRangeException(
                nameof(index), index, $"{name}: layers 0 to {options.NumLayers - 1}, got {index}.");

    /// <summary>Runs a padded batch, or one sequence.</summary>
    /// <param name="input">(steps, batch, features), (batch, steps, features) where batchFirst, or (steps, features).
    /// </param>
    /// <param name="start">h, or h and c, each (layers * directions, batch, hidden), without batch for one sequence;
    /// empty for zeros.</param>
    /// <param name="training">Dropout drops.</param>
    internal (torch.Tensor Output, torch.Tensor[] Last) Run(
        torch.Tensor input, torch.Tensor[] start, bool training)
    {
        bool single = input.Sizes.Length == 2;
        if ((!single && input.Sizes.Length != 3) || input.Sizes[^1] != options.InputSize)
        {
            throw new ArgumentException(
                $"{name}: the input must have shape ({(options.BatchFirst ? "batch, steps" : "steps, batch")}, "
                + $"{options.InputSize}) or (steps, {options.InputSize}), got {Shapes.Text(input.Sizes)}.");
        }

        torch.Tensor x = single ? input.unsqueeze(1) : options.BatchFirst ? input.transpose(0, 1) : input;
        long steps = x.Sizes[0], batch = x.Sizes[1]; // x (steps, batch, features)
        if (steps == 0)
            throw new ArgumentException($"{name}: a sequence has at least 1 step, got {Shapes.Text(input.Sizes)}.");
        var layout = SequenceLayout.Uniform((int)steps, (int)batch, Products);
        Check(start, single ? [cells.Length, options.HiddenSize] : [cells.Length, batch, options.HiddenSize]);
        (torch.Tensor rows, torch.Tensor[] last) = RunRows(
            layout, x.reshape(steps * batch, options.InputSize),
            single ? Array.ConvertAll(start, t => t.unsqueeze(1)) : start, training);
        torch.Tensor output = rows.view(steps, batch, rows.Sizes[1]);
        if (single)
            return (output.squeeze(1), Array.ConvertAll(last, t => t.squeeze(1)));
        return (options.BatchFirst ? output.transpose(0, 1) : output, last);
    }

    /// <summary>Runs a packed batch; start and last are in the order that the sequences had before packing.</summary>
    internal (torch.nn.utils.rnn.PackedSequence Output, torch.Tensor[] Last) Run(
        torch.nn.utils.rnn.PackedSequence input, torch.Tensor[] start, bool training)
    {
        if (input.data.Sizes.Length != 2 || input.data.Sizes[1] != options.InputSize)
        {
            throw new ArgumentException(
                $"{name}: the packed data must have shape (rows, {options.InputSize}), got "
                + $"{Shapes.Text(input.data.Sizes)}.");
        }

        int[] sizes = Array.ConvertAll(input.batch_sizes.data<long>().ToArray(), s => (int)s);
        var layout = SequenceLayout.Packed(sizes, Products);
        Check(start, [cells.Length, layout.Batch, options.HiddenSize]);
        bool sorted = input.sorted_indices.IsInvalid;
        if (!sorted)
            start = Array.ConvertAll(start, t => t.index_select(1, input.sorted_indices));
        (torch.Tensor rows, torch.Tensor[] last) = RunRows(layout, input.data, start, training);
        if (!sorted)
            last = Array.ConvertAll(last, t => t.index_select(1, input.unsorted_indices));
        return (input.With(rows), last);
    }

    private int Products => (int)((options.InputSize + options.HiddenSize) * cells[0][0]!.Sizes[0]);

    private (torch.Tensor Rows, torch.Tensor[] Last) RunRows(
        SequenceLayout layout, torch.Tensor x, torch.Tensor[] start, bool training)
    {
        torch.Tensor? zero = null;
        var last = new torch.Tensor[cells.Length][]; // [cell][state]
        for (int at = 0; at < cells.Length; at += directions)
        {
            var sides = new torch.Tensor[directions];
            for (int side = 0; side < directions; side++)
            {
                int i = at + side;
                torch.Tensor[] own = start.Length > 0
                    ? Array.ConvertAll(start, t => t.select(0, i))
                    : [zero ??= torch.zeros([layout.Batch, options.HiddenSize], x.dtype), zero];
                (sides[side], last[i]) = layer(layout, side == 1, x, own, cells[i]);
            }

            x = directions == 1 ? sides[0] : torch.cat(sides, 1);
            if (at + directions < cells.Length)
                x = torch.nn.functional.dropout(x, options.Dropout, training, generator: options.Generator);
        }

        var joined = new torch.Tensor[last[0].Length];
        for (int state = 0; state < joined.Length; state++)
            joined[state] = torch.stack(Array.ConvertAll(last, l => l[state]));
        return (x, joined);
    }

    private void Check(torch.Tensor[] start, long[] expected)
    {
        foreach (torch.Tensor state in start)
        {
            if (!Shapes.Equal(state.Sizes, expected))
            {
                throw new ArgumentException(
                    $"{name}: the first state must have shape {Shapes.Text(expected)}, got "
                    + $"{Shapes.Text(state.Sizes)}.");
            }
        }
    }
}

/// <summary>Runs one layer in one direction: x (rows, features) as laid out, the first states (batch, hidden) - h, and
/// c, which a cell without c ignores - and W_ih, W_hh, b_ih, b_hh. Gives the outputs and the last states.</summary>
internal delegate (torch.Tensor Output, torch.Tensor[] Last) RecurrentLayer(
    SequenceLayout layout, bool reverse, torch.Tensor x, torch.Tensor[] start, Parameter?[] weights);

/// <summary>What the recurrent modules are told.</summary>
internal sealed record RecurrentOptions(
    long InputSize, long HiddenSize, long NumLayers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional,
    torch.ScalarType? Dtype, torch.Generator? Generator)
{
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NumLayers, 1);
        if (!(Dropout >= 0 && Dropout <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Dropout), Dropout, $"dropout must be in [0, 1], got {Dropout}.");
        }
    }
}
