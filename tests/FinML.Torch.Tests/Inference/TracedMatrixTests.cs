using FinML.Torch.Tests.Onnx;

namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>Linear algebra in plans, by the kernels, and in files, by operators: both compute in double precision, so
/// that they agree with eager execution to float32's rounding.</summary>
public class TracedMatrixTests
{
    // Of (..., n, n) matrices; symmetric positive definite ones where the function needs them.
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Square = new()
    {
        ["cholesky"] = x => linalg.cholesky(Definite(x)),
        ["solve"] = x => linalg.solve(x, x.mT + 1),
        ["solve_triangular"] = x => linalg.solve_triangular(Definite(x), x, upper: true),
        ["inv"] = x => linalg.inv(x),
        ["det"] = x => linalg.det(x * 0.5),
        ["slogdet"] = x => linalg.slogdet(x) is var (sign, log) ? stack([sign, log]) : x,
        ["matrix_exp"] = x => linalg.matrix_exp(x - x.mT),
        ["qr"] = x => linalg.qr(x) is var (q, r) ? cat([q, r], -1) : x,
        ["eigh"] = x => linalg.eigh(x + x.mT) is var (l, v) ? cat([l.unsqueeze(-2), v], -2) : x,
        ["svd"] = x => linalg.svd(x) is var (u, s, vh)
            ? cat([u.mul(s.unsqueeze(-2)).matmul(vh), s.unsqueeze(-2)], -2)
            : x,
        ["pinv"] = x => linalg.pinv(x[.., ..^1]),
    };

    public static TheoryData<string> Names => [.. Square.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PlanAndFileGiveWhatEagerGives(string name)
    {
        TracedPair.Agree($"{name}, 2 rows", Square[name], Matrix(1, 2, 2), Matrix(2, 2, 2), 1e-5);
        TracedPair.Agree($"{name}, 5 rows", Square[name], Matrix(1, 5, 5), Matrix(2, 5, 5), 1e-5);
        TracedPair.Agree($"{name}, a batch", Square[name], Matrix(1, 2, 3, 3), Matrix(2, 2, 3, 3), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFileTakesAnyBatch(string name)
    {
        TracedPair.Agree(name, Square[name], Matrix(1, 2, 3, 3), Matrix(2, 4, 3, 3), 1e-5, dynamic: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void APlanAllocatesNothing(string name) => TracedPair.AllocatesNothing(
        TracedModels.Of(Square[name]).compile_inference(Matrix(1, 2, 5, 5)),
        Matrix(3, 2, 5, 5).data<float>().ToArray());

    /// <summary>The first pivot is zero, then the largest is not on the diagonal.</summary>
    [Fact]
    public void RowsAreExchanged()
    {
        Tensor x = tensor(new float[] { 0, 1, 2, 3, 0, 1, 1, 5, 0 }, [3, 3]);
        TracedPair.Agree("solve", a => linalg.solve(a, ones(3)), Matrix(1, 3, 3), x);
        TracedPair.Agree("slogdet", a => Stacked(linalg.slogdet(a)), Matrix(1, 3, 3), x);

        static Tensor Stacked((Tensor Sign, Tensor Log) parts) => stack([parts.Sign, parts.Log]);
    }

    [Fact]
    public void ASingularMatrixHasNoLogarithm() => TracedPair.Agree(
        "slogdet", a => stack([linalg.slogdet(a).Item1, linalg.slogdet(a).Item2]), Matrix(1, 3, 3), zeros(3, 3));

    [Fact]
    public void RectanglesAreFactored()
    {
        foreach ((long m, long n) in ((long, long)[])[(5, 3), (3, 5), (1, 3), (3, 1)])
        {
            TracedPair.Agree($"qr {m} {n}", x => linalg.qr(x).Q, Matrix(1, m, n), Matrix(2, m, n));
            TracedPair.Agree($"qr {m} {n}", x => linalg.qr(x).R, Matrix(1, m, n), Matrix(2, m, n));
            TracedPair.Agree(
                $"qr {m} {n}", x => linalg.qr(x, linalg.QRMode.Complete) is var (q, r) ? q.matmul(r) : x,
                Matrix(1, m, n), Matrix(2, m, n));
            TracedPair.Agree($"svdvals {m} {n}", linalg.svdvals, Matrix(1, m, n), Matrix(2, m, n));
        }
    }

    [Fact]
    public void ExponentialsOfAllSizesOfNorm()
    {
        foreach (double scale in (double[])[0, 1e-3, 3, 20, 300])
        {
            TracedPair.Agree(
                $"scale {scale}", x => linalg.matrix_exp(x), Matrix(1, 3, 3), Matrix(2, 3, 3).add(eye(3), -4) * scale);
        }
    }

    /// <summary>Sixteen rows are the most that a file unrolls; clustered values are the slowest to converge.</summary>
    [Fact]
    public void TheSweepsOfAFileSuffice()
    {
        Tensor basis = linalg.qr(Matrix(4, 16, 16)).Q, line = linspace(1, 1.001, 16);
        Tensor random = Matrix(5, 16, 16), clustered = basis.mul(line).matmul(basis.mT);
        OnnxFile file = TracedPair.Export(x =>
        {
            (Tensor l, Tensor v) = linalg.eigh(x);
            return [l, v.mul(l.unsqueeze(-2)).matmul(v.mT)];
        }, Matrix(1, 16, 16), "values", "product");
        foreach (Tensor input in (Tensor[])[random + random.mT, (clustered + clustered.mT) / 2])
        {
            OnnxValue[] results = TracedPair.Run(file, input);
            TracedPair.AssertSame("values", linalg.eigvalsh(input), results[0].Data, 1e-6);
            TracedPair.AssertSame("product", input, results[1].Data, 1e-6);
        }
    }

    [Fact]
    public void WhatAFileWouldUnrollTooFarIsRefused()
    {
        Refused(x => linalg.eigvalsh(x), ones(17, 17), "'linalg.eigh' of shape [17, 17]", "up to 16 rows");
        Refused(x => linalg.cholesky(x), eye(65), "'linalg.cholesky' of shape [65, 65]", "up to 64 rows");
        Refused(x => linalg.svd(x).U, ones(3, 2), "fullMatrices: false");
        Refused(
            x => linalg.lstsq(x, ones(3, 1)).Solution, Matrix(1, 3, 2), "'linalg.lstsq'", "linalg.pinv(a).matmul(b)");
    }

    [Fact]
    public void APlanRefusesWhatEagerRefuses()
    {
        InferencePlan plan = TracedModels.Of(x => linalg.cholesky(x)).compile_inference(eye(2));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => plan.Run([-1, 0, 0, 1], new float[4]));
        Assert.Contains("linalg.cholesky: the matrix is not positive definite", error.Message);
        float[] result = new float[4];
        plan.Run([4, 0, 0, 9], result);
        Assert.Equal([2f, 0, 0, 3], result);
    }

    private static void Refused(Func<Tensor, Tensor> function, Tensor example, params string[] parts)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => TracedPair.Export(TracedModels.Of(function), example));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }

    private static Tensor Definite(Tensor x) => x.matmul(x.mT) + eye(x.shape[^1]);

    /// <summary>Far from singular, rows in an order that needs pivots.</summary>
    private static Tensor Matrix(long seed, params long[] sizes)
    {
        Generator generator = new((ulong)seed);
        Tensor diagonal = eye(sizes[^2], sizes[^1]).mul(3).flip(0);
        return randn(sizes, generator: generator).mul(0.5) + diagonal;
    }
}
