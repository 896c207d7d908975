namespace FinML.Statistics.Tests;

/// <summary>Golden values: R 4.2, MASS::rlm iterated to 1e-13, make_regression.R.</summary>
public class RobustRegressionTests
{
    public static TheoryData<RobustLoss, double[]> StackLoss => new()
    {
        { RobustLoss.Huber,
            [-41.026485373295046, 0.82938577025384819, 0.9260594155486338, -0.12784631796541751, 9.8068722943533331,
             0.11117496231992885, 0.30339340334956116, 0.1288463456868145, 2.4404890459929107] },
        { RobustLoss.Bisquare,
            [-42.285321536491111, 0.92755899280240406, 0.65071119839024116, -0.11233312303565533, 9.5313856614898178,
             0.10805192623778469, 0.29487072408821319, 0.12522689956121674, 2.2818533145669835] },
    };

    [Theory]
    [MemberData(nameof(StackLoss))]
    public void StackLoss_MatchesMass(RobustLoss loss, double[] expected)
    {
        (double[] y, DesignMatrix x) = Samples.StackLoss();
        Matches(expected, RobustRegression.Fit(y, x, loss));
    }

    [Fact]
    public void Engel_MatchesMass()
    {
        (double[] y, DesignMatrix x) = Samples.Engel();
        Matches([99.428200539263798, 0.53683794948279107, 12.124697938610307, 0.010916035951962434,
            81.454776713450684], RobustRegression.Fit(y, x, RobustLoss.Huber));
        Matches([86.236256595781526, 0.55293346465308624, 12.049262393182881, 0.010848120270259597,
            81.328952565334674], RobustRegression.Fit(y, x));
    }

    // One wild value moves the mean by 1e6 / 50, Huber's by a bounded amount and the bisquare's not at all.
    [Fact]
    public void AnOutlier_IsLetGo()
    {
        double[] y = Fixture.Normals(50, 1), wild = (double[])y.Clone();
        wild[10] = 1e6;
        DesignMatrix mean = DesignMatrix.Intercept(50);
        RobustRegression fit = RobustRegression.Fit(wild, mean);
        Assert.Equal(0, fit.Weights[10]);
        Assert.Equal(RobustRegression.Fit(y, mean).Coefficients[0], fit.Coefficients[0], 0.1);
        Assert.Equal(RobustRegression.Fit(y, mean, RobustLoss.Huber).Coefficients[0],
            RobustRegression.Fit(wild, mean, RobustLoss.Huber).Coefficients[0], 0.1);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] y = Fixture.Normals(20, 1);
        Fixture.Says<ArgumentException>(
            () => RobustRegression.Fit([.. Enumerable.Repeat(1.0, 15), 2, 3, 4, 5, 6], DesignMatrix.Intercept(20)),
            "Half of the 20 residuals are 0");
        Fixture.Says<ArgumentException>(() => RobustRegression.Fit(y[..9], DesignMatrix.Intercept(20)), "9 values");
    }

    private static void Matches(double[] expected, RobustRegression fit)
    {
        double[] got = [.. fit.Coefficients, .. fit.StandardErrors, fit.Scale];
        for (int j = 0; j < expected.Length; j++)
            Fixture.Near(expected[j], got[j], 1e-9);
        Assert.True(fit.Converged);
    }
}
