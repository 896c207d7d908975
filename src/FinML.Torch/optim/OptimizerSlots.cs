namespace FinML.Torch;

/// <summary>The buffers of an optimiser: for each parameter named tensors of its shape, and a count of steps.</summary>
internal sealed class OptimizerSlots(params string[] names)
{
    private readonly Dictionary<int, (long[] Step, torch.Tensor[] Buffers)> slots = [];

    /// <summary>The buffers of a parameter, zero before its first step, and the count of its steps after this one.
    /// </summary>
    internal (long Step, torch.Tensor[] Buffers) Next(int index, torch.Tensor parameter)
    {
        if (!slots.TryGetValue(index, out (long[] Step, torch.Tensor[] Buffers) slot)
            || (slot.Buffers.Length > 0 && slot.Buffers[0].dtype != parameter.dtype))
        {
            // A parameter that changed its precision keeps its moments, in the new one.
            bool known = slot.Buffers is not null;
            slot = (
                known ? slot.Step : [0],
                names.Select((_, i) => (known
                    ? slot.Buffers![i].to(parameter.dtype)
                    : torch.Tensor.Uninitialized(parameter.Sizes, parameter.dtype).ZeroFill())
                    .DetachFromDisposeScope()).ToArray());
            slots[index] = slot;
        }

        return (++slot.Step[0], slot.Buffers);
    }

    internal IEnumerable<(string Name, torch.Tensor Value)> Save(int index)
    {
        if (!slots.TryGetValue(index, out (long[] Step, torch.Tensor[] Buffers) slot))
        {
            yield break;
        }

        yield return ("step", torch.Tensor.Of(slot.Step[0]));
        for (int i = 0; i < names.Length; i++)
        {
            yield return (names[i], slot.Buffers[i].detach().clone());
        }
    }

    internal Action Load(int index, torch.Tensor parameter, Dictionary<string, torch.Tensor> saved)
    {
        if (saved.Count == 0)
        {
            return () => slots.Remove(index);
        }

        if (saved.Count != names.Length + 1 || !saved.TryGetValue("step", out torch.Tensor? step)
            || step.dtype != torch.ScalarType.Int64 || step.Count != 1)
        {
            throw new ArgumentException(
                $"the state of parameter {index} must hold step (one Int64)"
                + $"{string.Concat(names.Select(n => ", " + n))}; got {string.Join(", ", saved.Keys.Order())}.");
        }

        torch.Tensor[] buffers = new torch.Tensor[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (!saved.TryGetValue(names[i], out torch.Tensor? value)
                || !Shapes.Equal(value.Sizes, parameter.Sizes) || value.dtype != parameter.dtype)
            {
                throw new ArgumentException(
                    $"the state of parameter {index} must hold {names[i]} as "
                    + $"{parameter.dtype}{Shapes.Text(parameter.Sizes)}, got "
                    + (value is null ? "nothing." : $"{value.dtype}{Shapes.Text(value.Sizes)}."));
            }

            buffers[i] = value.detach().clone().DetachFromDisposeScope();
        }

        long count = step.Span<long>()[0];
        return () => slots[index] = ([count], buffers);
    }
}
