namespace FinML.Torch;

/// <summary>Whether operations record nodes; one switch a thread, so threads train independently.</summary>
internal static class GradMode
{
    [ThreadStatic]
    private static bool disabled;

    internal static bool Enabled
    {
        get => !disabled;
        set => disabled = !value;
    }
}

/// <summary>Sets the grad mode of the thread until disposed.</summary>
public sealed class AutoGradMode : IDisposable
{
    private readonly bool previous = GradMode.Enabled;
    private bool ended;

    public AutoGradMode(bool enabled) => GradMode.Enabled = enabled;

    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            GradMode.Enabled = previous;
        }
    }
}

public static partial class torch
{
    /// <summary>No operation records a node until the result is disposed.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Operations record nodes (or not) until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    /// <summary>As <see cref="no_grad"/> where <paramref name="mode"/> is true.</summary>
    public static IDisposable inference_mode(bool mode = true) => new AutoGradMode(!mode && GradMode.Enabled);

    public static bool is_grad_enabled() => GradMode.Enabled;
}
