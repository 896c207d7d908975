namespace FinML.Torch;

/// <summary>Whether operations record nodes; one switch a thread, so threads train independently.</summary>
internal static class GradMode
{
    [ThreadStatic]
    private static bool disabled;

    [ThreadStatic]
    private static bool inference;

    internal static bool Enabled
    {
        get => !disabled;
        set => disabled = !value;
    }

    internal static bool Inference
    {
        get => inference;
        set => inference = value;
    }
}

/// <summary>Sets the grad mode of the thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool previous = GradMode.Enabled;
    private bool ended;

    internal AutoGradMode(bool enabled) => GradMode.Enabled = enabled;

    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            GradMode.Enabled = previous;
        }
    }
}

/// <summary>Sets the inference mode of the thread, and with it the grad mode, until disposed.</summary>
internal sealed class InferenceMode : IDisposable
{
    private readonly bool gradWas = GradMode.Enabled, inferenceWas = GradMode.Inference;
    private bool ended;

    internal InferenceMode(bool mode)
    {
        GradMode.Enabled = !mode;
        GradMode.Inference = mode;
    }

    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            GradMode.Enabled = gradWas;
            GradMode.Inference = inferenceWas;
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

    public static bool is_grad_enabled() => GradMode.Enabled;

    /// <summary>As <see cref="no_grad"/> until the result is disposed. With <paramref name="mode"/> false it ends an
    /// inference mode around it: gradients are recorded again.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => GradMode.Inference;
}
