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

        public void Add(T item)
        {
            register_module(items.Count.ToString(CultureInfo.InvariantCulture), item);
            items.Add(item);
        }

        public void append(params T[] parameters) => extend(parameters);

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
        public T this[string key] => items.FirstOrDefault(i => i.Name == key).Module
            ?? throw new KeyNotFoundException(
                $"there is no module '{key}'; there are {string.Join(", ", items.Select(i => i.Name))}.");

        public void Add(string key, T value)
        {
            register_module(key, value);
            items.Add((key, value));
        }

        public IEnumerable<string> keys() => items.Select(i => i.Name);

        public IEnumerable<T> values() => items.Select(i => i.Module);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
        {
            value = items.FirstOrDefault(i => i.Name == key).Module;
            return value is not null;
        }

        public bool ContainsKey(string key) => items.Any(i => i.Name == key);

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
