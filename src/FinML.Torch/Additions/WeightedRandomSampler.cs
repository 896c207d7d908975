using System.Collections;

namespace FinML.Torch;

/// <summary>Indices drawn with probabilities in proportion to weights, as for classes of unequal size. Every
/// enumeration draws anew, when it begins.</summary>
public sealed class WeightedRandomSampler : IReadOnlyCollection<long>
{
    private readonly double[] weights;
    private readonly int samples;
    private readonly bool replacement;
    private readonly torch.Generator? generator;

    /// <param name="weights">Index i's is proportional to its probability: finite, not negative, not all 0.</param>
    /// <param name="num_samples">Draws in an enumeration, at least 1.</param>
    /// <param name="replacement">Whether an index may come again; without, num_samples is at most the number of
    /// positive weights.</param>
    /// <param name="generator">Where draws come from; left out: torch.manual_seed's.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public WeightedRandomSampler(
        IEnumerable<double> weights, long num_samples, bool replacement = true, torch.Generator? generator = null)
    {
        this.weights = [.. weights];
        foreach (double weight in this.weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException(
                    $"WeightedRandomSampler: weights must be finite and at least 0, got {weight}.", nameof(weights));
            }
        }

        int positive = this.weights.Count(w => w > 0);
        if (positive == 0 || num_samples < 1 || (!replacement && num_samples > positive))
        {
            throw new ArgumentException(
                $"WeightedRandomSampler: {num_samples} samples {(replacement ? "with" : "without")} replacement cannot "
                + $"be drawn from {positive} positive weights.", nameof(num_samples));
        }

        samples = Samples.CheckedCount(nameof(WeightedRandomSampler), num_samples);
        (this.replacement, this.generator) = (replacement, generator);
    }

    public int Count => samples;

    public IEnumerator<long> GetEnumerator()
    {
        foreach (long index in Draw())
            yield return index;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long[] Draw()
    {
        using torch.Tensor probabilities = torch.tensor(weights);
        using torch.Tensor drawn = torch.multinomial(probabilities, samples, replacement, generator);
        return drawn.data<long>().ToArray();
    }
}
