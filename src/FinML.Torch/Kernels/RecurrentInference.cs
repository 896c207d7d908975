using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>The recurrent layers that <see cref="RecurrentInference"/> runs.</summary>
internal enum RecurrentFormula
{
    /// <summary>Gates i, f, g, o: c' = f c + i g; h' = o tanh(c').</summary>
    Lstm,

    /// <summary>Gates r, z, n: n = tanh(x_n + r h_n); h' = n + z (h - n).</summary>
    Gru,

    /// <summary>h' = tanh(z).</summary>
    Tanh,

    /// <summary>h' = max(z, 0).</summary>
    Relu,
}

/// <summary>The forward pass of one recurrent layer over sequences of one length, with packed weights and no record for
/// a backward pass. Rows of the buffers are time-major: step, then member of the batch.</summary>
internal sealed class RecurrentInference
{
    private readonly RecurrentFormula cell;
    private readonly int features, hidden, width; // width: gates times hidden
    private readonly PackedMatrix input, recurrent; // (width, features), (width, hidden)
    private readonly float[] inputTransposed, recurrentTransposed; // (features, width), (hidden, width)
    private readonly float[] bias; // added to W_ih x: (width), or empty
    private readonly float[] hiddenBias; // of a GRU, added to W_hh h: (width), or empty

    /// <param name="cell">The formula.</param>
    /// <param name="features">Length of an input.</param>
    /// <param name="hidden">Length of h.</param>
    /// <param name="inputWeight">W_ih (gates hidden, features).</param>
    /// <param name="hiddenWeight">W_hh (gates hidden, hidden).</param>
    /// <param name="inputBias">(gates hidden), or empty together with the other.</param>
    /// <param name="hiddenBias">(gates hidden).</param>
    internal RecurrentInference(
        RecurrentFormula cell, int features, int hidden, ReadOnlySpan<float> inputWeight,
        ReadOnlySpan<float> hiddenWeight, ReadOnlySpan<float> inputBias, ReadOnlySpan<float> hiddenBias)
    {
        (this.cell, this.features, this.hidden) = (cell, features, hidden);
        width = hidden * cell switch { RecurrentFormula.Lstm => 4, RecurrentFormula.Gru => 3, _ => 1 };
        input = new PackedMatrix(width, features, inputWeight);
        recurrent = new PackedMatrix(width, hidden, hiddenWeight);
        inputTransposed = Transposed(inputWeight, width, features);
        recurrentTransposed = Transposed(hiddenWeight, width, hidden);
        bias = inputBias.ToArray();
        this.hiddenBias = cell == RecurrentFormula.Gru ? hiddenBias.ToArray() : [];
        for (int j = 0; j < bias.Length && cell != RecurrentFormula.Gru; j++)
            bias[j] += hiddenBias[j];
    }

    /// <summary>Floats of scratch that <see cref="Run"/> needs.</summary>
    internal int ScratchLength(int steps, int batch) =>
        ((steps * batch) + (cell == RecurrentFormula.Gru ? batch : 0)) * width;

