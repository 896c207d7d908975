using System.Reflection;

namespace FinML.Torch;

/// <summary>Puts tensors in place of a module's own until disposed, by exchanging native handles.</summary>
internal sealed class ModuleSubstitution : IDisposable
{
    // Layers read the handle of their parameter objects at each call: with another handle inside, the object is
    // another tensor, graph included.
    private static readonly FieldInfo Handle =
        typeof(torch.Tensor).GetField("handle", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(nameof(torch.Tensor), "handle");

    private readonly List<(torch.Tensor Target, object Own)> entries = [];

    private ModuleSubstitution()
    {
    }

    internal static IDisposable Begin(
        torch.nn.Module module, List<(torch.Tensor Target, torch.Tensor Value)> pairs)
    {
        HashSet<object> stable = new(
            module.named_parameters().Select(p => (object)p.parameter)
                .Concat(module.named_buffers().Select(b => (object)b.buffer)),
            ReferenceEqualityComparer.Instance);
        if (pairs.Any(pair => !stable.Contains(pair.Target)))
        {
            // A fresh object at each look: the values live in native code, where no exchange would reach them.
            throw new ArgumentException(
                $"functional_call: {module.GetName()} keeps its parameters in native code (recurrent and transformer "
                + "layers of TorchSharp do); they cannot be replaced.");
        }

        ModuleSubstitution result = new();
        foreach ((torch.Tensor target, torch.Tensor value) in pairs)
        {
            result.entries.Add((target, Handle.GetValue(target)!));
            Handle.SetValue(target, value.Handle);
        }

        return result;
    }

    public void Dispose()
    {
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            Handle.SetValue(entries[i].Target, entries[i].Own);
        }

        entries.Clear();
    }
}
