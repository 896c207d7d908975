namespace FinML.Torch;

/// <summary>What returns the module in its own type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts floating parameters and buffers; gradients are dropped.</summary>
    /// <param name="module">Stays the same object.</param>
    /// <param name="type">A floating dtype.</param>
    /// <param name="non_blocking">Here for source compatibility.</param>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.Convert(type);
        return module;
    }

    /// <summary>Converts floating parameters and buffers; the managed engine runs on the CPU.</summary>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => module.to(type);

    /// <summary>Here for source compatibility: the managed engine runs on the CPU.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => module;

    /// <summary>Takes the dtype of a tensor.</summary>
    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false)
        where T : torch.nn.Module => module.to(other.dtype);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module;

    public static T @double<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float64);

    public static T @float<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float32);

    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16);
}
