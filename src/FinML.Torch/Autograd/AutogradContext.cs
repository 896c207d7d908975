namespace FinML.Torch;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function's forward leaves for its backward.</summary>
        public sealed class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private List<Tensor?> toSave = [];
            private Node? node;
            private int[] slots = []; // of each saved variable in the node; -1 for null

            internal AutogradContext()
            {
            }

            /// <summary>Whether a missing gradient of an output reaches backward as zeros; else as null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            /// <summary>Keeps inputs or outputs for backward; nulls stay nulls. Call it at most once, in forward.
            /// </summary>
            public void save_for_backward(List<Tensor> tensors) => toSave = [.. tensors];

            /// <summary>Keeps anything that is no tensor.</summary>
            /// <exception cref="ArgumentException">The value is a tensor: its overwriting would go unseen.</exception>
            public void save_data(string key, object value) => data[key] = value is Tensor
                ? throw new ArgumentException(
                    $"save_data: '{key}' is a tensor; keep it with save_for_backward.", nameof(value))
                : value;

            /// <summary>What <see cref="save_data"/> kept, or null.</summary>
            public object? get_data(string key) => data.GetValueOrDefault(key);

            /// <summary>Names the inputs that forward has written in place. Each must be given back as an output.
            /// </summary>
            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            /// <summary>Names the outputs that take no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = [.. tensors];

            /// <summary>Sets <see cref="MaterializeGrads"/>.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>What <see cref="save_for_backward"/> kept, in its order.</summary>
            /// <exception cref="InvalidOperationException">One was overwritten in place since, or the graph was
            /// freed.</exception>
            public List<Tensor> get_saved_variables()
            {
                List<Tensor> result = [];
                foreach (int slot in slots)
                {
                    result.Add(slot < 0 ? null! : node!.Saved(slot));
                }

                return result;
            }

            public void Dispose()
            {
            }

            /// <summary>Hands the saved tensors to the node of the function.</summary>
            internal void Commit(Node owner)
            {
                node = owner;
                slots = new int[toSave.Count];
                List<Tensor> present = [];
                for (int i = 0; i < slots.Length; i++)
                {
                    slots[i] = toSave[i] is null ? -1 : present.Count;
                    if (toSave[i] is { } tensor)
                    {
                        present.Add(tensor);
                    }
                }

                owner.Save([.. present]);
                toSave = [];
            }
        }
    }
}
