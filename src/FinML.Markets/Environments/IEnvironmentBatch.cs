namespace FinML.Markets;

/// <summary>
/// Copies of one task whose steps are computed together, from arrays that hold the same part of every copy's state side
/// by side. <see cref="VectorEnvironment"/> drives it: it resets, saves and loads through the copies themselves, and
/// says with <see cref="Take"/> and <see cref="Put"/> when the two have to agree.
/// </summary>
/// <remarks>A batch gives the bits that its copies would give, one by one.</remarks>
public interface IEnvironmentBatch
{
    /// <summary>Takes the state of a copy that was reset or loaded.</summary>
    void Take(int copy);

    /// <summary>Puts the state back into a copy that is to be saved.</summary>
    void Put(int copy);

    /// <summary>Takes one step in every copy.</summary>
    /// <param name="actions">(copies, action size).</param>
    /// <param name="observations">(copies, observation size); all are written.</param>
    /// <param name="rewards">(copies); all are written.</param>
    /// <param name="terminated">(copies); all are written.</param>
    /// <param name="truncated">(copies); all are written.</param>
    /// <exception cref="ArgumentException">An action is not in the action space; then nothing has moved.</exception>
    void Step(
        ReadOnlySpan<float> actions,
        Span<float> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated);
}
