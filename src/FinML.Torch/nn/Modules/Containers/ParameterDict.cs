using System.Collections;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Parameters by name, registered so that they train.</summary>
    public sealed class ParameterDict : torch.nn.Module, IEnumerable<(string, Parameter)>
    {
        private readonly List<(string Name, Parameter Value)> entries = [];

        public ParameterDict()
            : base(nameof(ParameterDict))
        {
        }

        public int Count => entries.Count;

        /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
        public Parameter this[string key] => TryGetValue(key, out Parameter? value)
            ? value
            : throw new KeyNotFoundException($"there is no parameter '{key}'; there are {string.Join(", ", keys())}.");

        public void Add(string key, Parameter value)
        {
            ArgumentNullException.ThrowIfNull(value);
            register_parameter(key, value);
            entries.Add((key, value));
        }

        public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

        public bool ContainsKey(string key) => entries.Any(e => e.Name == key);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Parameter value)
        {
            value = entries.FirstOrDefault(e => e.Name == key).Value;
            return value is not null;
        }

        public IEnumerable<string> keys() => entries.Select(e => e.Name);

        public IEnumerable<Parameter> values() => entries.Select(e => e.Value);

        public IEnumerator<(string, Parameter)> items() => entries.GetEnumerator();

        public IEnumerator<(string, Parameter)> GetEnumerator() => entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Parameters by name.</summary>
            public static ParameterDict ParameterDict(params (string, Parameter)[] parameters)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                ParameterDict result = new();
                foreach ((string, Parameter) parameter in parameters)
                    result.Add(parameter);
                return result;
            }
        }
    }
}
