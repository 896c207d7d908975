namespace FinML.Markets.Tests.Tasks;

/// <summary>Kelly, binomial, Merton and CARA allocation: closed forms against searches, recursions and
/// simulation.</summary>
public sealed class AllocationTaskTests
{
    [Theory]
    [InlineData(.6, 1, .2, .0201355)]
    [InlineData(.4, 2, .1, .0097123)]
    public void KellysFractionsAreThePublishedOnes(double win, double odds, double fraction, double growth)
    {
        BinomialOptions bets = BinomialOptions.Kelly(win, odds);
        Assert.Equal(fraction, bets.OptimalFraction, 1e-12);
        Assert.Equal(growth, bets.GrowthRate(fraction), 5e-8);
        Assert.Equal(fraction, Search.Maximum(bets.GrowthRate, 0, .9), 1e-6);
    }

    [Theory]
    [InlineData(1, 0, 2.0)]
    [InlineData(2, 0, 1.005051)]
    [InlineData(5, 0, .3994)]
    [InlineData(3, .02, double.NaN)]
    [InlineData(.5, .01, double.NaN)]
    public void TheBinomialFractionMaximisesExpectedUtility(double riskAversion, double rate, double expected)
    {
        var options = new BinomialOptions { RiskAversion = riskAversion, Rate = rate, Periods = 3 };
        if (!double.IsNaN(expected))
            Assert.Equal(expected, options.OptimalFraction, 5e-7);
        Assert.Equal(options.OptimalFraction, Search.Maximum(options.ExpectedReturn, -1, 6), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void BinomialEpisodesHaveTheirExpectedReturn(double riskAversion)
    {
        var options = new BinomialOptions { RiskAversion = riskAversion, Periods = 5 };
        var environment = new BinomialAllocation(options);
        (double mean, double error) = Search.Returns(environment, (_, action) => action[0] = .5f, 20_000);
        Assert.InRange(mean, options.ExpectedReturn(.5) - 4 * error, options.ExpectedReturn(.5) + 4 * error);
        Assert.Equal(
            CrraUtility.Of(environment.Wealth, riskAversion),
            LastReturn(environment) + CrraUtility.Of(1, riskAversion), 1e-12);

        static double LastReturn(BinomialAllocation environment) =>
            Search.Returns(environment, (_, action) => action[0] = .5f, 1, seed: 19_999).Mean;
    }

    [Theory]
    [InlineData(1, 1.5, .065)]
    [InlineData(2, .75, .0425)]
    [InlineData(3, .5, .035)]
    [InlineData(5, .3, .029)]
    public void MertonsFractionsAreThePublishedOnes(double riskAversion, double fraction, double growth)
    {
        var options = new MertonOptions { RiskAversion = riskAversion };
        Assert.Equal(fraction, options.OptimalFraction, 1e-12);
        Assert.Equal(growth, options.CertaintyEquivalentGrowth, 1e-12);

        // The environment's own step, in expectation over its normal draw, is best there and grows so.
        double Utility(double pi) => Search.NormalMean(z => CrraUtility.Of(
            Math.Exp(.02 + pi * .06 - pi * pi * .02 + pi * .2 * z), riskAversion));
        Assert.Equal(fraction, Search.Maximum(Utility, 0, 3), 1e-6);
        Assert.Equal(growth, Math.Log(CrraUtility.CertaintyEquivalent(Utility(fraction), riskAversion)), 1e-10);
    }

    [Fact]
    public void MertonEpisodesHaveTheirCertaintyEquivalent()
    {
        var options = new MertonOptions { RiskAversion = 3, Steps = 4 };
        (double mean, double error) = Search.Returns(
            new MertonAllocation(options), (_, action) => action[0] = (float)options.OptimalFraction, 20_000);
        double expected = CrraUtility.Of(Math.Exp(.035), 3) - CrraUtility.Of(1, 3);
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
        Assert.True(error < .001);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(.5)]
    public void MertonsConsumptionIsTheLimitOfTheStepwiseOne(double riskAversion)
    {
        var options = new MertonOptions
        {
            RiskAversion = riskAversion,
            Consumes = true,
            Years = 10,
            Steps = 2_000,
            MaximumConsumption = 50,
        };
        if (riskAversion == 3)
            Assert.Equal(.0366667, options.ConsumptionNu, 5e-8);
        double best = Value(options, 1, 0), more = Value(options, 1.1, 0), less = Value(options, .9, 0);
        double riskier = Value(options, 1, .1), safer = Value(options, 1, -.1);
        Assert.True(best > Math.Max(Math.Max(more, less), Math.Max(riskier, safer)));

        // The value in continuous time; a policy held for 1/200 of a year loses an order of 1/200 squared.
        double f = options.WealthPerConsumption(0);
        double expected = riskAversion == 1 ? LogValue(options) : Math.Pow(f, riskAversion) / (1 - riskAversion);
        Assert.Equal(expected, best, 1e-4 * Math.Abs(expected));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void ConsumingEpisodesHaveTheValueOfTheRecursion(double riskAversion)
    {
        var options = new MertonOptions { RiskAversion = riskAversion, Consumes = true, Years = 4, Steps = 8 };
        (double mean, double error) = Search.Returns(
            new MertonAllocation(options),
            (observation, action) =>
            {
                action[0] = (float)options.OptimalFraction;
                action[1] = (float)(1 / options.WealthPerConsumption(options.Years * (1 - observation[1])));
            },
            20_000);
        double expected = Value(options, 1, 0);
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
    }

    [Fact]
    public void TheCaraAmountsAndValuesSolveBellmansEquation()
    {
        var options = new CaraOptions();
        double[] expected = [1.224447, 1.310158, 1.401869, 1.5];
        for (int t = 0; t < 4; t++)
        {
            double wealth = 1 + t;
            double Next(double x) => Search.NormalMean(
                z => options.Value(t + 1, wealth * 1.07 + x * (.13 + .2 * z - .07)));
            double best = Search.Maximum(Next, 0, 4);
            Assert.Equal(expected[t], options.OptimalAmount(t), 5e-7);
            Assert.Equal(best, options.OptimalAmount(t), 1e-5);
            Assert.Equal(Next(best), options.Value(t, wealth), 1e-10);
        }

        Assert.Equal(-.2251933, options.Value(0, 1), 5e-8);
        Assert.Equal(options.Utility(2), options.Value(4, 2), 1e-15);
    }

    [Fact]
    public void CaraEpisodesHaveTheirValue()
    {
        var options = new CaraOptions();
        (double mean, double error) = Search.Returns(
            new CaraAllocation(options),
            (observation, action) => action[0] =
                (float)options.OptimalAmount((int)Math.Round(4 * (1 - observation[1]))),
            20_000);
        Assert.InRange(mean, options.Value(0, 1) - 4 * error, options.Value(0, 1) + 4 * error);
        Assert.True(error < .002);
    }

    [Fact]
    public void RefusesBadOptionsInOneSentence()
    {
        Assert.Contains("A fraction of 1 may leave 0 of the wealth",
            Error(() => (BinomialOptions.Kelly(.6, 1) with { MaximumFraction = 1 }).Validate()));
        Assert.Contains("UpProbability has to be from", Error(() => BinomialOptions.Kelly(1.2, 1).Validate()));
        Assert.Contains("RiskAversion", Error(() => new BinomialOptions { RiskAversion = 0 }.Validate()));
        Assert.Contains("Volatility", Error(() => new MertonOptions { Volatility = 0 }.Validate()));
        Assert.Contains("MinimumConsumption", Error(() => new MertonOptions { MinimumConsumption = 0 }.Validate()));
        Assert.Contains("Periods has to be from 1", Error(() => new CaraOptions { Periods = 0 }.Validate()));
        Assert.Contains("Deviation", Error(() => new CaraAllocation(new() { Deviation = double.NaN })));

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    // The value of the continuous policy held over each step: with power utility V = A W^(1-γ) / (1-γ), with the
    // logarithm V = A ln W + B, backwards from the bequest. Not the environment's formulas: integrals by Simpson.
    private static double Value(MertonOptions o, double consumptionFactor, double extraFraction)
    {
        double gamma = o.RiskAversion, rho = o.TimePreference, dt = o.YearsPerStep;
        double pi = o.OptimalFraction + extraFraction;
        double a = Math.Pow(o.Bequest, gamma), b = 0;
        for (int step = o.Steps - 1; step >= 0; step--)
        {
            double c = consumptionFactor / o.WealthPerConsumption(step * dt);
            double growth = o.Rate + pi * (o.Drift - o.Rate) - c - gamma * pi * pi * o.Volatility * o.Volatility / 2;
            if (gamma == 1)
            {
                double length = Integral(s => Math.Exp(-rho * s)), moment = Integral(s => s * Math.Exp(-rho * s));
                double kept = Math.Exp(-rho * dt);
                b = Math.Log(c) * length + growth * moment + kept * (a * growth * dt + b);
                a = length + kept * a;
            }
            else
            {
                double rate = (1 - gamma) * growth - rho;
                a = Math.Pow(c, 1 - gamma) * Integral(s => Math.Exp(rate * s)) + Math.Exp(rate * dt) * a;
            }
        }

        return gamma == 1 ? b : a / (1 - gamma);

        double Integral(Func<double, double> f) =>
            dt / 12 * (f(0) + 4 * f(dt / 4) + 2 * f(dt / 2) + 4 * f(3 * dt / 4) + f(dt));
    }

    // V(0, 1) of log utility: V = e^(-ρt)(f ln W + g) with f as below, g' = ρ g + 1 + ln f - f m, g(T) = 0, m the
    // certainty equivalent's growth; integrated by Runge and Kutta.
    private static double LogValue(MertonOptions o)
    {
        double m = o.CertaintyEquivalentGrowth, rho = o.TimePreference, g = 0;
        const int Steps = 10_000;
        double h = -o.Years / Steps;
        double Slope(double t, double value)
        {
            double f = o.WealthPerConsumption(Math.Clamp(t, 0, o.Years));
            return rho * value + 1 + Math.Log(f) - f * m;
        }

        for (int i = 0; i < Steps; i++)
        {
            double t = o.Years + i * h;
            double k1 = Slope(t, g), k2 = Slope(t + h / 2, g + h / 2 * k1), k3 = Slope(t + h / 2, g + h / 2 * k2);
            g += h / 6 * (k1 + 2 * k2 + 2 * k3 + Slope(t + h, g + h * k3));
        }

        return g;
    }
}
