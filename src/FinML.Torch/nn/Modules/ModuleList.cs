using System.Collections;
using System.Globalization;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Modules by position, registered so that their parameters count.</summary>
    public sealed class ModuleList<T> : torch.nn.Module, IReadOnlyList<T>
        where T : torch.nn.Module
    {
        private readonly List<T> items = [];

        internal ModuleList(IEnumerable<T> modules)
            : base("ModuleList")
        {
            foreach (T module in modules)
                Add(module);
        }

        public int Count => items.Count;

        public T this[int index] => items[index];

        public void Add(T module)
        {
            register_module(items.Count.ToString(CultureInfo.InvariantCulture), module);
            items.Add(module);
        }

        public void append(params T[] modules) => extend(modules);

        public void extend(IEnumerable<T> modules)
        {
            ArgumentNullException.ThrowIfNull(modules);
            foreach (T module in modules)
                Add(module);
        }

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Modules by name, registered so that their parameters count.</summary>
    public sealed class ModuleDict<T> : torch.nn.Module, IEnumerable<(string, T)>
        where T : torch.nn.Module
    {
        private readonly List<(string Name, T Module)> items = [];

        internal ModuleDict(IEnumerable<(string, T)> modules)
            : base("ModuleDict")
        {
            foreach ((string name, T module) in modules)
                Add(name, module);
        }

        public int Count => items.Count;

        /// <exception cref="KeyNotFoundException">There is no such module.</exception>
        public T this[string name] => items.FirstOrDefault(i => i.Name == name).Module
            ?? throw new KeyNotFoundException(
                $"there is no module '{name}'; there are {string.Join(", ", items.Select(i => i.Name))}.");

        public void Add(string name, T module)
        {
            register_module(name, module);
            items.Add((name, module));
        }

        public IEnumerable<string> keys() => items.Select(i => i.Name);

        public IEnumerable<T> values() => items.Select(i => i.Module);

        public bool TryGetValue(string name, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
        {
            value = items.FirstOrDefault(i => i.Name == name).Module;
            return value is not null;
        }

        public bool ContainsKey(string name) => items.Any(i => i.Name == name);

        public IEnumerator<(string, T)> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules by position.</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);

            /// <summary>Modules by name.</summary>
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module => new(modules);
        }
    }
}
