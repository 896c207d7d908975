namespace FinML.Torch.Tests.Linalg;

/// <summary>Factorisations put the matrix together again, at sizes and ranks that the table's samples do not
/// have.</summary>
public class FactorisationTests
{
    // Backward stable algorithms: errors of some n units in the last place of the largest element.
    private const double Tolerance = 1e-12;

    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 2, 5 }, { 5, 2 }, { 17, 17 }, { 40, 13 }, { 13, 40 }, { 0, 0 }, { 0, 3 }, { 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void QrIsOrthonormalTimesUpper(int m, int n)
    {
        Tensor a = Random(1, 2, m, n);
        foreach (torch.linalg.QRMode mode in (torch.linalg.QRMode[])[
            torch.linalg.QRMode.Reduced, torch.linalg.QRMode.Complete])
        {
            (Tensor q, Tensor r) = torch.linalg.qr(a, mode);
            long k = mode == torch.linalg.QRMode.Complete ? m : Math.Min(m, n);
            Assert.Equal([2, m, k], q.shape);
            Assert.Equal([2, k, n], r.shape);
            Close(a, q.matmul(r));
            Close(Identity(k), q.mT.matmul(q));
            Close(r, r.triu());
        }

        Assert.Equal(0, torch.linalg.qr(a, torch.linalg.QRMode.R).Q.numel());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SvdIsOrthonormalTimesFalling(int m, int n)
    {
        Tensor a = Random(2, 2, m, n);
        foreach (bool full in (bool[])[false, true])
        {
            (Tensor u, Tensor s, Tensor vh) = torch.linalg.svd(a, full);
            int k = Math.Min(m, n);
            Assert.Equal([2, m, full ? m : k], u.shape);
            Assert.Equal([2, full ? n : k, n], vh.shape);
            Close(a, (u.narrow(-1, 0, k) * s.unsqueeze(-2)).matmul(vh.narrow(-2, 0, k)));
            Close(Identity(u.shape[^1]), u.mT.matmul(u));
            Close(Identity(vh.shape[^2]), vh.matmul(vh.mT));
            Assert.True(s.diff().le(0).all().ToBoolean());
            Assert.True(s.ge(0).all().ToBoolean());
        }
    }

    [Fact]
    public void ASvdOfLowRankHasOrthonormalVectorsAndZeros()
    {
        Tensor a = Random(3, 8, 2).matmul(Random(4, 2, 5));
        (Tensor u, Tensor s, Tensor vh) = torch.linalg.svd(a);
        Close(Identity(8), u.mT.matmul(u));
        Close(Identity(5), vh.matmul(vh.mT));
        Assert.True(s[2..].le(1e-14 * s[0]).all().ToBoolean());
        Assert.Equal(2, torch.linalg.matrix_rank(a).ToInt64());
        Tensor p = torch.linalg.pinv(a);
        Close(a, a.matmul(p).matmul(a));
        Close(p, p.matmul(a).matmul(p));
        Assert.True(torch.linalg.svdvals(torch.zeros(3, 2)).eq(0).all().ToBoolean());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void EighIsOrthonormalAndRising(int n)
    {
        Tensor a = Random(5, 2, n, n), symmetric = a + a.mT;
        (Tensor values, Tensor vectors) = torch.linalg.eigh(symmetric);
        Close(symmetric, (vectors * values.unsqueeze(-2)).matmul(vectors.mT));
        Close(Identity(n), vectors.mT.matmul(vectors));
        Assert.True(values.diff().ge(0).all().ToBoolean());
        Close(values, torch.linalg.eigvalsh(symmetric.tril()));
        Close(values, torch.linalg.eigvalsh(symmetric.triu(), 'U'));
    }

    [Fact]
    public void SystemsAreSolved()
    {
        Tensor a = Random(6, 3, 25, 25), b = Random(7, 3, 25, 4);
        Close(b, a.matmul(torch.linalg.solve(a, b)));
        Close(b.mT, torch.linalg.solve(a, b.mT, left: false).matmul(a));
        Close(Identity(25), a.matmul(torch.linalg.inv(a)));
        Tensor spd = a.matmul(a.mT) + Identity(25), l = torch.linalg.cholesky(spd);
        Close(spd, l.matmul(l.mT));
        Close(b, spd.matmul(b.cholesky_solve(l)));
        Close(torch.linalg.inv(spd), l.cholesky_inverse());
        (Tensor sign, Tensor log) = torch.linalg.slogdet(a);
        Close(torch.ones(3, dtype: float64), torch.linalg.det(a) / (sign * log.exp()));
        Assert.Equal([3, 25], torch.linalg.solve(a, b.select(-1, 0)).shape);
    }

    [Fact]
    public void LeastSquaresLeaveOrthogonalResiduals()
    {
        Tensor a = Random(8, 9, 4), b = Random(9, 9, 2);
        (Tensor x, Tensor residuals, Tensor rank, Tensor s) = torch.linalg.lstsq(a, b);
        Tensor rest = a.matmul(x) - b;
        Close(torch.zeros(4, 2, dtype: float64), a.mT.matmul(rest));
        Close(rest.square().sum(0), residuals);
        Assert.Equal(4, rank.ToInt64());
        Close(torch.linalg.svdvals(a), s);
        Assert.Equal(0, torch.linalg.lstsq(a.mT, b[..4]).Residuals.numel());
    }

    [Fact]
    public void ExponentialsOfLargeAndNilpotentMatrices()
    {
        Tensor a = Random(10, 3, 3) * 20, inverse = torch.linalg.matrix_exp(-a);
        Tensor product = torch.linalg.matrix_exp(a).matmul(inverse);
        double scale = torch.linalg.matrix_exp(a).norm().ToDouble() * inverse.norm().ToDouble();
        Assert.True((product - Identity(3)).norm().ToDouble() < 1e-13 * scale);
        Tensor nilpotent = torch.tensor([0.0, 1, 0, 0], [2, 2]);
        Close(Identity(2) + nilpotent, torch.linalg.matrix_exp(nilpotent));
        Assert.Equal([0, 0], torch.linalg.matrix_exp(torch.zeros([0, 0])).shape);
    }

    private static Tensor Random(int seed, params long[] sizes) =>
        torch.randn(sizes, float64, generator: new torch.Generator((ulong)seed));

    private static Tensor Identity(long n) => torch.eye(n, dtype: float64);

    private static void Close(Tensor expected, Tensor actual)
    {
        Tensor difference = (expected - actual).abs();
        double scale = Math.Max(1, expected.numel() == 0 ? 0 : expected.abs().max().ToDouble());
        Assert.True(
            difference.numel() == 0 || difference.max().ToDouble() <= Tolerance * scale,
            $"off by {(difference.numel() == 0 ? 0 : difference.max().ToDouble())} of {scale}");
    }
}
