namespace FinML.Torch;

/// <summary>Calls a module with other tensors in place of its parameters and buffers.</summary>
public static class FunctionalCall
{
    /// <summary>
    /// The result of <c>module.call(input)</c> with the given tensors in place of parameters and buffers. The result
    /// is differentiable through them, whether they are leaves or were computed (an inner gradient step, as in C. Finn
    /// et al., "Model-agnostic meta-learning", 2017); the module's own parameters take no part. Calls nest, and the
    /// module is as before afterwards, also when the call throws. Calls of one module from several threads take turns;
    /// a plain call of it in another thread at the same time is not guarded.
    /// </summary>
    /// <param name="module">Any module that reads its parameters through its fields.</param>
    /// <param name="parameters_and_buffers">By dotted name, in the shape of what they stand for; names left out keep
    /// the module's own.</param>
    /// <param name="input">What call takes.</param>
    /// <exception cref="ArgumentException">A name is unknown, or a shape differs.</exception>
    public static TResult functional_call<T, TResult>(
        torch.nn.Module<T, TResult> module, IReadOnlyDictionary<string, torch.Tensor> parameters_and_buffers, T input)
    {
        ArgumentNullException.ThrowIfNull(module);
        return functional_call((torch.nn.Module)module, parameters_and_buffers, () => module.call(input));
    }

    /// <summary>As the form of one input, with any use of the module.</summary>
    /// <param name="module">The module whose parameters are replaced.</param>
    /// <param name="parameters_and_buffers">By dotted name.</param>
    /// <param name="call">Uses the module.</param>
    public static TResult functional_call<TResult>(
        torch.nn.Module module, IReadOnlyDictionary<string, torch.Tensor> parameters_and_buffers, Func<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(parameters_and_buffers);
        ArgumentNullException.ThrowIfNull(call);
        lock (module)
        {
            Dictionary<string, torch.Tensor> own = Named(module);
            List<(torch.Tensor Target, torch.Tensor Value)> pairs = [];
            foreach ((string name, torch.Tensor value) in parameters_and_buffers)
            {
                if (!own.TryGetValue(name, out torch.Tensor? target))
                {
                    throw new ArgumentException(
                        $"functional_call: '{name}' is no parameter or buffer of {module.GetName()}. There are "
                        + $"{string.Join(", ", own.Keys)}.", nameof(parameters_and_buffers));
                }

                if (!target.shape.SequenceEqual(value.shape))
                {
                    throw new ArgumentException(
                        $"functional_call: '{name}' has shape [{string.Join(", ", target.shape)}], the tensor given "
                        + $"for it [{string.Join(", ", value.shape)}].", nameof(parameters_and_buffers));
                }

                pairs.Add((target, value));
            }

            using IDisposable substitution = ModuleSubstitution.Begin(module, pairs);
            return call();
        }
    }

    private static Dictionary<string, torch.Tensor> Named(torch.nn.Module module)
    {
        Dictionary<string, torch.Tensor> result = [];
        foreach ((string name, torch.Tensor parameter) in module.named_parameters())
        {
            result[name] = parameter;
        }

        foreach ((string name, torch.Tensor buffer) in module.named_buffers())
        {
            result[name] = buffer;
        }

        return result;
    }
}