    /// <param name="steps">Length of the sequences.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="reverse">Runs from the last step to the first.</param>
    /// <param name="x">(steps, batch, features).</param>
    /// <param name="h0">(batch, hidden).</param>
    /// <param name="output">(steps, batch, hidden), written.</param>
    /// <param name="h">(batch, hidden), written: the last state.</param>
    /// <param name="c">(batch, hidden), of an LSTM: enters with the first c, leaves with the last.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    internal void Run(
        int steps, int batch, bool reverse, ReadOnlySpan<float> x, ReadOnlySpan<float> h0, Span<float> output,
        Span<float> h, Span<float> c, Span<float> scratch)
    {
        int state = batch * hidden, rows = steps * batch;
        Products(input, inputTransposed, rows, x, bias, scratch); // W_ih x + b for all steps at once
        Span<float> own = scratch[(rows * width)..];
        ReadOnlySpan<float> last = h0;
        for (int s = 0; s < steps && batch > 0; s++)
        {
            int t = reverse ? steps - 1 - s : s;
            Span<float> z = scratch.Slice(t * batch * width, batch * width), next = output.Slice(t * state, state);
            if (cell == RecurrentFormula.Gru)
                Products(recurrent, recurrentTransposed, batch, last, hiddenBias, own);
            else
                AddProducts(batch, last, z);
            for (int b = 0; b < batch; b++)
            {
                Span<float> target = next.Slice(b * hidden, hidden);
                ReadOnlySpan<float> row = z.Slice(b * width, width), before = last.Slice(b * hidden, hidden);
                switch (cell)
                {
                    case RecurrentFormula.Lstm: Lstm(row, c.Slice(b * hidden, hidden), target); break;
                    case RecurrentFormula.Gru: Gru(row, own.Slice(b * width, width), before, target); break;
                    case RecurrentFormula.Tanh: VectorMath.Tanh(row, target); break;
                    default: ReluKernel.Forward(row, target); break;
                }
            }

            last = next;
        }

        last.CopyTo(h);
    }

    /// <summary>y = x W^T + start for each row.</summary>
    private void Products(
        PackedMatrix packed, float[] transposed, int rows, ReadOnlySpan<float> x, float[] start, Span<float> y)
    {
        if (rows == 1)
        {
            GemvKernel.Multiply(packed, x, start, y);
            return;
        }

        for (int row = 0; row < rows && start.Length > 0; row++)
            start.CopyTo(y[(row * width)..]);
        Gemm.MultiplyOf<float>(
            rows, width, packed.Columns, x, packed.Columns, 1, transposed, width, 1, y, width, start.Length > 0);
    }

    private void AddProducts(int batch, ReadOnlySpan<float> h, Span<float> z)
    {
        if (batch == 1)
            GemvKernel.Multiply(recurrent, h, z, z);
        else
            Gemm.MultiplyOf(batch, width, hidden, h, hidden, 1, recurrentTransposed, width, 1, z, width, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lstm(ReadOnlySpan<float> z, Span<float> c, Span<float> h)
    {
        int hidden = c.Length;
        ReadOnlySpan<float> zi = z[..hidden], zf = z.Slice(hidden, hidden);
        ReadOnlySpan<float> zg = z.Slice(2 * hidden, hidden), zo = z.Slice(3 * hidden, hidden);
        for (int j = 0; j < hidden; j += Vector512<float>.Count)
        {
            Vector512<float> i = VectorMath.Sigmoid(LanePart.Load(zi, j));
            Vector512<float> f = VectorMath.Sigmoid(LanePart.Load(zf, j));
            Vector512<float> g = VectorMath.Tanh(LanePart.Load(zg, j));
            Vector512<float> o = VectorMath.Sigmoid(LanePart.Load(zo, j));
            Vector512<float> next = Vector512.FusedMultiplyAdd(f, LanePart.Load<float>(c, j), i * g);
            LanePart.Store(next, c, j);
            LanePart.Store(o * VectorMath.Tanh(next), h, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gru(
        ReadOnlySpan<float> x, ReadOnlySpan<float> own, ReadOnlySpan<float> before, Span<float> h)
    {
        int hidden = before.Length;
        for (int j = 0; j < hidden; j += Vector512<float>.Count)
        {
            Vector512<float> r = VectorMath.Sigmoid(LanePart.Load(x[..hidden], j) + LanePart.Load(own[..hidden], j));
            Vector512<float> z = VectorMath.Sigmoid(
                LanePart.Load(x.Slice(hidden, hidden), j) + LanePart.Load(own.Slice(hidden, hidden), j));
            Vector512<float> n = VectorMath.Tanh(
                LanePart.Load(x.Slice(2 * hidden, hidden), j) + (r * LanePart.Load(own.Slice(2 * hidden, hidden), j)));
            LanePart.Store(n + (z * (LanePart.Load(before, j) - n)), h, j);
        }
    }

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        float[] result = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                result[(j * rows) + i] = matrix[(i * columns) + j];
        }

        return result;
    }
}
