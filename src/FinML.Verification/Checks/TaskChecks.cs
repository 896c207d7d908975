using FinML.Markets;

namespace FinML.Verification;

/// <summary>Tasks with known answers: bets, allocation, risk, linear control, several objectives.</summary>
internal static class TaskChecks
{
    private const string KellySource = "Kelly (1956): f = p - (1 - p) / b";
    private const string BinomialSource = "first-order condition of CRRA utility, p .6, u .2, d -.15, r 0";
    private const string MertonSource = "Merton (1969), μ .08, r .02, σ .2";
    private const string CaraSource = "Rao and Jelvis, Foundations of RL with Applications in Finance, ch. 8: "
        + "μ .13, r .07, σ .2, a 1, T 4";
    private const string BanditSource = "closed form: 1 against {3 with .9, -5 with .1}, CVaR = 3 - .8 / level";
    private const string ProcessSource = "enumeration of the four policies, level .5";
    private const string LqrSource = "discrete algebraic Riccati equation, x' = x + u, cost x² + u²";
    private const string GarleanuPedersenSource =
        "Gârleanu and Pedersen (2013): γ 2, λ 1.5, ρ .1, φ .2, B 1.3, S .5; a matrix Riccati equation gives the same";
    private const string TreasureSource = "MO-Gymnasium deep_sea_treasure.py (fronts); reference point (0, -25)";

