using FinML.Shared;

namespace FinML.Torch;

/// <summary>Fills spans from a generator's stream.</summary>
internal static class Draws
{
    /// <summary>Uniform on [0, 1).</summary>
    internal static void Uniform(torch.Generator generator, Span<float> target)
    {
        ulong block = generator.Take((target.Length + 3) / 4);
        for (int i = 0; i < target.Length; i += 4, block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = generator.Block(block);
            Put(
                target, i, Philox4x32.ToUnitSingle(x0), Philox4x32.ToUnitSingle(x1), Philox4x32.ToUnitSingle(x2),
                Philox4x32.ToUnitSingle(x3));
        }
    }

    /// <summary>Uniform on [0, 1).</summary>
    internal static void Uniform(torch.Generator generator, Span<double> target)
    {
        ulong block = generator.Take((target.Length + 1) / 2);
        for (int i = 0; i < target.Length; i += 2, block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = generator.Block(block);
            target[i] = Philox4x32.ToUnitDouble(x0, x1);
            if (i + 1 < target.Length)
            {
                target[i + 1] = Philox4x32.ToUnitDouble(x2, x3);
            }
        }
    }

    /// <summary>Standard normal, by Box and Muller (1958): two from a pair of words.</summary>
    internal static void Normal(torch.Generator generator, Span<float> target)
    {
        ulong block = generator.Take((target.Length + 3) / 4);
        for (int i = 0; i < target.Length; i += 4, block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = generator.Block(block);
            (double a, double b) = Pair((x0 + 1.0) / 4294967296.0, x1 / 4294967296.0);
            (double c, double d) = Pair((x2 + 1.0) / 4294967296.0, x3 / 4294967296.0);
            Put(target, i, (float)a, (float)b, (float)c, (float)d);
        }
    }

    /// <summary>Standard normal, by Box and Muller (1958): two from a block.</summary>
    internal static void Normal(torch.Generator generator, Span<double> target)
    {
        ulong block = generator.Take((target.Length + 1) / 2);
        for (int i = 0; i < target.Length; i += 2, block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = generator.Block(block);
            // 1 - u lies in (0, 1]: its logarithm is finite.
            (double a, double b) = Pair(1 - Philox4x32.ToUnitDouble(x0, x1), Philox4x32.ToUnitDouble(x2, x3));
            target[i] = a;
            if (i + 1 < target.Length)
            {
                target[i + 1] = b;
            }
        }
    }

    /// <summary>Integers in [low, high), by the high half of a 64-bit product.</summary>
    internal static void Integers(torch.Generator generator, long low, long high, Span<long> target)
    {
        ulong range = (ulong)(high - low);
        ulong block = generator.Take((target.Length + 1) / 2);
        for (int i = 0; i < target.Length; i += 2, block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = generator.Block(block);
            target[i] = low + (long)Math.BigMul(((ulong)x0 << 32) | x1, range, out _);
            if (i + 1 < target.Length)
            {
                target[i + 1] = low + (long)Math.BigMul(((ulong)x2 << 32) | x3, range, out _);
            }
        }
    }

    private static (double First, double Second) Pair(double u, double v)
    {
        double radius = Math.Sqrt(-2 * Math.Log(u));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * v);
        return (radius * cosine, radius * sine);
    }

    private static void Put(Span<float> target, int i, float a, float b, float c, float d)
    {
        target[i] = a;
        if (i + 3 < target.Length)
        {
            (target[i + 1], target[i + 2], target[i + 3]) = (b, c, d);
            return;
        }

        if (i + 1 < target.Length)
        {
            target[i + 1] = b;
        }

        if (i + 2 < target.Length)
        {
            target[i + 2] = c;
        }
    }
}
