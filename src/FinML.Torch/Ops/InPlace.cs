namespace FinML.Torch;

/// <summary>What every in-place operation shares: who may be written, the version, and the graph afterwards.</summary>
internal static class InPlace
{
    /// <summary>Checks that autograd allows to write <paramref name="target"/> in place.</summary>
    internal static void Check(string name, Tensor target)
    {
        if (!GradMode.Enabled || !target.requires_grad)
        {
            return;
        }

        if (target.is_leaf || target.ViewBase is { Meta.IsLeaf: true })
        {
            throw new InvalidOperationException(
                $"{name}: a leaf that requires grad (shape {Shapes.Text(target.Sizes)}), or a view of one, cannot be "
                + "written in place while gradients are recorded; write it inside torch.no_grad().");
        }
    }

    /// <summary>target = result, with target taking the place of result in the graph.</summary>
    internal static Tensor Replace(string name, Tensor target, Tensor result)
    {
        Check(name, target);
        Fits(name, target, result.Sizes, result.dtype);
        if (Tracer.Recording)
        {
            Tracer.Replace(name, target, result.to(target.dtype));
            return target;
        }

        Copying.Copy(result, target);
        Finish(name, target, result);
        return target;
    }

    /// <summary>After <paramref name="result"/>, which broadcasts, was written to <paramref name="target"/>: its
    /// version, its tangent and its place in the graph.</summary>
    internal static void Finish(string name, Tensor target, Tensor result)
    {
        Tensor? tangent = Tangents.Of(result);
        target.MarkWritten(name);
        if (tangent is not null)
        {
            Tangents.Set(target, tangent);
        }

        if (Node.Recorded([target, result]))
        {
            result = result.to(target.dtype);
            target.Rebase(Shapes.Equal(result.Sizes, target.Sizes) ? result : result.expand(target.Sizes));
        }
    }

    internal static void Fits(string name, Tensor target, long[] sizes, ScalarType type)
    {
        if (!Shapes.Equal(sizes, target.Sizes))
        {
            throw new ArgumentException(
                $"{name}: a result of shape {Shapes.Text(sizes)} does not fit the tensor of shape "
                + $"{Shapes.Text(target.Sizes)} that it is written to.");
        }

        if (type.Category() > target.dtype.Category())
        {
            throw new ArgumentException(
                $"{name}: a result of dtype {type} cannot be written to a tensor of {target.dtype}.");
        }
    }
}
