namespace FinML.Torch;

/// <summary>
/// A running mean of a model's weights, a = decay a + (1 - decay) w, for evaluation (Polyak and Juditsky, 1992). With
/// bias correction the mean starts at zero and is divided by 1 - decay^t, as Adam's moments are: early means then weigh
/// all weights seen so far rather than the initial ones. Buffers are not averaged.
/// </summary>
public sealed class ExponentialMovingAverage : IDisposable
{
    private const string CountKey = "updates";

    private readonly (string Name, torch.Tensor Weight, torch.Tensor Mean)[] entries;
    private readonly double decay;
    private readonly bool corrected;
    private torch.Tensor[]? replaced;
    private long updates;

    /// <param name="module">Whose parameters are averaged.</param>
    /// <param name="decay">In [0, 1).</param>
    /// <param name="bias_correction">Start at zero and correct, rather than start at the present weights.</param>
    public ExponentialMovingAverage(torch.nn.Module module, double decay = 0.999, bool bias_correction = false)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!(decay >= 0 && decay < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, $"decay must be in [0, 1), got {decay}.");
        this.decay = decay;
        corrected = bias_correction;
        entries = module.named_parameters().Select(p => (
            p.name, (torch.Tensor)p.parameter,
            (corrected ? torch.zeros_like(p.parameter.detach()) : p.parameter.detach().clone())
                .DetachFromDisposeScope())).ToArray();
    }

    /// <summary>True between <see cref="swap_in"/> and <see cref="swap_out"/>.</summary>
    public bool is_swapped_in => replaced is not null;

    /// <summary>Takes the present weights into the mean; call it after the optimiser's step.</summary>
    /// <exception cref="InvalidOperationException">The means are swapped in.</exception>
    public void update()
    {
        CheckOut();
        updates++;
        using IDisposable off = torch.no_grad();
        foreach ((_, torch.Tensor weight, torch.Tensor mean) in entries)
            mean.mul_(decay).add_(weight.detach(), 1 - decay);
    }

    /// <summary>Puts the means in the weights' place. Dispose what is returned, or call <see cref="swap_out"/>, to have
    /// the weights back.</summary>
    /// <exception cref="InvalidOperationException">They are in already, or nothing was averaged yet.</exception>
    public IDisposable swap_in()
    {
        CheckOut();
        if (corrected && updates == 0)
            throw new InvalidOperationException("no weights were averaged yet: call update() first.");
        using IDisposable off = torch.no_grad();
        replaced = entries.Select(e => e.Weight.detach().clone().DetachFromDisposeScope()).ToArray();
        foreach ((_, torch.Tensor weight, torch.Tensor mean) in entries)
            weight.detach().copy_(Corrected(mean));
        return new Swap(this);
    }

    /// <summary>Puts the weights back; nothing happens when they are.</summary>
    public void swap_out()
    {
        if (replaced is null)
            return;
        using IDisposable off = torch.no_grad();
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i].Weight.detach().copy_(replaced[i]);
            replaced[i].Dispose();
        }

        replaced = null;
    }

    /// <summary>Copies of the means, corrected where asked, by the parameters' names.</summary>
    public Dictionary<string, torch.Tensor> averages() => entries.ToDictionary(e => e.Name, e => Corrected(e.Mean));

    /// <summary>Copies of the raw means by the parameters' names, and the count of updates.</summary>
    public Dictionary<string, torch.Tensor> state_dict()
    {
        Dictionary<string, torch.Tensor> state = entries.ToDictionary(e => e.Name, e => e.Mean.clone());
        state[CountKey] = torch.tensor(updates);
        return state;
    }

    /// <summary>Takes up a state; nothing changes when it does not fit.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs.</exception>
    public void load_state_dict(Dictionary<string, torch.Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckOut();
        string[] wanted = [.. entries.Select(e => e.Name), CountKey];
        string[] odd = wanted.Except(state.Keys).Concat(state.Keys.Except(wanted)).ToArray();
        if (odd.Length > 0)
            throw new ArgumentException($"the state has missing or unknown keys: {string.Join(", ", odd)}.");
        foreach ((string name, _, torch.Tensor mean) in entries)
        {
            if (!state[name].shape.SequenceEqual(mean.shape))
            {
                throw new ArgumentException(
                    $"'{name}' has shape [{string.Join(", ", mean.shape)}], the state holds "
                    + $"[{string.Join(", ", state[name].shape)}].");
            }
        }

        using IDisposable off = torch.no_grad();
        foreach ((string name, _, torch.Tensor mean) in entries)
            mean.copy_(state[name]);
        updates = state[CountKey].item<long>();
    }

    /// <summary>Puts the weights back and lets go of the means.</summary>
    public void Dispose()
    {
        swap_out();
        foreach ((_, _, torch.Tensor mean) in entries)
            mean.Dispose();
    }

    private torch.Tensor Corrected(torch.Tensor mean) =>
        corrected && updates > 0 ? mean / (1 - Math.Pow(decay, updates)) : mean.clone();

    private void CheckOut()
    {
        if (replaced is not null)
            throw new InvalidOperationException("the means are in the weights' place: call swap_out() first.");
    }

    private sealed class Swap(ExponentialMovingAverage owner) : IDisposable
    {
        public void Dispose() => owner.swap_out();
    }
}
