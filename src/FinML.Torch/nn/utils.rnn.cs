namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Batches of sequences of several lengths.</summary>
            public static partial class rnn
            {
                /// <summary>Packs padded sequences.</summary>
                /// <param name="input">(steps, batch, ...), or (batch, steps, ...) where batch_first.</param>
                /// <param name="lengths">Int64 (batch), each in 1 .. steps.</param>
                /// <param name="batch_first">The batch is the first axis.</param>
                /// <param name="enforce_sorted">The lengths must fall; else the sequences are sorted by length.</param>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    if (input.Sizes.Length < 2)
                    {
                        throw new ArgumentException(
                            $"pack_padded_sequence: the input has the axes steps and batch, got "
                            + $"{Shapes.Text(input.Sizes)}.");
                    }

                    Tensor x = batch_first ? input.transpose(0, 1) : input; // (steps, batch, ...)
                    int batch = (int)x.Sizes[1];
                    long[] length = Lengths(lengths, batch, x.Sizes[0]);
                    int[] order = Enumerable.Range(0, batch).OrderByDescending(b => length[b]).ToArray();
                    bool sorted = order.Select((b, place) => b == place).All(same => same);
                    if (enforce_sorted && !sorted)
                    {
                        throw new ArgumentException(
                            $"pack_padded_sequence: the lengths {Shapes.Text(length)} do not fall; sort the sequences, "
                            + "or pass enforce_sorted: false.", nameof(lengths));
                    }

                    long steps = batch == 0 ? 0 : length[order[0]];
                    long[] sizes = new long[steps];
                    List<long> rows = [];
                    for (int t = 0; t < steps; t++)
                    {
                        sizes[t] = length.LongCount(l => l > t);
                        for (int place = 0; place < sizes[t]; place++)
                            rows.Add(((long)t * batch) + order[place]);
                    }

                    Tensor flat = x.reshape([x.Sizes[0] * batch, .. x.Sizes.AsSpan()[2..]]);
                    long[] places = new long[batch];
                    for (int place = 0; place < batch; place++)
                        places[order[place]] = place;
                    return new PackedSequence(
                        flat.index_select(0, tensor(rows.ToArray())), tensor(sizes),
                        enforce_sorted ? null : tensor(Array.ConvertAll(order, b => (long)b)),
                        enforce_sorted ? null : tensor(places));
                }

                /// <summary>The padded sequences of a packed batch, in the order that they had before packing.</summary>
                /// <param name="sequence">A packed batch.</param>
                /// <param name="batch_first">The batch becomes the first axis.</param>
                /// <param name="padding_value">Behind the end of each sequence.</param>
                /// <param name="total_length">Steps of the result; left out: those of the longest sequence.</param>
                /// <returns>(steps, batch, ...) or (batch, steps, ...), and the Int64 lengths.</returns>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0,
                    long? total_length = null)
                {
                    ArgumentNullException.ThrowIfNull(sequence);
                    long[] sizes = sequence.batch_sizes.data<long>().ToArray();
                    long steps = total_length ?? sizes.Length;
                    if (steps < sizes.Length)
                    {
                        throw new ArgumentException(
                            $"pad_packed_sequence: a total length of {steps} is less than that of the longest "
                            + $"sequence, {sizes.Length}.", nameof(total_length));
                    }

                    long batch = sizes.Length == 0 ? 0 : sizes[0], row = 0, padding = sequence.data.Sizes[0];
                    long[] rows = new long[steps * batch], lengths = new long[batch];
                    Array.Fill(rows, padding);
                    for (int t = 0; t < sizes.Length; t++)
                    {
                        for (int b = 0; b < sizes[t]; b++, lengths[b - 1]++)
                            rows[(t * batch) + b] = row++;
                    }

                    long[] rest = sequence.data.Sizes[1..];
                    Tensor last = full([1, .. rest], padding_value, sequence.data.dtype);
                    Tensor padded = cat([sequence.data, last], 0).index_select(0, tensor(rows))
                        .reshape([steps, batch, .. rest]);
                    Tensor length = tensor(lengths);
                    if (!sequence.unsorted_indices.IsInvalid)
                    {
                        padded = padded.index_select(1, sequence.unsorted_indices);
                        length = length.index_select(0, sequence.unsorted_indices);
                    }

                    return (batch_first ? padded.transpose(0, 1) : padded, length);
                }

                /// <summary>Sequences (length, ...) as one padded tensor.</summary>
                /// <param name="sequences">At least one; alike but for their lengths.</param>
                /// <param name="batch_first">The batch is the first axis of the result.</param>
                /// <param name="padding_value">Behind the end of each sequence.</param>
                public static Tensor pad_sequence(
                    IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0)
                {
                    Tensor[] all = Sequences("pad_sequence", sequences);
                    long steps = all.Max(s => s.Sizes[0]);
                    Tensor[] padded = Array.ConvertAll(all, s => s.Sizes[0] == steps
                        ? s
                        : cat([s, full([steps - s.Sizes[0], .. s.Sizes[1..]], padding_value, s.dtype)], 0));
                    return stack(padded, batch_first ? 0 : 1);
                }

                /// <summary>Packs sequences (length, ...).</summary>
                /// <param name="sequences">At least one; alike but for their lengths, which are at least 1.</param>
                /// <param name="enforce_sorted">The lengths must fall; else the sequences are sorted by length.</param>
                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    Tensor[] all = Sequences("pack_sequence", sequences);
                    return pack_padded_sequence(
                        pad_sequence(all), tensor(Array.ConvertAll(all, s => s.Sizes[0])), false, enforce_sorted);
                }

                private static long[] Lengths(Tensor lengths, int batch, long steps)
                {
                    if (lengths.dtype != ScalarType.Int64 || lengths.Sizes.Length != 1 || lengths.Sizes[0] != batch)
                    {
                        throw new ArgumentException(
                            $"pack_padded_sequence: Int64 lengths of shape [{batch}] are expected, got "
                            + $"{lengths.dtype} of {Shapes.Text(lengths.Sizes)}.", nameof(lengths));
                    }

                    long[] result = lengths.data<long>().ToArray();
                    foreach (long length in result)
                    {
                        if (length < 1 || length > steps)
                        {
                            throw new ArgumentException(
                                $"pack_padded_sequence: lengths are in 1 to {steps}, got {length}.", nameof(lengths));
                        }
                    }

                    return result;
                }

                private static Tensor[] Sequences(string name, IEnumerable<Tensor> sequences)
                {
                    Tensor[] all = sequences.ToArray();
                    if (all.Length == 0)
                        throw new ArgumentException($"{name}: at least one sequence is expected.", nameof(sequences));
                    foreach (Tensor sequence in all)
                    {
                        if (sequence.Sizes.Length == 0 || sequence.dtype != all[0].dtype
                            || !sequence.Sizes.AsSpan()[1..].SequenceEqual(all[0].Sizes.AsSpan()[1..]))
                        {
                            throw new ArgumentException(
                                $"{name}: sequences differ in their lengths alone, got {all[0].dtype} of "
                                + $"{Shapes.Text(all[0].Sizes)} and {sequence.dtype} of "
                                + $"{Shapes.Text(sequence.Sizes)}.", nameof(sequences));
                        }
                    }

                    return all;
                }
            }
        }
    }
}
