using System.Collections;
using System.Globalization;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Parameters by position, registered so that they train.</summary>
    public sealed class ParameterList : torch.nn.Module, IReadOnlyList<Parameter>
    {
        private readonly List<Parameter> items = [];

        public ParameterList(params Parameter[] parameters)
            : base(nameof(ParameterList)) => extend(parameters);

        public int Count => items.Count;

        public Parameter this[int index] => items[index];

        public void Add(Parameter item)
        {
            ArgumentNullException.ThrowIfNull(item);
            register_parameter(items.Count.ToString(CultureInfo.InvariantCulture), item);
            items.Add(item);
        }

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (Parameter parameter in parameters)
                Add(parameter);
        }

        public IEnumerator<Parameter> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Parameters by position.</summary>
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
