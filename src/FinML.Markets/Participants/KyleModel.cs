namespace FinML.Markets.Participants;

/// <summary>
/// The linear equilibrium of Kyle's sequential auctions: an insider who knows v ~ N(p₀, Σ₀) trades
/// Δx_n = β_n (v - p_(n-1)) Δt, noise traders Δu_n ~ N(0, σ_u² Δt), and the market maker sets
/// Δp_n = λ_n (Δx_n + Δu_n), the expectation given the order flow.
/// </summary>
/// <remarks>
/// A. S. Kyle, "Continuous auctions and insider trading", Econometrica 53 (1985), theorem 2. With one auction
/// λ = √Σ₀ / (2 σ_u), β = σ_u / √Σ₀, the value's variance halves and the insider expects σ_u √Σ₀ / 2; with many
/// λ tends to √Σ₀ / σ_u and the profit to σ_u √Σ₀. The difference equations are run backwards from a last variance of
/// 1, and scaled: prices by √Σ₀, so that no boundary has to be searched for.
/// </remarks>
public sealed class KyleModel
{
    private readonly double[] lambdas, betas, variances; // (auctions)

    /// <param name="auctions">N; 1 to 100,000. Δt = 1 / N.</param>
    /// <param name="priorVariance">Σ₀; above 0 to 1e12.</param>
    /// <param name="noiseDeviation">σ_u over the whole time; above 0 to 1e9.</param>
    public KyleModel(int auctions = 1, double priorVariance = 1, double noiseDeviation = 1)
    {
        Require.InRange(auctions, 1, 100_000, nameof(auctions));
        Require.InRange(priorVariance, 1e-12, 1e12, nameof(priorVariance));
        Require.InRange(noiseDeviation, 1e-9, 1e9, nameof(noiseDeviation));
        PriorVariance = priorVariance;
        NoiseDeviation = noiseDeviation;
        TimeStep = 1.0 / auctions;
        lambdas = new double[auctions];
        betas = new double[auctions];
        variances = new double[auctions];
        ExpectedProfit = Solve();
    }

    /// <summary>N.</summary>
    public int Auctions => lambdas.Length;

    public double PriorVariance { get; }

    public double NoiseDeviation { get; }

    /// <summary>Δt.</summary>
    public double TimeStep { get; }

    /// <summary>What the insider expects before knowing v: α₀ Σ₀ + δ₀.</summary>
    public double ExpectedProfit { get; }

    /// <summary>λ_n, the price's answer to a unit of order flow, n = 0 .. N - 1.</summary>
    public double Lambda(int auction) => lambdas[auction];

    /// <summary>β_n: the insider trades β_n (v - p) Δt.</summary>
    public double Beta(int auction) => betas[auction];

    /// <summary>Σ_n, the variance of v given the order flow of this auction and those before.</summary>
    public double Variance(int auction) => variances[auction];

    private double Solve()
    {
        double flow = NoiseDeviation * NoiseDeviation * TimeStep; // variance of Δu
        double alpha = 0, delta = 0, variance = 1;
        for (int n = Auctions - 1; n >= 0; n--)
        {
            double lambda = SolveLambda(alpha, flow / variance), margin = 1 - alpha * lambda;
            lambdas[n] = lambda;
            betas[n] = lambda * NoiseDeviation * NoiseDeviation / variance; // λ_n = β_n Σ_n / σ_u²
            variances[n] = variance;
            delta += alpha * lambda * lambda * flow;
            variance /= 1 - betas[n] * lambda * TimeStep;
            alpha = 1 / (4 * lambda * margin);
        }

        // Prices in units in which the prior variance is the one asked for.
        double scale = Math.Sqrt(PriorVariance / variance);
        for (int n = 0; n < Auctions; n++)
        {
            lambdas[n] *= scale;
            betas[n] /= scale;
            variances[n] *= scale * scale;
        }

        return scale * (alpha * variance + delta);
    }

    /// <summary>
    /// The root of (1 - c λ²)(1 - α λ) = 1/2 below the first zero of a factor, where the left side falls from 1 to 0:
    /// the insider's first-order condition with λ_n = β_n Σ_n / σ_u² put in.
    /// </summary>
    private static double SolveLambda(double alpha, double c)
    {
        double low = 0, high = Math.Min(1 / Math.Sqrt(c), alpha > 0 ? 1 / alpha : double.PositiveInfinity);
        while (true)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
                return middle;
            if ((1 - c * middle * middle) * (1 - alpha * middle) > 0.5)
                low = middle;
            else
                high = middle;
        }
    }
}
