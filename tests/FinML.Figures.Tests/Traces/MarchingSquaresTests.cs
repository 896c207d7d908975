using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class MarchingSquaresTests
{
    [Fact]
    public void A_plane_is_cut_by_one_straight_line()
    {
        double[] x = [0, 1, 2], y = [0, 1];
        var curve = Assert.Single(MarchingSquares.Lines(x, y, [0, 1, 2, 0, 1, 2], 0.5));
        Assert.Equal([(0.5, 0), (0.5, 1)], curve.OrderBy(p => p.Y));
    }

    [Fact]
    public void A_hill_is_one_closed_ring_on_the_ellipse()
    {
        double[] grid = Samples.Grid21();
        var ring = Assert.Single(MarchingSquares.Lines(grid, grid, [.. Samples.Bowl().Cast<double>()], 50.5));
        Assert.Equal(ring[0], ring[^1]);
        // Linear interpolation of a square misses it by at most 1/4, twice that for the doubled axis.
        Assert.All(ring, p => Assert.InRange(p.X * p.X + 2 * p.Y * p.Y, 50.5 - 0.51, 50.5));
    }

    [Fact]
    public void A_saddle_is_decided_by_its_middle()
    {
        double[] edge = [0, 1];
        var low = MarchingSquares.Lines(edge, edge, [1, 0, 0, 1], 0.6); // middle 0.5 is below: high corners apart
        Assert.Equal(2, low.Count);
        Assert.All(low, c => Assert.True(Math.Abs(c[0].X - c[1].X) < 0.5 && Math.Abs(c[0].Y - c[1].Y) < 0.5));
        var high = MarchingSquares.Lines(edge, edge, [1, 0, 0, 1], 0.4); // above: low corners apart
        Assert.Equal(2, high.Count);
        Assert.All(high, c => Assert.True(c.Sum(p => p.X) > 1 != c.Sum(p => p.Y) > 1));
    }

    [Fact]
    public void Cells_with_a_gap_are_left_out()
    {
        double[] x = [0, 1, 2], y = [0, 1, 2];
        double[] z = [0, 1, 2, 0, double.NaN, 2, 0, 1, 2];
        Assert.Empty(MarchingSquares.Lines(x, y, z, 0.5));
    }

    [Fact]
    public void Heights_are_written_on_the_lines()
    {
        string svg = Samples.All()["contour"].ToSvg();
        foreach (string level in (string[])["50", "100", "150"])
            Assert.Contains($">{level}</text>", svg);
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "z of the contours is (2, 1) but y has 2 and x 1 values, where at least 2 are needed.",
            () => Figure.Create().Contour([1], [1, 2], new double[2, 1]) },
        { "y of the contours must increase; got 1 after 2 at index 1.",
            () => Figure.Create().Contour([1, 2], [2, 1], new double[2, 2]) },
        { "x of the contours must be dates or numbers; got labels.",
            () => Figure.Create().Contour(["a", "b"], [1, 2], new double[2, 2]) },
        { "No level of the contours lies between 0 and 0.",
            () => Figure.Create().Contour([1, 2], [1, 2], new double[2, 2]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_input_is_refused_in_one_sentence(string sentence, Func<Figure> build) =>
        Assert.Equal(sentence, Assert.ThrowsAny<ArgumentException>(build).Message);
}