    private static readonly BinomialOptions Even = BinomialOptions.Kelly(.6, 1), Double = BinomialOptions.Kelly(.4, 2);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.kelly.even", "best fraction at even odds, p = .6", KellySource, .2, 1e-12,
            _ => Even.OptimalFraction),
        new("markets.kelly.even-growth", "its growth a bet", KellySource, .0201355, 5e-8,
            _ => Even.GrowthRate(Even.OptimalFraction)),
        new("markets.kelly.double", "best fraction at odds of 2, p = .4", KellySource, .1, 1e-12,
            _ => Double.OptimalFraction),
        new("markets.kelly.double-growth", "its growth a bet", KellySource, .0097123, 5e-8,
            _ => Double.GrowthRate(Double.OptimalFraction)),
        Binomial(1, 2),
        Binomial(2, 1.005051),
        Binomial(5, .3994),
        .. Merton(1, 1.5, .065),
        .. Merton(2, .75, .0425),
        .. Merton(3, .5, .035),
        .. Merton(5, .3, .029),
        new("markets.merton.consumption-nu", "ν of Merton's consumption, γ = 3, ρ = .04", MertonSource,
            .0366667, 5e-8, _ => new MertonOptions { RiskAversion = 3 }.ConsumptionNu),
        Cara(0, 1.224447),
        Cara(1, 1.310158),
        Cara(2, 1.401869),
        Cara(3, 1.5),
        new("markets.cara.value", "value of a wealth of 1 at the start", CaraSource, -.2251933, 5e-8,
            _ => new CaraOptions().Value(0, 1)),
        RiskOfBandit("10", .1, -5),
        RiskOfBandit("25", .25, -.2),
        RiskOfBandit("50", .5, 1.4),
        new("markets.cvar-bandit.switch", "level at which the risky arm becomes the best", BanditSource,
            .4, 1e-9, _ => SwitchingLevel()),
        new("markets.uniform-return.spectral", "exponential spectral risk, k = 5, of a return uniform on [0, 2]",
            "2 (1/k - 1/(e^k - 1))", .386433, 5e-7, _ => UniformReturn.Spectral(5)),
        new("markets.cvar-process.mean", "best mean of the two-step process", ProcessSource, 1, 1e-12,
            _ => Policies().Max(policy => Total(policy).Mean)),
        new("markets.cvar-process.mean-risk", "CVaR of the policy with the best mean", ProcessSource, -4, 1e-12,
            _ => Total(Policies().MaxBy(policy => Total(policy).Mean)).Cvar(.5)),
        new("markets.cvar-process.iterated", "CVaR of the policy with the best iterated CVaR", ProcessSource, -4, 1e-12,
            _ => Total(Policies().MaxBy(p => TimeInconsistentCvar.IteratedCvar(p.Gain, p.Loss, .5))).Cvar(.5)),
        new("markets.cvar-process.static", "best CVaR of the total reward", ProcessSource, -3, 1e-12,
            _ => Policies().Max(policy => Total(policy).Cvar(.5))),
        new("markets.cvar-process.static-mean", "mean of the policy that has it", ProcessSource, .5, 1e-12,
            _ => Total(Policies().MaxBy(policy => Total(policy).Cvar(.5))).Mean),
        new("markets.lqr.cost", "P, undiscounted", LqrSource, 1.6180340, 5e-8,
            _ => LinearQuadraticSolution.Solve(new()).Cost[0, 0]),
        new("markets.lqr.gain", "K, undiscounted", LqrSource, .6180340, 5e-8,
            _ => LinearQuadraticSolution.Solve(new()).Gain[0]),
        new("markets.lqr.discounted-cost", "P at a discount of .99", LqrSource, 1.6152512, 5e-8,
            _ => LinearQuadraticSolution.Solve(new() { Discount = .99 }).Cost[0, 0]),
        new("markets.garleanu-pedersen.position", "weight of the old position in the best new one",
            GarleanuPedersenSource, .360261, 5e-7, _ => new GarleanuPedersenOptions().PositionWeight),
        new("markets.garleanu-pedersen.predictor", "weight of the predictor in the best new position",
            GarleanuPedersenSource, .758842, 5e-7, _ => new GarleanuPedersenOptions().PredictorWeight),
        new("markets.deep-sea-treasure.hypervolume", "hypervolume of the convex front", TreasureSource, 401.8, 1e-9,
            _ => ParetoFront.Hypervolume(DeepSeaTreasure.Convex().Front, [0, -25])),
        new("markets.deep-sea-treasure.convex-by-sums", "points of the convex front that weighted sums reach",
            TreasureSource, 9, 0, _ => ParetoFront.ReachedByWeightedSums(DeepSeaTreasure.Convex().Front).Count),
        new("markets.deep-sea-treasure.concave-by-sums", "points of the concave front that weighted sums reach",
            TreasureSource, 2, 0, _ => ParetoFront.ReachedByWeightedSums(DeepSeaTreasure.Concave().Front).Count),
    ];

    private static ReferenceCheck Binomial(double riskAversion, double expected) => new(
        $"markets.crra-binomial.{riskAversion}", $"best fraction in a binomial market, γ = {riskAversion}",
        BinomialSource, expected, 5e-7, _ => new BinomialOptions { RiskAversion = riskAversion }.OptimalFraction);

    private static IEnumerable<ReferenceCheck> Merton(double riskAversion, double fraction, double growth)
    {
        var options = new MertonOptions { RiskAversion = riskAversion };
        yield return new($"markets.merton.fraction-{riskAversion}", $"best fraction, γ = {riskAversion}", MertonSource,
            fraction, 1e-12, _ => options.OptimalFraction);
        yield return new($"markets.merton.growth-{riskAversion}", $"certainty equivalent's growth, γ = {riskAversion}",
            MertonSource, growth, 1e-12, _ => options.CertaintyEquivalentGrowth);
    }

    private static ReferenceCheck Cara(int period, double expected) => new(
        $"markets.cara.amount-{period}", $"best amount with {period} periods behind", CaraSource, expected, 5e-7,
        _ => new CaraOptions().OptimalAmount(period));

    private static ReferenceCheck RiskOfBandit(string name, double level, double expected) => new(
        $"markets.cvar-bandit.{name}", $"CVaR of the risky arm at {level}", BanditSource, expected, 1e-12,
        _ => Bandit.SafeOrRisky().Arms[1].Cvar(level));

    private static double SwitchingLevel()
    {
        Bandit bandit = Bandit.SafeOrRisky();
        double low = .1, high = 1;
        while (high - low > 1e-12)
        {
            double middle = (low + high) / 2;
            (low, high) = bandit.BestArm(middle) == 0 ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static IEnumerable<(bool Gain, bool Loss)> Policies() =>
        [(false, false), (false, true), (true, false), (true, true)];

    private static OutcomeDistribution Total((bool Gain, bool Loss) policy) =>
        TimeInconsistentCvar.Total(policy.Gain, policy.Loss);
}
