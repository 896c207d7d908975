using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>
/// Events of several types that excite each other: type i comes at rate
/// λ_i(t) = μ_i + Σ_j Σ_(events s of j) α_ij exp(-β (t - s)). Drawn exactly by Ogata's thinning: between events the
/// rates only fall, so that the present ones bound them.
/// </summary>
/// <remarks>
/// A. G. Hawkes, "Spectra of some self-exciting and mutually exciting point processes", Biometrika 58 (1971); Y. Ogata,
/// "On Lewis' simulation method for point processes", IEEE Transactions on Information Theory 27 (1981). Stationary
/// where the spectral radius of α / β is below 1; then the mean rates are (I - α / β)^-1 μ.
/// </remarks>
public sealed class HawkesProcess
{
    private readonly double[] baseRates, excited; // (types)
    private readonly double[,] excitation; // (types, types): on row i by an event of column j
    private readonly double decay;

    /// <param name="baseRates">μ, (types); 0 to 1e9, one of them above 0.</param>
    /// <param name="excitation">α, (types, types); 0 to 1e9.</param>
    /// <param name="decay">β; above 0 to 1e9.</param>
    /// <exception cref="ArgumentException">A parameter lies outside its range, or the process is not
    /// stationary.</exception>
    public HawkesProcess(IReadOnlyList<double> baseRates, double[,] excitation, double decay)
    {
        ArgumentNullException.ThrowIfNull(baseRates);
        ArgumentNullException.ThrowIfNull(excitation);
        Require.InRange(decay, 1e-9, 1e9, nameof(decay));
        Require.SameLength(excitation.GetLength(0), baseRates.Count, nameof(excitation), nameof(baseRates));
        Require.SameLength(excitation.GetLength(1), baseRates.Count, nameof(excitation), nameof(baseRates));
        foreach (double rate in baseRates)
            Require.InRange(rate, 0, 1e9, nameof(baseRates));
        foreach (double value in excitation)
            Require.InRange(value, 0, 1e9, nameof(excitation));
        if (!(baseRates.Sum() > 0))
            throw new ArgumentException("One of the base rates has to be above 0.", nameof(baseRates));
        this.baseRates = [.. baseRates];
        this.excitation = (double[,])excitation.Clone();
        this.decay = decay;
        excited = new double[baseRates.Count];
        MeanRates = Stationary();
    }

    /// <summary>(I - α / β)^-1 μ, events of each type per unit of time, (types).</summary>
    public IReadOnlyList<double> MeanRates { get; }

    public int Types => baseRates.Length;

    /// <summary>Forgets all events.</summary>
    public void Reset() => Array.Clear(excited);

    /// <summary>λ_i now.</summary>
    public double Rate(int type) => baseRates[type] + excited[type];

    /// <summary>Goes on to the next event.</summary>
    public (double Wait, int Type) Next(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double wait = 0;
        while (true)
        {
            double bound = Total(), step = -Math.Log(1 - random.NextDouble()) / bound;
            double kept = Math.Exp(-decay * step);
            for (int i = 0; i < excited.Length; i++)
                excited[i] *= kept;
            wait += step;
            double draw = random.NextDouble() * bound;
            for (int type = 0; type < excited.Length; type++)
            {
                draw -= Rate(type);
                if (draw >= 0)
                    continue;
                for (int i = 0; i < excited.Length; i++)
                    excited[i] += excitation[i, type];
                return (wait, type);
            }
        }
    }

    internal void Save(BinaryWriter writer) => StateBytes.WriteArray<double>(writer, excited);

    internal void Load(BinaryReader reader) => StateBytes.ReadArray<double>(reader, excited);

    private double Total() => baseRates.Sum() + excited.Sum();

    /// <summary>μ + (α / β) μ + (α / β)² μ + ..., each term what one more generation of events adds.</summary>
    private double[] Stationary()
    {
        const int MostGenerations = 100_000;
        double[] sum = [.. baseRates], term = [.. baseRates];
        for (int generation = 0; generation < MostGenerations; generation++)
        {
            double[] next = new double[term.Length];
            for (int i = 0; i < next.Length; i++)
            {
                for (int j = 0; j < next.Length; j++)
                    next[i] += excitation[i, j] / decay * term[j];
                sum[i] += next[i];
            }

            term = next;
            if (!double.IsFinite(sum.Sum()))
                break;
            if (term.Sum() < 1e-15 * sum.Sum())
                return sum;
        }

        throw new ArgumentException(
            "The process is not stationary: the spectral radius of excitation / decay has to be below 1.");
    }
}
