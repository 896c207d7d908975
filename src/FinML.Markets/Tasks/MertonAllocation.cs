using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Merton's problem: what fraction of wealth to hold in a geometric Brownian motion, and how much to consume, with a
/// constant relative risk aversion. The answers are those of <see cref="MertonOptions"/>.
/// </summary>
/// <remarks>
/// Between two decisions the fraction π and, where <see cref="MertonOptions.Consumes"/>, the consumption rate c are
/// held continuously, so that a step is exact: W' = W exp((r + π(μ-r) - c - π²σ²/2) Δ + πσ√Δ z). Without consumption
/// the reward is the change of utility U(W') - U(W). With it, a step rewards the expected discounted utility of what it
/// consumes given the wealth at its beginning, and the last one also the bequest e^(-ρT) ε^γ U(W_T). The action is (π)
/// or (π, c); the observation (ln W, part of the time left). An episode starts with a wealth of 1 and terminates at T.
/// </remarks>
public sealed class MertonAllocation : EpisodicEnvironment
{
    private readonly MertonOptions options;
    private double wealth = 1;

    public MertonAllocation(MertonOptions? options = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 2),
            BoxOf((options ?? new()).Validate()))
    {
        this.options = options ?? new();
    }

    /// <summary>The wealth; an episode starts with 1.</summary>
    public double Wealth => wealth;

    protected override void Start(RandomStream random) => wealth = 1;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        MertonOptions o = options;
        double fraction = Math.Clamp(action[0], o.MinimumFraction, o.MaximumFraction);
        double rate = o.Consumes ? Math.Clamp(action[1], o.MinimumConsumption, o.MaximumConsumption) : 0;
        double interval = o.YearsPerStep, before = wealth, risk = fraction * o.Volatility;
        double drift = o.Rate + fraction * (o.Drift - o.Rate) - rate - risk * risk / 2;
        wealth *= Math.Exp(drift * interval + risk * Math.Sqrt(interval) * random.NextNormal());
        bool last = Steps >= o.Steps;
        double reward;
        if (o.Consumes)
        {
            double discount = Math.Exp(-o.TimePreference * (Steps - 1) * interval);
            reward = discount * UtilityOfConsumption(before, fraction, rate);
            if (last)
                reward += Math.Exp(-o.TimePreference * o.Years) * Math.Pow(o.Bequest, o.RiskAversion) * Utility(wealth);
        }
        else
        {
            reward = Utility(wealth) - Utility(before);
        }

        return new StepResult(reward, last, Truncated: false);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)Math.Log(wealth);
        observation[1] = 1 - (float)Steps / options.Steps;
    }

    protected override void Save(BinaryWriter writer) => writer.Write(wealth);

    protected override void Load(BinaryReader reader) => wealth = reader.ReadDouble();

    // The integral over the step of e^(-ρs) E U(c W_s), of which W_s^(1-γ) is lognormal.
    private double UtilityOfConsumption(double before, double fraction, double rate)
    {
        MertonOptions o = options;
        double interval = o.YearsPerStep, rho = o.TimePreference;
        double growth = o.CertaintyEquivalentGrowthAt(fraction) - rate;
        double decay = rho - (1 - o.RiskAversion) * growth;
        double utility = Utility(rate * before) * DiscountedLength(decay, interval);
        return o.RiskAversion == 1
            ? utility + growth * DiscountedMoment(rho, interval) // E ln W_s = ln W + growth s
            : utility;
    }

    // The integral of e^(-rate s) over an interval; a series where the difference would lose its digits.
    private static double DiscountedLength(double rate, double interval)
    {
        double x = rate * interval;
        return Math.Abs(x) < 1e-4
            ? interval * (1 - x / 2 + x * x / 6 - x * x * x / 24)
            : interval * (1 - Math.Exp(-x)) / x;
    }

    // The integral of s e^(-rate s) over an interval.
    private static double DiscountedMoment(double rate, double interval)
    {
        double x = rate * interval;
        return interval * interval * (Math.Abs(x) < 1e-3
            ? 1.0 / 2 - x / 3 + x * x / 8 - x * x * x / 30 + x * x * x * x / 144
            : (1 - (1 + x) * Math.Exp(-x)) / (x * x));
    }

    private double Utility(double amount) => CrraUtility.Of(amount, options.RiskAversion);

    private static Box BoxOf(MertonOptions o) => o.Consumes
        ? new Box(
            [(float)o.MinimumFraction, (float)o.MinimumConsumption],
            [(float)o.MaximumFraction, (float)o.MaximumConsumption])
        : new Box([(float)o.MinimumFraction], [(float)o.MaximumFraction]);
}
