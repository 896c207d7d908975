namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>In-place writes in a traced function: eager execution, a plan and a file give the same on other inputs.
/// </summary>
public class TracedWriteTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, long[] Sizes)> Cases = new()
    {
        ["add_ and mul_"] = (x => x.exp().add_(1).mul_(x), [2, 3]),
        ["relu_, neg_, clamp_"] = (x => (x * 2).relu_().neg_().clamp_(-1, 0) + x, [2, 3]),
        ["a read before the write keeps the old value"] = (x =>
        {
            Tensor y = x * 2, before = y + 1;
            y.add_(10);
            return before + y;
        }, [2, 3]),
        ["a view made before the write sees it"] = (x =>
        {
            Tensor y = x * 2, row = y[0], column = y.t()[1];
            y.mul_(3);
            return row.sum() + column;
        }, [2, 3]),
        ["a write through a chain of views"] = (x =>
        {
            Tensor y = x.exp(), part = y.transpose(0, 2)[1..].select(1, 0);
            part.copy_(part * 100);
            return y;
        }, [2, 3, 4]),
        ["one view written, another read"] = (x =>
        {
            Tensor y = x.sin(), flat = y.view(-1), column = y[.., 1];
            flat[3..5].fill_(7);
            column.add_(flat[..2]);
            return y + flat.view(2, 3);
        }, [2, 3]),
        ["rows and columns"] = (x =>
        {
            Tensor y = x.clone();
            y[0] = x[1];
            y[.., 1] = x[.., 2] * 2;
            y[1, 2] = tensor(5f);
            return y;
        }, [2, 3]),
        ["every second"] = (x =>
        {
            Tensor y = x.clone();
            y[.., TensorIndex.Slice(0, null, 2)] = x[.., TensorIndex.Slice(1, null, 2)].neg();
            return y;
        }, [2, 6]),
        ["diagonal"] = (x =>
        {
            Tensor y = x.matmul(x.t());
            y.diagonal().add_(1);
            return y;
        }, [3, 2]),
        ["a buffer filled in a loop"] = (x =>
        {
            Tensor buffer = zeros(5, 3), state = x[0];
            for (int t = 0; t < 5; t++)
            {
                state = (state + x[t % 2]).tanh();
                buffer[t] = state;
            }

            return buffer.cumsum(0) * buffer;
        }, [2, 3]),
        ["a running average in a loop"] = (x =>
        {
            Tensor mean = zeros(3);
            for (int t = 0; t < 4; t++)
                mean.mul_(0.9).add_(x[t], 0.1);
            return mean;
        }, [4, 3]),
        ["overlapping source and target"] = (x =>
        {
            Tensor y = x.clone();
            y[1..].copy_(y[..^1]);
            y[0].zero_();
            return y;
        }, [4, 2]),
        ["masks"] = (x =>
        {
            Tensor y = x.clone();
            y[y > 0.5] = tensor(0.5f);
            y.masked_fill_(y < -0.5, -0.5);
            y.index_put_(y[0], x[.., 0] > 10);
            return y;
        }, [3, 3]),
        ["a mask of some axes"] = (x =>
        {
            Tensor y = x.clone();
            y[.., x[0] > 0] = tensor(new[] { 3f, 4f }).view(2, 1);
            return y;
        }, [2, 3, 2]),
        ["a mask that is constant"] = (x =>
        {
            Tensor y = x.clone(), mask = ones(3, 3, dtype: @bool).triu(1);
            y[mask] = x[mask] * 10;
            return y;
        }, [3, 3]),
        ["positions from the input"] = (x =>
        {
            Tensor y = zeros(4, 3), order = x[.., 0].argsort();
            y.index_put_(x, order);
            return y + y[order.neg() - 1];
        }, [4, 3]),
        ["positions twice, added"] = (x =>
        {
            Tensor y = x.clone();
            y.index_put_(x[..2], [x.argmax(1)[..2], TensorIndex.Colon], accumulate: true);
            return y;
        }, [3, 3]),
        ["pairs of positions from the input"] = (x =>
        {
            Tensor y = x.clone();
            y.index_put_(ones(3), arange(3), x.argmax(1));
            return y;
        }, [3, 4]),
        ["masked_scatter"] = (x => x.masked_scatter(x > 0, arange(6, float32)), [2, 3]),
        ["whole replaced by a view"] = (x =>
        {
            Tensor y = zeros(3, 2), seen = y[1];
            y.copy_(x.t());
            Tensor kept = seen * 1;
            y.zero_();
            return kept + seen;
        }, [2, 3]),
        ["what was written is written again"] = (x =>
        {
            Tensor y = x * 2, z = zeros(2, 3);
            z.copy_(y);
            y.add_(1);
            z[0].sub_(y[0]);
            return cat([y, z]);
        }, [2, 3]),
        ["doubles, integers and bools"] = (x =>
        {
            Tensor y = x.to(float64), n = (x * 3).to(int64), b = x > 0;
            y[0].add_(x[1]);
            n.add_(2);
            n[0] = tensor(7L);
            b[1] = tensor(false);
            b.logical_not_();
            return y.to(float32) + n.to(float32) + b.to(float32);
        }, [2, 3]),
        ["triangles"] = (x => (x * 2).tril_() + (x * 3).triu_(1), [3, 3]),
        ["scatter_ and index_add_"] = (x =>
        {
            Tensor y = x.clone();
            y.scatter_(1, x.argsort(1), x.exp());
            y.index_add_(0, tensor(new long[] { 1, 1 }), x, 2);
            return y.index_fill_(1, tensor(new long[] { 2 }), 9);
        }, [2, 3]),
        ["a written constant"] = (x =>
        {
            Tensor mask = zeros(3, 3), line = mask[1];
            mask.diagonal().fill_(1);
            line.add_(2);
            return x * mask;
        }, [3, 3]),
    };

    // The first axis is the batch, whose size the file leaves open.
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, long[] Sizes)> Batches = new()
    {
        ["column"] = (x => { Tensor y = x.clone(); y[.., 1] = x[.., 0] * 2; return y; }, [2, 3]),
        ["range"] = (x => { Tensor y = x * 1; y[.., 1..3].mul_(5); return y; }, [2, 4]),
        ["steps"] = (x => { Tensor y = x * 1; y[.., TensorIndex.Slice(0, null, 2)].zero_(); return y; }, [2, 4]),
        ["steps copied"] = (
            x => { Tensor y = x * 1; y[.., TensorIndex.Slice(0, null, 2)] = x[.., 2..]; return y; }, [2, 4]),
        ["mask"] = (x => { Tensor y = x * 1; y.index_put_(0, x > 0); return y; }, [2, 4]),
        ["chain"] = (x => { Tensor y = x * 1; y.transpose(1, 2)[.., 0].add_(1); return y; }, [2, 3, 4]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> BatchNames => [.. Batches.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PlanAndFileGiveWhatEagerGives(string name)
    {
        (Func<Tensor, Tensor> function, long[] sizes) = Cases[name];
        TracedPair.Agree(name, function, Draw(1, sizes), Draw(2, sizes));
    }

    [Theory]
    [MemberData(nameof(BatchNames))]
    public void AFileTakesAnyBatch(string name)
    {
        (Func<Tensor, Tensor> function, long[] sizes) = Batches[name];
        foreach (long batch in (long[])[1, 2, 5])
        {
            Tensor input = Draw(batch, [batch, .. sizes[1..]]);
            TracedPair.Agree(name, function, Draw(1, sizes), input, dynamic: true);
        }
    }

    /// <summary>Random programs on aliases of two buffers: views of views, writes, and reads in between.</summary>
    [Fact]
    public void RandomProgramsAgree()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            int own = seed;
            TracedPair.Agree(
                $"program {seed}", x => Program(own, x), Draw(seed, 2, 3, 4), Draw(seed + 1000, 2, 3, 4), 1e-5);
        }
    }

    /// <summary>Each step of a loop writes to the buffer where it lies: the plan's memory does not grow with it.
    /// </summary>
    [Fact]
    public void AllocatesNothing() => TracedPair.AllocatesNothing(
        TracedModels.Of(Cases["a buffer filled in a loop"].Function).compile_inference(Draw(1, 2, 3)), new float[6]);

    [Fact]
    public void WritesThatOutliveTheCallAreRefused()
    {
        Tensor before = ones(2, 3);
        FinML.Torch.Modules.Linear layer = nn.Linear(3, 3);
        Refused(TracedModels.Of(x => x.add_(1)), "'add_'", "input 0, which is the caller's", "clone()");
        Refused(TracedModels.Of(x => { x[0] = x[1]; return x; }), "'copy_'", "input 0");
        Refused(TracedModels.Of(x => before.add_(x)), "'add_'", "from before the trace", "clone()");
        Refused(
            new Lambda(x => { layer.weight!.mul_(2); return layer.call(x); }, layer).Registered(), "'mul_'",
            "'part0.weight', which outlives the call", "eval()");
        Assert.True(before.equal(ones(2, 3)));
    }

    [Fact]
    public void ACountThatTheInputDecidesIsRefused()
    {
        Refused(TracedModels.Of(x => x[x > 0]), "'index'", "as many elements as the mask is true", "torch.where");
        Refused(TracedModels.Of(x => x.masked_select(x > 0)), "'masked_select'", "torch.where");
        Refused(TracedModels.Of(x => (x > 0).nonzero().to(float32)), "'nonzero'", "torch.where");
        Refused(
            TracedModels.Of(x => x.clone().index_put_(ones(6), x > 0)), "'index_put_' of 6 values", "masked_scatter");
    }

    private static Tensor Program(int seed, Tensor x)
    {
        Random random = new(seed);
        List<Tensor> handles = [x * 2, x.sin()];
        List<Tensor> results = [];
        for (int step = 0; step < 12; step++)
        {
            Tensor handle = handles[random.Next(handles.Count)];
            int axis = handle.dim() == 0 ? 0 : random.Next((int)handle.dim());
            long size = handle.dim() == 0 ? 0 : handle.shape[axis];
            Tensor other = handles[random.Next(handles.Count)].mean();
            switch (random.Next(12))
            {
                case 0 when size > 0: handles.Add(handle.select(axis, random.Next((int)size))); break;
                case 1 when size > 1: handles.Add(handle.narrow(axis, 1, size - 1)); break;
                case 2 when size > 1: handles.Add(handle.slice(axis, random.Next(2), size, 2)); break;
                case 3 when size > 0: handles.Add(handle.transpose(axis, 0)); break;
                case 4 when handle.is_contiguous(): handles.Add(handle.view(-1)); break;
                case 5: handle.add_(other); break;
                case 6: handle.mul_(0.5); break;
                case 7: handle.copy_(handle.cos() + other); break;
                case 8 when size > 0: handle.select(axis, 0).fill_(step); break;
                case 9 when size > 1: handle.narrow(axis, 1, size - 1).copy_(handle.narrow(axis, 0, size - 1)); break;
                case 10: handle.masked_fill_(handle > 0.7, 0.25); break;
                default: results.Add(handle.sum().reshape(1)); break;
            }
        }

        return cat([.. results, .. handles.Select(h => h.flatten())]);
    }

    private static void Refused(nn.Module<Tensor, Tensor> module, params string[] parts)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => module.compile_inference(ones(2, 3)));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }

    private static Tensor Draw(long seed, params long[] sizes) =>
        TracedModels.Draw(sizes).mul(1 + (0.1 * seed)).roll(seed, 0);
}
