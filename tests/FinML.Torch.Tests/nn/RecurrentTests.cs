using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;
using PackedSequence = FinML.Torch.torch.nn.utils.rnn.PackedSequence;
using rnn = FinML.Torch.torch.nn.utils.rnn;

namespace FinML.Torch.Tests.nn;

/// <summary>Recurrent layers, cells and packed sequences against PyTorch (Golden/make_recurrent_golden.py): outputs,
/// last states, and the gradients of inputs, first states and every parameter.</summary>
public sealed class RecurrentTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => Read("recurrent.json"));

    private static readonly string[] Kinds = ["lstm", "gru", "rnn_tanh", "rnn_relu"];

    public static TheoryData<string, ScalarType> Layers()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (string kind in Kinds)
        {
            data.Add(kind, ScalarType.Float64);
            data.Add(kind, ScalarType.Float32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void PlainEqualsPyTorch(string kind, ScalarType type)
    {
        torch.nn.Module module = Fill(Make(kind, 3, 4).to(type));
        Tensor x = Wave([5, 2, 3], 0.1).to(type).requires_grad_();
        Check($"{kind} plain", type, Run(module, x, []), [x], module);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void OneSequenceWithoutBiasEqualsPyTorch(string kind, ScalarType type)
    {
        torch.nn.Module module = Fill(Make(kind, 3, 4, bias: false).to(type));
        Tensor x = Wave([4, 3], 0.1).to(type).requires_grad_();
        Tensor[] start = States(kind, type, [1, 4]);
        Check($"{kind} unbatched without bias", type, Run(module, x, start), [x, .. start], module);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void TwoLayersInBothDirectionsEqualPyTorch(string kind, ScalarType type)
    {
        torch.nn.Module module = Fill(Make(kind, 3, 4, layers: 2, batchFirst: true, bidirectional: true).to(type));
        Tensor x = Wave([2, 5, 3], 0.1).to(type).requires_grad_();
        Tensor[] start = States(kind, type, [4, 2, 4]);
        Check($"{kind} deep", type, Run(module, x, start), [x, .. start], module);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void PackedSequencesEqualPyTorch(string kind, ScalarType type)
    {
        torch.nn.Module module = Fill(Make(kind, 3, 4, layers: 2, bidirectional: true).to(type));
        Tensor x = Wave([5, 4, 3], 0.1).to(type).requires_grad_();
        Tensor[] start = States(kind, type, [4, 4, 4]);
        PackedSequence packed = rnn.pack_padded_sequence(
            x, tensor(new long[] { 2, 5, 1, 4 }), enforce_sorted: false);
        (PackedSequence y, Tensor[] last) = module switch
        {
            Modules.LSTM lstm => Parts(lstm.call(packed, (start[0], start[1]))),
            Modules.GRU gru => Parts(gru.call(packed, start[0])),
            _ => Parts(((Modules.RNN)module).call(packed, start[0])),
        };
        (Tensor padded, Tensor lengths) = rnn.pad_packed_sequence(y, padding_value: 0.25);
        Assert.Equal([2L, 5, 1, 4], lengths.data<long>().ToArray());
        Check($"{kind} packed", type, [padded, .. last], [x, .. start], module);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void CellsEqualPyTorch(string kind, ScalarType type)
    {
        torch.nn.Module cell = Fill(MakeCell(kind).to(type));
        Tensor x = Wave([2, 3], 0.1).to(type).requires_grad_();
        Tensor[] start = States(kind, type, [2, 4]);
        Check($"{kind} cell", type, RunCell(cell, x, start), [x, .. start], cell);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("rnn_tanh")]
    [InlineData("rnn_relu")]
    public void ACellIsAStepOfItsLayerWithOrWithoutBatch(string kind)
    {
        torch.nn.Module cell = Fill(MakeCell(kind).to(float64)), layer = Fill(Make(kind, 3, 4).to(float64));
        Tensor x = Wave([2, 3], 0.1);
        Tensor stepped = RunCell(cell, x, [])[0];
        Assert.Equal(Values(Run(layer, x.unsqueeze(0), [])[0]), Values(stepped));
        Assert.Equal(Values(stepped[1]), Values(RunCell(cell, x[1], [])[0]));
        Tensor[] start = States(kind, float64, [2, 4]);
        Tensor[] single = Array.ConvertAll(start, s => s[0]);
        Assert.Equal(Values(RunCell(cell, x, start)[0][0]), Values(RunCell(cell, x[0], single)[0]));
    }

    [Fact]
    public void ManyChunksGiveWhatOneGives()
    {
        // The same sequences one by one: a batch of 100 is cut, a batch of 1 is not.
        Modules.GRU gru = Fill(torch.nn.GRU(40, 48).to(float64));
        Tensor x = Wave([6, 100, 40], 0.1);
        Tensor y = gru.call(x).Item1;
        for (int i = 0; i < 100; i += 33)
            Assert.Equal(Values(gru.call(x.narrow(1, i, 1)).Item1), Values(y.narrow(1, i, 1)));
    }

    [Fact]
    public void DropoutStandsBetweenLayersWhileTraining()
    {
        Modules.GRU gru = Fill(torch.nn.GRU(3, 4, numLayers: 2, dropout: 1.0));
        Tensor x = Wave([5, 2, 3], 0.1).to(float32);
        Tensor lower = gru.call(x).Item2[0], upper = gru.call(x).Item1;
        Assert.NotEqual(0, lower.abs().sum().ToDouble());
        Tensor other = Wave([5, 2, 3], 0.7).to(float32);
        Assert.Equal(Values(upper), Values(gru.call(other).Item1)); // the upper layer sees zeros alone
        gru.eval();
        Assert.NotEqual(Values(gru.call(x).Item1), Values(gru.call(other).Item1));
    }

    [Fact]
    public void PackingEqualsPyTorch()
    {
        Tensor[] sequences = [Wave([2, 2], 0.2), Wave([4, 2], 0.4), Wave([1, 2], 0.1)];
        JsonElement golden = Golden.Value.GetProperty("pack_sequence");
        PackedSequence packed = rnn.pack_sequence(sequences, enforce_sorted: false);
        AssertEqual(golden.GetProperty("data"), packed.data);
        AssertEqual(golden.GetProperty("batch_sizes"), packed.batch_sizes);
        AssertEqual(golden.GetProperty("sorted_indices"), packed.sorted_indices);
        AssertEqual(golden.GetProperty("unsorted_indices"), packed.unsorted_indices);
        AssertEqual(golden.GetProperty("pad_sequence"), rnn.pad_sequence(sequences, padding_value: -1.5));
        AssertEqual(golden.GetProperty("pad_sequence_batch_first"), rnn.pad_sequence(sequences, batch_first: true));
        (Tensor padded, Tensor lengths) = rnn.pad_packed_sequence(
            packed, batch_first: true, padding_value: 0.5, total_length: 6);
        golden = Golden.Value.GetProperty("pad_packed_sequence");
        AssertEqual(golden.GetProperty("data"), padded);
        AssertEqual(golden.GetProperty("lengths"), lengths);
    }

    [Fact]
    public void SortedSequencesHaveNoIndicesAndDisposeTogether()
    {
        PackedSequence packed = rnn.pack_sequence([Wave([3, 2], 0.2), Wave([1, 2], 0.4)]);
        Assert.True(packed.sorted_indices.IsInvalid);
        Assert.True(packed.unsorted_indices.IsInvalid);
        Assert.False(packed.data.IsInvalid);
        packed.Dispose();
        Assert.True(packed.data.IsInvalid);
        Assert.True(packed.batch_sizes.IsInvalid);
    }

    [Fact]
    public void WrongShapesAreRefusedWithWhatWasExpected()
    {
        Modules.GRU gru = torch.nn.GRU(4, 5);
        Assert.Contains("(steps, batch, 4)", Error(() => gru.call(ones([2, 3, 3]))));
        Assert.Contains("at least 1 step", Error(() => gru.call(ones([0, 3, 4]))));
        Assert.Contains("[1, 3, 5]", Error(() => gru.call(ones([2, 3, 4]), ones([1, 2, 5]))));
        Assert.Contains("[1, 5]", Error(() => gru.call(ones([2, 4]), ones([1, 1, 5]))));
        Assert.Contains("Float64", Error(() => gru.call(ones([2, 3, 4], float64))));
        Assert.Contains("(batch, 4)", Error(() => torch.nn.RNNCell(4, 5).forward(ones([2, 3]))));
        Assert.Contains("[2, 5]", Error(() => torch.nn.LSTMCell(4, 5).call(ones([2, 4]), (ones([2, 5]), ones([5])))));
        Tensor x = ones([4, 2, 3]);
        Assert.Contains("fall", Error(() => rnn.pack_padded_sequence(x, tensor(new long[] { 1, 4 }))));
        Assert.Contains("1 to 4", Error(() => rnn.pack_padded_sequence(x, tensor(new long[] { 5, 4 }))));
        Assert.Contains("1 to 4", Error(() => rnn.pack_padded_sequence(x, tensor(new long[] { 4, 0 }))));
        Assert.Contains("[2]", Error(() => rnn.pack_padded_sequence(x, tensor(new long[] { 4 }))));
        Assert.Contains("lengths alone", Error(() => rnn.pad_sequence([ones([2, 3]), ones([2, 2])])));
        Assert.Contains("at least one", Error(() => rnn.pad_sequence([])));
        PackedSequence packed = rnn.pack_padded_sequence(x, tensor(new long[] { 4, 2 }));
        Assert.Contains("(rows, 4)", Error(() => gru.call(packed)));
        Assert.Contains("longest", Error(() => rnn.pad_packed_sequence(packed, total_length: 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.GRU(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.RNN(4, 5, dropout: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.RNN(4, 5).get_weight_ih(1));
    }

    private static string Error(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static torch.nn.Module Make(
        string kind, long input, long hidden, long layers = 1, bool bias = true, bool batchFirst = false,
        bool bidirectional = false) => kind switch
        {
            "lstm" => torch.nn.LSTM(input, hidden, layers, bias, batchFirst, 0, bidirectional),
            "gru" => torch.nn.GRU(input, hidden, layers, bias, batchFirst, 0, bidirectional),
            _ => torch.nn.RNN(input, hidden, layers, Function(kind), bias, batchFirst, 0, bidirectional),
        };

    private static torch.nn.Module MakeCell(string kind) => kind switch
    {
        "lstm" => torch.nn.LSTMCell(3, 4),
        "gru" => torch.nn.GRUCell(3, 4),
        _ => torch.nn.RNNCell(3, 4, Function(kind)),
    };

    private static torch.nn.NonLinearities Function(string kind) =>
        kind == "rnn_relu" ? torch.nn.NonLinearities.ReLU : torch.nn.NonLinearities.Tanh;

    private static Tensor[] Run(torch.nn.Module module, Tensor x, Tensor[] start)
    {
        if (module is Modules.LSTM lstm)
        {
            (Tensor y, Tensor h, Tensor c) = start.Length == 0 ? lstm.call(x) : lstm.call(x, (start[0], start[1]));
            return [y, h, c];
        }

        Tensor? first = start.Length == 0 ? null : start[0];
        (Tensor output, Tensor last) = module is Modules.GRU gru
            ? gru.call(x, first)
            : ((Modules.RNN)module).call(x, first);
        return [output, last];
    }

    private static Tensor[] RunCell(torch.nn.Module cell, Tensor x, Tensor[] start)
    {
        if (cell is Modules.LSTMCell lstm)
        {
            (Tensor h, Tensor c) = start.Length == 0 ? lstm.call(x) : lstm.call(x, (start[0], start[1]));
            return [h, c];
        }

        Tensor? first = start.Length == 0 ? null : start[0];
        return [cell is Modules.GRUCell gru ? gru.call(x, first) : ((Modules.RNNCell)cell).call(x, first)];
    }

    private static Tensor[] States(string kind, ScalarType type, long[] shape) =>
        Enumerable.Range(0, kind == "lstm" ? 2 : 1)
            .Select(i => Wave(shape, 0.2 + (0.1 * i)).to(type).requires_grad_()).ToArray();

    private static (PackedSequence, Tensor[]) Parts((PackedSequence Y, Tensor H, Tensor C) all) =>
        (all.Y, [all.H, all.C]);

    private static (PackedSequence, Tensor[]) Parts((PackedSequence Y, Tensor H) all) => (all.Y, [all.H]);

    private static void Check(
        string name, ScalarType type, Tensor[] outputs, Tensor[] leaves, torch.nn.Module module)
    {
        // float32: sums of a dozen products over ten steps, all of order one.
        double tolerance = type == ScalarType.Float64 ? 1e-12 : 2e-5;
        JsonElement golden = Golden.Value.GetProperty(name);
        Tensor loss = torch.zeros([], type);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(golden.GetProperty("shapes")[i].EnumerateArray().Select(e => e.GetInt64()), outputs[i].shape);
            AssertEqual(golden.GetProperty("outputs")[i], outputs[i], tolerance, $"output {i}");
            loss = loss + (outputs[i] * Wave(outputs[i].shape, 0.9 - (0.1 * i)).to(type)).sum();
        }

        loss.backward();
        for (int i = 0; i < leaves.Length; i++)
            AssertEqual(golden.GetProperty("gradients")[i], leaves[i].grad!, tolerance, $"gradient {i}");
        foreach ((string key, Modules.Parameter parameter) in module.named_parameters())
            AssertEqual(golden.GetProperty("parameters").GetProperty(key), parameter.grad!, tolerance, key);
    }
}
