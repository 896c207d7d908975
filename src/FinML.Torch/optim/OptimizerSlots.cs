namespace FinML.Torch;

/// <summary>The state of an optimiser: for each parameter named tensors of its shape, named numbers, and a count of
/// steps.</summary>
/// <param name="names">Of the tensors.</param>
/// <param name="numbers">Of the numbers, which start at 1 (running products).</param>
internal sealed class OptimizerSlots(string[] names, params string[] numbers)
{
    private readonly Dictionary<int, Slot> slots = [];

    /// <summary>How many tensors a parameter can have.</summary>
    internal int Count => names.Length;

    /// <summary>The state of a parameter with its steps counted up by this one.</summary>
    /// <param name="index">Of the parameter.</param>
    /// <param name="parameter">Gives shape and dtype.</param>
    /// <param name="count">How many of the tensors are in use.</param>
    /// <param name="start">What the first tensor holds before the first step; the others hold zeros.</param>
    internal Slot Next(int index, torch.Tensor parameter, int count, double start = 0)
    {
        if (!slots.TryGetValue(index, out Slot? slot))
        {
            slot = new Slot(new torch.Tensor[count], new double[numbers.Length]);
            for (int i = 0; i < count; i++)
            {
                torch.Tensor buffer = torch.Tensor.Uninitialized(parameter.Sizes, parameter.dtype);
                slot.Buffers[i] = (i == 0 ? buffer.FillWith(start) : buffer.ZeroFill()).DetachFromDisposeScope();
            }

            Array.Fill(slot.Numbers, 1);
            slots[index] = slot;
        }
        else if (slot.Buffers.Length > 0 && slot.Buffers[0].dtype != parameter.dtype)
        {
            // A parameter that changed its precision keeps its moments, in the new one.
            for (int i = 0; i < count; i++)
                slot.Buffers[i] = slot.Buffers[i].to(parameter.dtype).DetachFromDisposeScope();
        }

        slot.Step++;
        return slot;
    }

    internal IEnumerable<(string Name, torch.Tensor Value)> Save(int index)
    {
        if (!slots.TryGetValue(index, out Slot? slot))
            yield break;
        yield return ("step", torch.Tensor.Of(slot.Step));
        for (int i = 0; i < slot.Buffers.Length; i++)
            yield return (names[i], slot.Buffers[i].detach().clone());
        for (int i = 0; i < numbers.Length; i++)
            yield return (numbers[i], torch.Tensor.Of(slot.Numbers[i]));
    }

    internal Action Load(int index, torch.Tensor parameter, int count, Dictionary<string, torch.Tensor> saved)
    {
        if (saved.Count == 0)
            return () => slots.Remove(index);
        if (saved.Count != count + numbers.Length + 1 || !saved.TryGetValue("step", out torch.Tensor? step)
            || step.dtype != torch.ScalarType.Int64 || step.Count != 1)
        {
            throw new ArgumentException(
                $"the state of parameter {index} must hold step (one Int64)"
                + $"{string.Concat(names[..count].Concat(numbers).Select(n => ", " + n))}; got "
                + $"{string.Join(", ", saved.Keys.Order())}.");
        }

        var slot = new Slot(new torch.Tensor[count], new double[numbers.Length])
        {
            Step = step.Span<long>()[0],
        };
        for (int i = 0; i < count; i++)
        {
            torch.Tensor value = Check(index, names[i], parameter.Sizes, parameter.dtype, saved);
            slot.Buffers[i] = value.detach().clone().DetachFromDisposeScope();
        }

        for (int i = 0; i < numbers.Length; i++)
            slot.Numbers[i] = Check(index, numbers[i], [], torch.ScalarType.Float64, saved).Span<double>()[0];
        return () => slots[index] = slot;
    }

    private static torch.Tensor Check(
        int index, string name, long[] shape, torch.ScalarType type, Dictionary<string, torch.Tensor> saved)
    {
        bool there = saved.TryGetValue(name, out torch.Tensor? value);
        return there && Shapes.Equal(value!.Sizes, shape) && value.dtype == type
            ? value
            : throw new ArgumentException(
                $"the state of parameter {index} must hold {name} as {type}{Shapes.Text(shape)}, got "
                + (there ? $"{value!.dtype}{Shapes.Text(value.Sizes)}." : "nothing."));
    }

    /// <summary>The state of one parameter.</summary>
    internal sealed class Slot(torch.Tensor[] buffers, double[] numbers)
    {
        internal long Step { get; set; }

        internal torch.Tensor[] Buffers { get; } = buffers;

        internal double[] Numbers { get; } = numbers;
    }
}
