using System.Numerics;

namespace FinML.Torch.Modules;

/// <summary>An optimiser that treats each element of each parameter alike: one fused pass over the elements.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private protected OptimizerHelper(double lr)
        : base(lr)
    {
    }

    private protected abstract OptimizerSlots Slots { get; }

    /// <summary>How many of the slots' tensors the parameters of a group use.</summary>
    private protected virtual int TensorsOf(ParamGroup group) => Slots.Count;

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = Evaluate(closure);
        int index = 0;
        foreach (ParamGroup group in Groups)
        {
            foreach (torch.Tensor parameter in (torch.Tensor[])group.Parameters)
            {
                if (parameter.Meta?.Gradient is { } gradient)
                    UpdateOne(group, index, parameter, gradient);
                index++;
            }
        }

        return loss;
    }

    /// <summary>The update of contiguous elements of one parameter.</summary>
    private protected abstract void Update<T>(
        ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected override IEnumerable<(string Name, torch.Tensor Value)> SaveState(int index) =>
        Slots.Save(index);

    private protected override Action LoadState(
        int index, torch.Tensor parameter, Dictionary<string, torch.Tensor> saved) =>
        Slots.Load(index, parameter, TensorsOf(GroupOf(index)), saved);

    private ParamGroup GroupOf(int index)
    {
        foreach (ParamGroup group in Groups)
        {
            int size = ((torch.Tensor[])group.Parameters).Length;
            if (index < size)
                return group;
            index -= size;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private void UpdateOne(ParamGroup group, int index, torch.Tensor parameter, torch.Tensor gradient)
    {
        if (gradient.dtype != parameter.dtype)
        {
            throw new InvalidOperationException(
                $"parameter {index} is {parameter.dtype}, its gradient {gradient.dtype}.");
        }

        if (parameter.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64))
        {
            throw new InvalidOperationException(
                $"step: parameter {index} is {parameter.dtype}, too coarse to add small steps to; keep it Float32 and "
                + "train under autocast.");
        }

        torch.Tensor target = parameter.IsContiguous ? parameter : parameter.detach().clone();
        torch.Tensor source = gradient.IsContiguous ? gradient : gradient.detach().contiguous();
        if (parameter.dtype == torch.ScalarType.Float32)
            Update(group, index, parameter, target.Span<float>(), source.Span<float>());
        else
            Update(group, index, parameter, target.Span<double>(), source.Span<double>());
        if (!ReferenceEquals(target, parameter))
            Copying.Copy(target, parameter);
        parameter.MarkWritten("optimizer.step");
    }
}
