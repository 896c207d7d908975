namespace FinML.Torch;

/// <summary>TorchSharp gives no access to libtorch's autocast: the mode exists, and changes nothing.</summary>
public sealed class AutocastMode : IDisposable
{
    /// <param name="enabled">Here for the signature.</param>
    public AutocastMode(bool enabled = true)
    {
    }

    /// <summary>True where this engine can autocast; where not, the mode changes nothing.</summary>
    public static bool IsSupported => false;

    public static bool IsEnabled => false;

    public void Dispose()
    {
    }
}
