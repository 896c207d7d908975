using System.Text;
using FinML.Shared;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <remarks>
        /// Files are of TorchSharp's format, so that weights go from one engine to the other: the number of entries,
        /// then for each its name (LEB128 length, UTF-8), dtype, number of dimensions and sizes (LEB128), and its
        /// elements.
        /// </remarks>
        /// <example><code>
        /// model.save("model.dat");
        /// var other = new Model();
        /// other.load("model.dat");
        /// </code></example>
        public abstract partial class Module
        {
            /// <summary>Writes <see cref="state_dict"/> to a file, which is replaced whole or not at all.</summary>
            /// <param name="location">The file.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                ArgumentException.ThrowIfNullOrEmpty(location);
                AtomicFile.WriteInFolder(location, (Module: this, skip), static (stream, what) =>
                {
                    using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                    what.Module.save(writer, what.skip);
                });
                return this;
            }

            /// <summary>Writes <see cref="state_dict"/>.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes <see cref="state_dict"/>, and closes the stream.</summary>
            /// <param name="stream">Where to.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8);
                return save(writer, skip);
            }

            /// <summary>Writes named tensors as <see cref="save(BinaryWriter, IList{string})"/> does.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="sd">Tensors by name.</param>
            /// <param name="skip">Names to leave out.</param>
            public static void save_state_dict(
                BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                ArgumentNullException.ThrowIfNull(sd);
                List<KeyValuePair<string, Tensor>> kept =
                    sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(kept.Count);
                foreach ((string key, Tensor tensor) in kept)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            /// <summary>Reads what <see cref="save(string, IList{string})"/>, or TorchSharp's, wrote.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Refuse a file with more, fewer or other names than the module's.</param>
            /// <param name="skip">Names whose tensors keep their values.</param>
            /// <param name="loadedParameters">Gets each name of the file, and whether the module has it.</param>
            /// <exception cref="FileNotFoundException">There is no such file.</exception>
            /// <exception cref="ArgumentException">Names, dtypes or shapes do not fit; nothing was changed.</exception>
            /// <exception cref="InvalidDataException">The file is truncated or corrupt; nothing was
            /// changed.</exception>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using FileStream stream = File.OpenRead(location);
                try
                {
                    return load(stream, strict, skip, loadedParameters);
                }
                catch (InvalidDataException error)
                {
                    throw new InvalidDataException($"'{location}' cannot be loaded: {error.Message}", error);
                }
            }

            /// <summary>Reads what was saved, and closes the stream.</summary>
            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, Encoding.UTF8);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads what was saved.</summary>
            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                Dictionary<string, Tensor> own = state_dict();
                long entries = TensorFormat.ReadInteger(reader);
                if (strict && entries != own.Count)
                {
                    throw new ArgumentException(
                        $"{name}: the file holds {entries} entries, the module's state has {own.Count}.");
                }

                using IDisposable off = no_grad();
                using DisposeScope scope = NewDisposeScope();
                HashSet<string> seen = [];
                List<(Tensor Target, Tensor Value)> copies = [];
                for (long i = 0; i < entries; i++)
                {
                    string key = TensorFormat.ReadName(reader);
                    if (!seen.Add(key))
                        throw TensorFormat.Corrupt(reader, $"'{key}' comes twice");
                    if (!own.TryGetValue(key, out Tensor? target) && strict)
                        throw new ArgumentException($"{name}: the file holds '{key}', which the module has not.");
                    (ScalarType type, long[] shape) = TensorFormat.ReadHeader(reader);
                    if (target is null || (skip is not null && skip.Contains(key)))
                    {
                        TensorFormat.SkipElements(reader, type, shape);
                        continue;
                    }

                    if (type != target.dtype || !Shapes.Equal(shape, target.Sizes))
                    {
                        throw new ArgumentException(
                            $"{name}: '{key}' is {target.dtype}{Shapes.Text(target.Sizes)}, the file holds "
                            + $"{type}{Shapes.Text(shape)}.");
                    }

                    copies.Add((target, TensorFormat.ReadElements(reader, type, shape)));
                }

                foreach ((Tensor target, Tensor value) in copies)
                    target.copy_(value);
                foreach (string key in loadedParameters is null ? [] : seen)
                    loadedParameters![key] = own.ContainsKey(key);
                return this;
            }

            /// <summary>Makes a module and loads its weights.</summary>
            /// <typeparam name="T">The module.</typeparam>
            /// <param name="path">What <see cref="save(string, IList{string})"/> wrote.</param>
            public static Module Create<T>(string path)
                where T : Module, new() => new T().load(path);
        }
    }
}
