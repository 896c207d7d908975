using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>What Adam and AdamW have in common: the settings of a group and the update they lead to.</summary>
internal sealed record AdamSettings(
    double Beta1, double Beta2, double Eps, double WeightDecay, bool Amsgrad, bool Maximize)
{
    internal static AdamSettings Default { get; } = new(0.9, 0.999, 1e-8, 0, false, false);

    internal (double, double) Betas => (Beta1, Beta2);

    /// <summary>Two moments and, for AMSGrad, the largest second one.</summary>
    internal int Tensors => Amsgrad ? 3 : 2;

    internal static OptimizerSlots Slots() => new(["exp_avg", "exp_avg_sq", "max_exp_avg_sq"]);

    internal AdamSettings With((double, double) betas) =>
        (this with { Beta1 = betas.Item1, Beta2 = betas.Item2 }).Checked();

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal AdamSettings Checked()
    {
        torch.optim.Optimizer.InRange("beta1", Beta1, 0, 1 - 1e-12);
        torch.optim.Optimizer.InRange("beta2", Beta2, 0, 1 - 1e-12);
        torch.optim.Optimizer.InRange("eps", Eps, 0, double.MaxValue);
        torch.optim.Optimizer.InRange("weight_decay", WeightDecay, 0, double.MaxValue);
        return this;
    }

    internal void Update<T>(
        OptimizerSlots.Slot slot, double rate, bool decoupled, Span<T> values, ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new AdamKernel<T>(slot.Step, rate, Beta1, Beta2, Eps, WeightDecay, decoupled, Maximize).Apply(
            values, gradient, slot.Buffers[0].Span<T>(), slot.Buffers[1].Span<T>(),
            Amsgrad ? slot.Buffers[2].Span<T>() : []);
}
