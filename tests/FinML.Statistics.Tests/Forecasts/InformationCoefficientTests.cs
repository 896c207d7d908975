namespace FinML.Statistics.Tests.Forecasts;

public sealed class InformationCoefficientTests
{
    [Fact]
    public void It_is_the_rank_correlation_that_scipy_gives_with_ties()
    {
        // python3 -c "from scipy.stats import spearmanr;
        // print(repr(spearmanr([1,2,2,4,5,.5,3,3],[2,1,4,3,9,0,5,5.5]).correlation))"
        var coefficient = InformationCoefficient.Of([1, 2, 2, 4, 5, 0.5, 3, 3], [2, 1, 4, 3, 9, 0, 5, 5.5]);

        Assert.Equal(0.7952384429746019, coefficient.Value, 12);
        Assert.Equal(1 / Math.Sqrt(7), coefficient.StandardError, 15);
        Assert.Equal(8, coefficient.Count);
    }

    [Fact]
    public void A_monotone_relation_is_one_whatever_its_shape()
    {
        double[] x = [-2, -1, 0.5, 3, 4];

        Assert.Equal(1, InformationCoefficient.Of(x, Array.ConvertAll(x, Math.Exp)).Value, 12);
        Assert.Equal(-1, InformationCoefficient.Of(x, Array.ConvertAll(x, v => -v * v * v)).Value, 12);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Assert.Contains("4 forecasts", Assert.Throws<ArgumentException>(
            () => InformationCoefficient.Of([1, 2, 3, 4], [1, 2, 3])).Message);
        Assert.ThrowsAny<ArgumentException>(() => InformationCoefficient.Of([1, 2], [1, 2]));
        Assert.ThrowsAny<ArgumentException>(() => InformationCoefficient.Of([1, 1, 1], [1, 2, 3]));
        Assert.ThrowsAny<ArgumentException>(() => InformationCoefficient.Of([1, double.NaN, 1], [1, 2, 3]));
    }
}
