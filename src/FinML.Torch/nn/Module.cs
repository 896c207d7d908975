using System.Reflection;
using FinML.Torch.Modules;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A node of a model: named parameters, buffers and child modules. A custom module derives from
        /// <c>Module&lt;T, TResult&gt;</c>, assigns its parts to fields and ends its constructor with
        /// <see cref="RegisterComponents"/>.
        /// </summary>
        public abstract partial class Module : IDisposable
        {
            private const BindingFlags OwnFields =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

            private readonly List<(string Name, Module Module)> children_ = [];
            private readonly List<(string Name, Parameter? Parameter)> parameters_ = [];
            private readonly List<(string Name, Tensor Buffer, bool Persistent)> buffers_ = [];
            private readonly string name;

            /// <param name="name">What <see cref="GetName"/> and error messages say.</param>
            protected Module(string name) => this.name = name ?? throw new ArgumentNullException(nameof(name));

            /// <summary>True while training: dropout drops. Set by train and eval.</summary>
            public bool training { get; private set; } = true;

            public string GetName() => name;

            /// <summary>Switches this module and all below it to training.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach ((_, Module module) in children_)
                {
                    module.train(train);
                }
            }

            /// <summary>Switches this module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Adds a child. Its parameters are then this module's under <c>name.</c></summary>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                CheckName(name);
                if (ReferenceEquals(submodule, this) || submodule.modules().Any(m => ReferenceEquals(m, this)))
                {
                    throw new ArgumentException($"{this.name}: '{name}' contains this module; it cannot hold itself.");
                }

                children_.Add((name, submodule));
            }

            /// <summary>Adds a child; another name of <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter; null keeps the name without a value.</summary>
            public void register_parameter(string name, Parameter? param)
            {
                CheckName(name);
                parameters_.Add((name, param));
            }

            /// <summary>Adds a tensor that is saved with the module but not trained.</summary>
            public void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                CheckName(name);
                buffers_.Add((name, tensor.DetachFromDisposeScope(), persistent));
            }

            /// <summary>
            /// Registers every field of this class and its bases that holds a module, a parameter or a tensor and is
            /// not registered yet, under the field's name (without a leading underscore's property brackets).
            /// </summary>
            protected virtual void RegisterComponents()
            {
                var lineage = new Stack<Type>();
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    lineage.Push(type);
                }

                foreach (FieldInfo field in lineage.SelectMany(t => t.GetFields(OwnFields)))
                {
                    object? value = field.GetValue(this);
                    string key = ComponentName(field.Name);
                    if (value is null || IsRegistered(value) || NameTaken(key))
                    {
                        continue;
                    }

                    switch (value)
                    {
                        case Module module:
                            register_module(key, module);
                            break;
                        case Parameter parameter:
                            register_parameter(key, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(key, tensor);
                            break;
                        case IEnumerable<Module>:
                            throw new InvalidOperationException(
                                $"{name}: field '{key}' is a {value.GetType().Name} of modules, whose parameters would "
                                + "be missed; use ModuleList or ModuleDict.");
                    }
                }
            }

            /// <summary>The direct children.</summary>
            public IEnumerable<(string name, Module module)> named_children() =>
                children_.Select(c => (c.Name, c.Module));

            public IEnumerable<Module> children() => children_.Select(c => c.Module);

            /// <summary>This module's descendants, parents before children, each once, with dotted names.</summary>
            public IEnumerable<(string name, Module module)> named_modules() => Walk("").Skip(1);

            /// <summary>This module and its descendants.</summary>
            public IEnumerable<Module> modules() => Walk("").Select(m => m.module);

            /// <summary>Trainable tensors with dotted names, each once, in the order of registration.</summary>
            public IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                foreach ((string prefix, Module module) in recurse ? Walk("") : [("", this)])
                {
                    foreach ((string key, Parameter? parameter) in module.parameters_)
                    {
                        if (parameter is not null && seen.Add(parameter))
                        {
                            yield return (Join(prefix, key), parameter);
                        }
                    }
                }
            }

            public IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(p => p.parameter);

            /// <summary>Untrained tensors with dotted names.</summary>
            /// <param name="recurse">Those of the modules below too.</param>
            /// <param name="include_nonpersistent">Those too that are not saved with the module.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true) => Buffers(recurse, !include_nonpersistent);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            public bool has_parameter(string target) => get_parameter(target) is not null;

            public bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Parameters and persistent buffers by dotted name; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach ((string key, Parameter parameter) in named_parameters())
                {
                    destination[Join(prefix ?? "", key)] = parameter;
                }

                foreach ((string key, Tensor buffer) in Buffers(recurse: true, onlyPersistent: true))
                {
                    destination[Join(prefix ?? "", key)] = buffer;
                }

                return destination;
            }

            /// <summary>Copies values into parameters and buffers; nothing is written when anything misfits.</summary>
            /// <param name="source">Tensors by dotted name.</param>
            /// <param name="strict">Refuse names that are missing or unexpected.</param>
            /// <param name="skip">Names that may be missing or unexpected in any case, and are not loaded.</param>
            /// <exception cref="ArgumentException">A name is missing or unexpected under strict, or a shape differs.
            /// </exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keys) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                Dictionary<string, Tensor> own = state_dict();
                bool Skipped(string key) => skip is not null && skip.Contains(key);
                List<string> missing = own.Keys.Where(k => !source.ContainsKey(k) && !Skipped(k)).ToList();
                List<string> unexpected = source.Keys.Where(k => !own.ContainsKey(k) && !Skipped(k)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new ArgumentException(
                        $"{name}: the state does not fit. Missing: {List(missing)}. Unexpected: {List(unexpected)}.",
                        nameof(source));
                }

                List<(Tensor Target, Tensor Value)> copies = [];
                foreach ((string key, Tensor target) in own)
                {
                    if (Skipped(key) || !source.TryGetValue(key, out Tensor? value))
                    {
                        continue;
                    }

                    if (!Shapes.Equal(value.Sizes, target.Sizes))
                    {
                        throw new ArgumentException(
                            $"{name}: '{key}' has shape {Shapes.Text(target.Sizes)}, the state holds "
                            + $"{Shapes.Text(value.Sizes)}.", nameof(source));
                    }

                    copies.Add((target, value));
                }

                using (no_grad())
                {
                    foreach ((Tensor target, Tensor value) in copies)
                    {
                        target.copy_(value.detach());
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Drops the gradients, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    optim.Optimizer.Clear(parameter, set_to_none);
                }
            }

            /// <summary>Calls <paramref name="fn"/> on every module below, then on this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach ((_, Module module) in children_)
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Freezes or frees all parameters.</summary>
            public void requires_grad_(bool requires_grad = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    parameter.requires_grad_(requires_grad);
                }
            }

            /// <summary>Converts floating parameters and buffers in place; the objects stay the same.</summary>
            internal void Convert(ScalarType type)
            {
                if (!type.IsFloating())
                {
                    throw new ArgumentException(
                        $"{name}: a module has a floating dtype, got {type}.", nameof(type));
                }

                foreach (Parameter parameter in parameters())
                {
                    parameter.ConvertTo(type);
                }

                foreach (Module module in modules())
                {
                    for (int i = 0; i < module.buffers_.Count; i++)
                    {
                        (string key, Tensor buffer, bool persistent) = module.buffers_[i];
                        if (buffer.dtype.IsFloating() && buffer.dtype != type)
                        {
                            Tensor converted = buffer.to(type).DetachFromDisposeScope();
                            module.buffers_[i] = (key, converted, persistent);
                            module.ReplaceField(buffer, converted);
                        }
                    }
                }
            }

            /// <summary>A module owns no native memory; this lets go of its parameters' buffers early.</summary>
            public void Dispose()
            {
                foreach (Parameter parameter in parameters())
                {
                    parameter.Dispose();
                }

                GC.SuppressFinalize(this);
            }

            private protected void ClearChildren() => children_.Clear();

            private IEnumerable<(string name, Module module)> Walk(string prefix)
            {
                var seen = new HashSet<Module>(ReferenceEqualityComparer.Instance);
                var open = new Stack<(string, Module)>();
                open.Push((prefix, this));
                while (open.TryPop(out (string Prefix, Module Module) top))
                {
                    if (!seen.Add(top.Module))
                    {
                        continue;
                    }

                    yield return (top.Prefix, top.Module);
                    for (int i = top.Module.children_.Count - 1; i >= 0; i--)
                    {
                        (string key, Module child) = top.Module.children_[i];
                        open.Push((Join(top.Prefix, key), child));
                    }
                }
            }

            private IEnumerable<(string name, Tensor buffer)> Buffers(bool recurse, bool onlyPersistent)
            {
                foreach ((string prefix, Module module) in recurse ? Walk("") : [("", this)])
                {
                    foreach ((string key, Tensor buffer, bool persistent) in module.buffers_)
                    {
                        if (persistent || !onlyPersistent)
                        {
                            yield return (Join(prefix, key), buffer);
                        }
                    }
                }
            }

            private void ReplaceField(Tensor old, Tensor replacement)
            {
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(OwnFields))
                    {
                        if (ReferenceEquals(field.GetValue(this), old))
                        {
                            field.SetValue(this, replacement);
                        }
                    }
                }
            }

            private bool IsRegistered(object value) =>
                children_.Any(c => ReferenceEquals(c.Module, value))
                || parameters_.Any(p => ReferenceEquals(p.Parameter, value))
                || buffers_.Any(b => ReferenceEquals(b.Buffer, value));

            private bool NameTaken(string key) =>
                children_.Any(c => c.Name == key) || parameters_.Any(p => p.Name == key)
                || buffers_.Any(b => b.Name == key);

            private void CheckName(string key)
            {
                if (string.IsNullOrEmpty(key) || key.Contains('.'))
                {
                    throw new ArgumentException(
                        $"{name}: a component's name must not be empty or hold a dot, got '{key}'.");
                }

                if (NameTaken(key))
                {
                    throw new ArgumentException($"{name}: '{key}' is registered already.");
                }
            }

            // The compiler names the field of an automatic property <Name>k__BackingField.
            private static string ComponentName(string field) =>
                field.StartsWith('<') ? field[1..field.IndexOf('>')] : field;

            private static string Join(string prefix, string key) => prefix.Length == 0 ? key : $"{prefix}.{key}";

            private static string List(List<string> keys) => keys.Count == 0 ? "none" : string.Join(", ", keys);
        }
    }
}
