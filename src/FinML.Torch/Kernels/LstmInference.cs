using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>The forward pass of one LSTM layer with packed weights and no record for a backward pass; the formulas and
/// the order of gates are <see cref="LstmKernel"/>'s.</summary>
internal sealed class LstmInference
{
    private readonly int features, hidden;
    private readonly PackedMatrix input, recurrent; // (4 hidden, features), (4 hidden, hidden)
    private readonly float[] inputTransposed, recurrentTransposed; // (features, 4 hidden), (hidden, 4 hidden)
    private readonly float[] bias; // (4 hidden), or empty

    /// <param name="features">Length of an input.</param>
    /// <param name="hidden">Length of h and c.</param>
    /// <param name="inputWeight">W_ih (4 hidden, features).</param>
    /// <param name="hiddenWeight">W_hh (4 hidden, hidden).</param>
    /// <param name="inputBias">(4 hidden), or empty together with the other.</param>
    /// <param name="hiddenBias">(4 hidden).</param>
    internal LstmInference(
        int features, int hidden, ReadOnlySpan<float> inputWeight, ReadOnlySpan<float> hiddenWeight,
        ReadOnlySpan<float> inputBias, ReadOnlySpan<float> hiddenBias)
    {
        (this.features, this.hidden) = (features, hidden);
        input = new PackedMatrix(4 * hidden, features, inputWeight);
        recurrent = new PackedMatrix(4 * hidden, hidden, hiddenWeight);
        inputTransposed = Transposed(inputWeight, 4 * hidden, features);
        recurrentTransposed = Transposed(hiddenWeight, 4 * hidden, hidden);
        bias = new float[inputBias.Length];
        for (int j = 0; j < bias.Length; j++)
            bias[j] = inputBias[j] + hiddenBias[j];
    }

    /// <summary>Floats of scratch that <see cref="Run"/> needs.</summary>
    internal int ScratchLength(int steps, int batch) => steps * batch * 4 * hidden;

    /// <param name="steps">Length of the sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="x">(steps, batch, features).</param>
    /// <param name="h0">(batch, hidden).</param>
    /// <param name="c0">(batch, hidden).</param>
    /// <param name="output">(steps, batch, hidden), written.</param>
    /// <param name="h">(batch, hidden), written: the last state.</param>
    /// <param name="c">(batch, hidden), written.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    internal void Run(
        int steps, int batch, ReadOnlySpan<float> x, ReadOnlySpan<float> h0, ReadOnlySpan<float> c0,
        Span<float> output, Span<float> h, Span<float> c, Span<float> scratch)
    {
        int width = 4 * hidden, state = batch * hidden, rows = steps * batch;
        c0.CopyTo(c);
        if (rows == 0)
        {
            h0.CopyTo(h);
            return;
        }

        // z = b + W_ih x for all steps at once.
        if (rows == 1)
        {
            GemvKernel.Multiply(input, x, bias, scratch);
        }
        else
        {
            for (int row = 0; row < rows && bias.Length > 0; row++)
                bias.CopyTo(scratch[(row * width)..]);
            Gemm.MultiplyOf<float>(
                rows, width, features, x, features, 1, inputTransposed, width, 1, scratch, width, bias.Length > 0);
        }

        ReadOnlySpan<float> last = h0;
        for (int s = 0; s < steps; s++)
        {
            Span<float> z = scratch.Slice(s * batch * width, batch * width), next = output.Slice(s * state, state);
            if (batch == 1)
                GemvKernel.Multiply(recurrent, last, z, z);
            else
                Gemm.MultiplyOf(batch, width, hidden, last, hidden, 1, recurrentTransposed, width, 1, z, width, true);
            for (int b = 0; b < batch; b++)
                Cell(z.Slice(b * width, width), c.Slice(b * hidden, hidden), next.Slice(b * hidden, hidden));
            last = next;
        }

        last.CopyTo(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cell(ReadOnlySpan<float> z, Span<float> c, Span<float> h)
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
