using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Modules one after the other.</summary>
    public sealed class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> steps = [];

        internal Sequential(IEnumerable<(string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)> modules)
            : base(nameof(Sequential))
        {
            foreach ((string name, torch.nn.Module<torch.Tensor, torch.Tensor> module) in modules)
                Add(name, module);
        }

        public int Count => steps.Count;

        public torch.nn.Module<torch.Tensor, torch.Tensor> this[int index] => steps[index];

        /// <summary>Appends a module under its position as a name.</summary>
        public Sequential append(torch.nn.Module<torch.Tensor, torch.Tensor> module) =>
            append(steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

        public Sequential append(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
        {
            Add(name, module);
            return this;
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            foreach (torch.nn.Module<torch.Tensor, torch.Tensor> step in steps)
                input = step.call(input);
            return input;
        }

        private void Add(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, module);
            steps.Add(module);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules one after the other, named 0, 1, 2, ...</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <summary>Modules one after the other, named 0, 1, 2, ...</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                ArgumentNullException.ThrowIfNull(modules);
                return new(modules.Select(
                    (m, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), m)));
            }

            /// <summary>Modules one after the other, with names.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules)
            {
                ArgumentNullException.ThrowIfNull(modules);
                return new(modules);
            }
        }
    }
}
