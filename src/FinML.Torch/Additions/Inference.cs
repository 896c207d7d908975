namespace FinML.Torch;

/// <summary>Compiles modules for inference. The module is run once on the example, in the shapes and the mode (train or
/// eval) that it has; its parameters and buffers become constants.</summary>
public static class Inference
{
    /// <summary>A plan of a module with one input and one output.</summary>
    /// <param name="module">In evaluation mode, where it has dropout or batch normalisation.</param>
    /// <param name="example">An input; the plan is for its shape and dtype.</param>
    /// <exception cref="InvalidOperationException">The module does something that a trace cannot hold: it reads
    /// elements, draws random numbers, writes in place to what outlives the call, or runs an operation without a step;
    /// the message names it.</exception>
    public static InferencePlan compile_inference(this nn.Module<Tensor, Tensor> module, Tensor example)
    {
        ArgumentNullException.ThrowIfNull(module);
        return compile_inference(module, x => [module.call(x[0])], example);
    }

    /// <summary>A plan of a module with two inputs.</summary>
    /// <inheritdoc cref="compile_inference(nn.Module{Tensor, Tensor}, Tensor)"/>
    public static InferencePlan compile_inference(
        this nn.Module<Tensor, Tensor, Tensor> module, Tensor example1, Tensor example2)
    {
        ArgumentNullException.ThrowIfNull(module);
        return compile_inference(module, x => [module.call(x[0], x[1])], example1, example2);
    }

    /// <summary>A plan of any use of a module: an LSTM with its state is
    /// <c>lstm.compile_inference(x => { var (y, h, c) = lstm.call(x[0], (x[1], x[2])); return [y, h, c]; }, input, h,
    /// c)</c>.</summary>
    /// <param name="module">Whose parameters the function uses.</param>
    /// <param name="forward">Inputs to outputs; it runs once, here.</param>
    /// <param name="examples">An example of each input.</param>
    /// <inheritdoc cref="compile_inference(nn.Module{Tensor, Tensor}, Tensor)"/>
    public static InferencePlan compile_inference(
        this nn.Module module, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward,
        params IReadOnlyList<Tensor> examples) =>
        InferencePlan.Compile(module, forward, examples);
}
