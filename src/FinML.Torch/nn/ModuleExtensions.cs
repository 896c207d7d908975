namespace FinML.Torch;

/// <summary>What returns the module in its own type.</summary>
public static class ModuleExtensions
{
    /// <summary>Converts floating parameters and buffers; gradients are dropped.</summary>
    public static T to<T>(this T module, torch.ScalarType type)
        where T : torch.nn.Module
    {
        module.Convert(type);
        return module;
    }

    /// <summary>Here for source compatibility: the managed engine runs on the CPU.</summary>
    public static T to<T>(this T module, torch.Device device)
        where T : torch.nn.Module => module;

    public static T cpu<T>(this T module)
        where T : torch.nn.Module => module;

    public static T @double<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float64);

    public static T bfloat16<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16);

    public static T @float<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float32);
}
