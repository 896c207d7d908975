namespace FinML.Torch;

/// <summary>
/// Lets other tensors stand for parameters and buffers until disposed: each target shows the elements and the graph of
/// its value, and what the graph saves of it is the value itself, which outlasts the substitution.
/// </summary>
internal sealed class Substitution : IDisposable
{
    [ThreadStatic]
    private static Dictionary<Tensor, Tensor>? standIns;

    private readonly List<(Tensor Target, Tensor.Identity Own, Tensor? Before)> entries = [];
    private bool ended;

    /// <param name="pairs">Targets, contiguous from the start of their storage, and values of their shapes.</param>
    internal Substitution(IEnumerable<(Tensor Target, Tensor Value)> pairs)
    {
        standIns ??= new(ReferenceEqualityComparer.Instance);
        SavedTensor.StartRedirection();
        foreach ((Tensor target, Tensor value) in pairs)
        {
            Tensor whole = value.IsContiguous && value.Offset == 0 ? value : value.clone();
            standIns.TryGetValue(target, out Tensor? before);
            entries.Add((target, target.Become(whole), before));
            standIns[target] = whole;
        }
    }

    /// <summary>The tensor itself, or what stands for it in this thread.</summary>
    internal static Tensor Resolve(Tensor tensor) =>
        standIns is not null && standIns.TryGetValue(tensor, out Tensor? value) ? value : tensor;

    /// <summary>What stands for what in this thread, for code that runs again later.</summary>
    internal static (Tensor Target, Tensor Value)[] Present() =>
        standIns is null ? [] : [.. standIns.Select(pair => (pair.Key, pair.Value))];

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            (Tensor target, Tensor.Identity own, Tensor? before) = entries[i];
            target.Resume(own);
            if (before is null)
            {
                standIns!.Remove(target);
            }
            else
            {
                standIns![target] = before;
            }
        }

        SavedTensor.EndRedirection();
    }
}
