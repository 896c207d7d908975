namespace FinML.Markets.MarketMaking;

/// <summary>
/// The exact quotes of an exponential-utility market maker whose inventory is held within ±Q:
/// δ_bid(q) = ln(v_q / v_(q+1)) / k + ln(1 + γ/k) / γ and δ_ask(q) = ln(v_q / v_(q-1)) / k + ln(1 + γ/k) / γ, where
/// v' = α q² v_q - η (v_(q-1) + v_(q+1)) backwards from v(T) = 1, α = k γ σ² / 2 and
/// η = A (1 + γ/k)^-(1 + k/γ).
/// </summary>
/// <remarks>
/// O. Guéant, C.-A. Lehalle and J. Fernandez-Tapia, "Dealing with the inventory risk", Mathematics and Financial
/// Economics 7 (2013), arXiv 1105.3115, theorem 1. The linear system is stepped back by its matrix exponential: shifted
/// by α Q² the matrix has no negative entry, so that its Taylor series loses nothing to cancellation. Between the
/// points of the time grid ln v is interpolated. At ±Q the side that would exceed the limit is infinitely far.
/// </remarks>
public sealed class GueantLehalleFernandezTapia : IQuotingPolicy
{
    private readonly double[] logs; // (time points, 2 Q + 1): ln v
    private readonly double horizon, decay, premium;
    private readonly int limit, steps;

    /// <param name="market">The market; Q is its <see cref="MarketMakingOptions.InventoryLimit"/> (at most 1,000
    /// here), the time grid that of its steps.</param>
    /// <param name="riskAversion">γ, per currency; above 0 to 1,000.</param>
    public GueantLehalleFernandezTapia(MarketMakingOptions market, double riskAversion = 0.1)
    {
        ArgumentNullException.ThrowIfNull(market);
        Require.InRange(riskAversion, 1e-9, 1_000, nameof(riskAversion));
        market.Validate();
        Require.InRange(market.InventoryLimit, 1, 1_000, nameof(market.InventoryLimit));
        Require.InRange((market.Steps + 1.0) * (2 * market.InventoryLimit + 1), 1, 1e8, "steps x inventories");
        limit = market.InventoryLimit;
        steps = market.Steps;
        horizon = market.Horizon;
        decay = market.ArrivalDecay;
        double ratio = riskAversion / decay, variance = market.Volatility * market.Volatility;
        premium = Math.Log(1 + ratio) / riskAversion;
        double alpha = decay * riskAversion * variance / 2;
        double eta = market.ArrivalRate * Math.Exp(-(1 + 1 / ratio) * Math.Log(1 + ratio));
        logs = Solve(alpha, eta, limit, steps, horizon / steps);
    }

    /// <summary>What the right to make the market until the horizon is worth beyond the value of the inventory at the
    /// mid: ln(v_q) / k, in currency.</summary>
    public double CertaintyEquivalent(int inventory, double timeLeft) => Log(inventory, timeLeft) / decay;

    /// <inheritdoc/>
    public QuoteOffsets Quote(int inventory, double timeLeft)
    {
        double own = Log(inventory, timeLeft);
        return new QuoteOffsets(
            inventory == limit ? double.PositiveInfinity : (own - Log(inventory + 1, timeLeft)) / decay + premium,
            inventory == -limit ? double.PositiveInfinity : (own - Log(inventory - 1, timeLeft)) / decay + premium);
    }

    private double Log(int inventory, double timeLeft)
    {
        Require.InRange(inventory, -limit, limit, nameof(inventory));
        Require.InRange(timeLeft, 0, horizon * (1 + 1e-9), nameof(timeLeft));
        double place = Math.Min(timeLeft / horizon * steps, steps);
        int point = Math.Min((int)place, steps - 1), width = 2 * limit + 1;
        double weight = place - point;
        int at = point * width + inventory + limit;
        return (1 - weight) * logs[at] + weight * logs[at + width];
    }

    /// <summary>ln v at every point of the grid, by time left.</summary>
    private static double[] Solve(double alpha, double eta, int limit, int steps, double step)
    {
        int width = 2 * limit + 1;
        double[] logs = new double[(steps + 1) * width], v = new double[width];
        Array.Fill(v, 1);
        double shift = alpha * limit * limit, scale = 0;

        // Sub-steps over which the norm of the shifted matrix is at most 1.
        int parts = Math.Max(1, (int)Math.Ceiling((shift + 2 * eta) * step));
        for (int point = 1; point <= steps; point++)
        {
            for (int part = 0; part < parts; part++)
                scale += Multiply(v, alpha, eta, shift, limit, step / parts);
            for (int i = 0; i < width; i++)
                logs[point * width + i] = Math.Log(v[i]) + scale;
        }

        return logs;
    }

    /// <summary>v becomes exp(-M h) v, divided by its largest value; returns that value's logarithm.</summary>
    private static double Multiply(double[] v, double alpha, double eta, double shift, int limit, double h)
    {
        double[] term = [.. v], next = new double[v.Length];
        for (int order = 1; ; order++)
        {
            double largest = 0;
            for (int i = 0; i < v.Length; i++)
            {
                int q = i - limit;
                double neighbours = (i > 0 ? term[i - 1] : 0) + (i + 1 < v.Length ? term[i + 1] : 0);
                next[i] = ((shift - alpha * q * q) * term[i] + eta * neighbours) * h / order;
                v[i] += next[i];
                largest = Math.Max(largest, next[i] / v[i]);
            }

            (term, next) = (next, term);
            if (largest < 1e-18)
                break;
        }

        double top = v.Max();
        for (int i = 0; i < v.Length; i++)
            v[i] /= top;
        return Math.Log(top) - shift * h;
    }
}
