namespace FinML.Torch;

/// <summary>
/// Scales losses so that small gradients survive a narrow format, and skips the steps whose gradients overflowed
/// (P. Micikevicius et al., "Mixed precision training", 2018). bfloat16 has float32's range and seldom needs it; it is
/// here for losses that overflow now and then, and for code written against it.
/// <code>
/// scaler.scale(loss).backward();
/// scaler.unscale_(optimizer);          // only to look at the gradients, or to clip them
/// scaler.step(optimizer);
/// scaler.update();
/// </code>
/// </summary>
public sealed class GradScaler
{
    private readonly double growthFactor, backoffFactor;
    private readonly long growthInterval;
    private readonly Dictionary<torch.optim.Optimizer, bool> unscaled = new(ReferenceEqualityComparer.Instance);
    private double factor;
    private long steady;
    private bool found;

    /// <param name="init_scale">The first scale, above 0.</param>
    /// <param name="growth_factor">What the scale is multiplied by after growth_interval steps without overflow,
    /// above 1.</param>
    /// <param name="backoff_factor">What it is multiplied by after an overflow, in (0, 1).</param>
    /// <param name="growth_interval">At least 1.</param>
    /// <param name="enabled">False makes all of this the plain step.</param>
    public GradScaler(
        double init_scale = 65536, double growth_factor = 2, double backoff_factor = 0.5, long growth_interval = 2000,
        bool enabled = true)
    {
        Require(init_scale > 0 && double.IsFinite(init_scale), nameof(init_scale), init_scale, "above 0");
        Require(growth_factor > 1, nameof(growth_factor), growth_factor, "above 1");
        Require(backoff_factor is > 0 and < 1, nameof(backoff_factor), backoff_factor, "in (0, 1)");
        Require(growth_interval >= 1, nameof(growth_interval), growth_interval, "at least 1");
        (factor, growthFactor, backoffFactor) = (init_scale, growth_factor, backoff_factor);
        (growthInterval, is_enabled) = (growth_interval, enabled);
    }

    public bool is_enabled { get; }

    /// <summary>The present scale; 1 where not enabled.</summary>
    public double get_scale() => is_enabled ? factor : 1;

    /// <summary>The loss times the scale.</summary>
    public torch.Tensor scale(torch.Tensor outputs) => is_enabled ? outputs * factor : outputs;

    /// <summary>Divides the gradients of the optimizer's parameters by the scale, and looks for infinities and NaN.
    /// Once before each step at most.</summary>
    /// <exception cref="InvalidOperationException">Called twice since the last update.</exception>
    public void unscale_(torch.optim.Optimizer optimizer)
    {
        if (!is_enabled)
        {
            return;
        }

        if (unscaled.ContainsKey(optimizer))
        {
            throw new InvalidOperationException(
                "unscale_: the gradients of this optimizer were unscaled already since the last update.");
        }

        bool overflow = false;
        using (torch.no_grad())
        using (torch.NewDisposeScope())
        {
            foreach (torch.Tensor parameter in optimizer.parameters())
            {
                if (parameter.grad is { } gradient)
                {
                    gradient.mul_(1 / factor);
                    overflow |= !gradient.isfinite().all().ToBoolean();
                }
            }
        }

        unscaled[optimizer] = overflow;
        found |= overflow;
    }

    /// <summary>The optimizer's step, left out where a gradient is infinite or NaN.</summary>
    /// <returns>What the optimizer gives, or null where the step was left out.</returns>
    public torch.Tensor? step(torch.optim.Optimizer optimizer)
    {
        if (!is_enabled)
        {
            return optimizer.step();
        }

        if (!unscaled.ContainsKey(optimizer))
        {
            unscale_(optimizer);
        }

        return unscaled[optimizer] ? null : optimizer.step();
    }

    /// <summary>Adapts the scale, once after the steps of all optimizers; or sets it.</summary>
    public void update(double? new_scale = null)
    {
        if (!is_enabled)
        {
            return;
        }

        if (new_scale is { } given)
        {
            Require(given > 0 && double.IsFinite(given), nameof(new_scale), given, "above 0");
            factor = given;
        }
        else if (found)
        {
            factor *= backoffFactor;
            steady = 0;
        }
        else if (++steady == growthInterval)
        {
            factor *= growthFactor;
            steady = 0;
        }

        unscaled.Clear();
        found = false;
    }

    /// <summary>Scale and steps since it last changed: with the constructor's arguments all there is.</summary>
    public (double scale, long growth_tracker) state_dict() => (factor, steady);

    public void load_state_dict((double scale, long growth_tracker) state_dict)
    {
        Require(
            state_dict.scale > 0 && double.IsFinite(state_dict.scale), nameof(state_dict), state_dict.scale, "above 0");
        (factor, steady) = state_dict;
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}, got {value}.");
        }
    }
}
