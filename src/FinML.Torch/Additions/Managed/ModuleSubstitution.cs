namespace FinML.Torch;

/// <summary>Puts tensors in place of a module's own until disposed.</summary>
internal static class ModuleSubstitution
{
    internal static IDisposable Begin(
        torch.nn.Module module, List<(torch.Tensor Target, torch.Tensor Value)> pairs)
    {
        foreach ((torch.Tensor target, _) in pairs)
        {
            if (!target.IsContiguous || target.Offset != 0)
            {
                throw new ArgumentException(
                    $"functional_call: {module.GetName()} holds a buffer of shape {Shapes.Text(target.Sizes)} that is "
                    + "a view; register a copy of it.");
            }
        }

        return new Substitution(pairs);
    }
}
