namespace FinML.Torch;

public static partial class torch
{
    /// <summary>Differentiation of tensors.</summary>
    public static partial class autograd
    {
        /// <summary>
        /// The gradients of the sum of <paramref name="outputs"/>, weighted by <paramref name="grad_outputs"/>, with
        /// respect to <paramref name="inputs"/>. Nothing is accumulated into grad.
        /// </summary>
        /// <param name="outputs">Tensors that were computed from the inputs.</param>
        /// <param name="inputs">Tensors that require grad.</param>
        /// <param name="grad_outputs">One tensor of each output's shape; may be left out for one-element
        /// outputs.</param>
        /// <param name="retain_graph">Keep the graph for another pass; implied by create_graph.</param>
        /// <param name="create_graph">Record the pass, so that the result can be differentiated.</param>
        /// <param name="allow_unused">Give null for an input that the outputs do not depend on, instead of
        /// failing.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                if (!inputs[i].requires_grad)
                {
                    throw new ArgumentException($"grad: input {i} does not require grad.", nameof(inputs));
                }
            }

            Tensor?[] seeds = Seeds("grad", outputs, grad_outputs);
            Tensor?[] result = Engine.Run(outputs, seeds, retain_graph || create_graph, create_graph, inputs);
            for (int i = 0; i < result.Length && !allow_unused; i++)
            {
                if (result[i] is null)
                {
                    throw new InvalidOperationException(
                        $"grad: the outputs do not depend on input {i}; pass allow_unused: true to get null for it.");
                }
            }

            return result!;
        }

        /// <summary>Accumulates the gradients of <paramref name="tensors"/> into the leaves they were computed
        /// from.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            Tensor?[] seeds = Seeds("backward", tensors, grad_tensors);
            Tensor?[] result = Engine.Run(tensors, seeds, retain_graph ?? create_graph, create_graph, inputs);
            for (int i = 0; i < result.Length; i++)
            {
                if (result[i] is { } gradient)
                {
                    Tensor input = inputs![i];
                    input.grad = input.grad is null ? gradient.alias() : input.grad.add(gradient);
                    input.grad.Scope = null;
                }
            }
        }

        /// <summary>As the form of lists, of one tensor.</summary>
        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>As the form of lists, of one tensor weighted by a gradient of its shape.</summary>
        public static void backward(
            Tensor tensor,
            Tensor grad_tensor,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static Tensor?[] Seeds(string name, IList<Tensor> outputs, IList<Tensor>? given)
        {
            if (outputs.Count == 0)
            {
                throw new ArgumentException($"{name}: no outputs were given.", nameof(outputs));
            }

            if (given is not null && given.Count != outputs.Count)
            {
                throw new ArgumentException(
                    $"{name}: {outputs.Count} outputs but {given.Count} gradients were given.", nameof(given));
            }

            Tensor?[] seeds = new Tensor?[outputs.Count];
            for (int i = 0; i < outputs.Count; i++)
            {
                Tensor output = outputs[i];
                if (!output.requires_grad)
                {
                    throw new InvalidOperationException(
                        $"{name}: output {i} of shape {Shapes.Text(output.Sizes)} does not require grad and has no "
                        + "graph.");
                }

                seeds[i] = given?[i];
                if (seeds[i] is null && output.numel() != 1)
                {
                    throw new InvalidOperationException(
                        $"{name}: output {i} has shape {Shapes.Text(output.Sizes)}; a gradient can be left out only "
                        + "for one element. Reduce it (sum, mean) or pass a gradient.");
                }

                if (seeds[i] is { } seed && (!Shapes.Equal(seed.Sizes, output.Sizes) || seed.dtype != output.dtype))
                {
                    throw new ArgumentException(
                        $"{name}: the gradient of output {i} is {seed.dtype}{Shapes.Text(seed.Sizes)}, expected "
                        + $"{output.dtype}{Shapes.Text(output.Sizes)}.");
                }
            }

            return seeds;
        }
    }
}
