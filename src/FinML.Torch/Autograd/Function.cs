namespace FinML.Torch;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// An operation with a derivative of its own. Derive from <see cref="SingleTensorFunction{T}"/> or
        /// <see cref="MultiTensorFunction{T}"/> and call their <c>apply</c>. Forward runs unrecorded; backward is
        /// recorded under create_graph, so one that is written in tensor operations can be differentiated again.
        /// </summary>
        /// <typeparam name="T">The function itself: one instance serves all calls.</typeparam>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            private static readonly T Instance = new();

            private protected Function()
            {
            }

            /// <summary>What error messages and grad_fn call it.</summary>
            public abstract string Name { get; }

            /// <summary>Runs forward on any arguments; those that are tensors take part in the graph.</summary>
            public static List<Tensor> apply_internal(params object[] vars)
            {
                Tensor?[] inputs = new Tensor?[vars.Length];
                for (int i = 0; i < vars.Length; i++)
                {
                    inputs[i] = vars[i] is Tensor { IsInvalid: false } tensor ? tensor : null;
                }

                AutogradContext context = new();
                bool recorded = Node.Needed(inputs);
                Tensor?[]? tangents = Tangents.Carried(inputs) ? Tangents.Of(inputs) : null;
                List<Tensor> outputs;
                using (no_grad())
                using (Tangents.Suspend())
                {
                    outputs = Instance.RunForward(context, vars);
                }

                CheckDirty(context, inputs, outputs, recorded);
                Tensor[] results = new Tensor[outputs.Count];
                for (int i = 0; i < results.Length; i++)
                {
                    results[i] = Result(context, inputs, outputs[i]);
                }

                if (recorded)
                {
                    Record(context, inputs, results, tangents);
                }

                return [.. results];
            }

            internal abstract List<Tensor> RunForward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grad_outputs);

            private static void CheckDirty(
                AutogradContext context, Tensor?[] inputs, List<Tensor> outputs, bool recorded)
            {
                foreach (Tensor tensor in context.Dirty)
                {
                    if (!inputs.Contains(tensor) || !outputs.Contains(tensor))
                    {
                        throw new InvalidOperationException(
                            $"{Instance.Name}: a tensor of shape {Shapes.Text(tensor.Sizes)} was marked dirty, but is "
                            + "not both an input and an output.");
                    }

                    if (recorded)
                    {
                        InPlace.Check(Instance.Name, tensor);
                    }

                    if (Tracer.Recording)
                        tensor.Storage.MarkWritten(Instance.Name); // the operations of the forward pass told the trace
                    else
                        tensor.MarkWritten(Instance.Name);
                }
            }

            /// <summary>An output as the caller gets it: an input that was not written is shown through a handle of
            /// its own, and whatever graph the output had is forgotten.</summary>
            private static Tensor Result(AutogradContext context, Tensor?[] inputs, Tensor output) =>
                context.Dirty.Contains(output) || !(inputs.Contains(output) || output.requires_grad) ? output
                : Tangents.Carried(inputs) ? output.detach().clone()
                : output.detach();

            private static void Record(
                AutogradContext context, Tensor?[] inputs, Tensor[] results, Tensor?[]? tangents)
            {
                // Dirty inputs get their new place in the graph by way of a handle: Rebase takes it from there.
                Tensor[] attached = Array.ConvertAll(
                    results, t => context.Dirty.Contains(t) ? t.Share(t.Sizes, t.Strides, t.Offset) : t);
                Tensor[] differentiable = [.. attached.Where((_, i) => Differentiable(context, results[i]))];
                bool graph = Node.Recorded(inputs);
                Node node;
                using (Tangents.Suspend())
                {
                    node = graph
                        ? Node.Record(Instance.Name, inputs, Backward, differentiable)
                        : Node.ForRule(Instance.Name, Backward, inputs.Length, differentiable.Length);
                }

                node.State = new State(
                    context, Array.ConvertAll(results, t => Differentiable(context, t)),
                    Array.ConvertAll(results, t => (t.Sizes, t.dtype)), Array.ConvertAll(inputs, t => t?.Sizes));
                for (int i = 0; i < results.Length; i++)
                {
                    if (graph && !ReferenceEquals(attached[i], results[i]) && Differentiable(context, results[i]))
                    {
                        results[i].Rebase(attached[i]);
                    }
                }

                context.Commit(node);
                if (tangents is not null)
                {
                    Carry(node, [.. results.Where(t => Differentiable(context, t))], tangents);
                }

                if (!graph)
                {
                    node.Free();
                }
            }

            /// <summary>The function has no forward rule: its backward is transposed.</summary>
            private static void Carry(Node node, Tensor[] outputs, Tensor?[] tangents)
            {
                Tensor?[] carried;
                using (Tangents.Suspend())
                {
                    carried = Tangents.Transposed(node, outputs, tangents);
                }

                for (int i = 0; i < outputs.Length; i++)
                {
                    Tangents.Set(outputs[i], carried[i]);
                }
            }

            private static bool Differentiable(AutogradContext context, Tensor output) =>
                output.dtype.IsFloating() && !context.NonDifferentiable.Contains(output);

            private static void Backward(Node node, Tensor?[] received, Tensor?[] gradients)
            {
                State state = (State)node.State!;
                List<Tensor> outputs = [];
                int next = 0;
                for (int i = 0; i < state.Taking.Length; i++)
                {
                    Tensor? gradient = state.Taking[i] ? received[next++] : null;
                    (long[] sizes, ScalarType type) = state.Outputs[i];
                    outputs.Add(gradient is null && state.Context.MaterializeGrads ? zeros(sizes, type) : gradient!);
                }

                List<Tensor> result = Instance.RunBackward(state.Context, outputs);
                CheckGradients(state, result);
                for (int i = 0; i < gradients.Length && i < state.Inputs.Length; i++)
                {
                    gradients[i] = result[i];
                }
            }

            private static void CheckGradients(State state, List<Tensor> result)
            {
                int expected = state.Inputs.Length;
                if (result.Count < expected || result.Skip(expected).Any(t => t is not null))
                {
                    throw new InvalidOperationException(
                        $"{Instance.Name}: backward gave {result.Count} gradients, expected {expected}: one an "
                        + "argument of apply.");
                }

                for (int i = 0; i < expected; i++)
                {
                    if (result[i] is not null && state.Inputs[i] is not { } sizes)
                    {
                        throw new InvalidOperationException(
                            $"{Instance.Name}: backward gave a gradient for argument {i}, which is no tensor.");
                    }

                    if (result[i] is not null && !Shapes.Equal(result[i].Sizes, state.Inputs[i]!))
                    {
                        throw new InvalidOperationException(
                            $"{Instance.Name}: the gradient of argument {i} has shape {Shapes.Text(result[i].Sizes)}, "
                            + $"expected {Shapes.Text(state.Inputs[i]!)}.");
                    }
                }
            }

            private sealed record State(
                AutogradContext Context, bool[] Taking, (long[] Sizes, ScalarType Type)[] Outputs, long[]?[] Inputs);
        }
    }
}
