namespace FinML.Benchmarks.Torch;

/// <summary>The tensor engine against PyTorch on the CPU.</summary>
internal static class TorchSuite
{
    internal static Suite Create()
    {
        var works = new Dictionary<string, Func<Action>>();
        List<Row> rows = [];
        GemmRows.AddTo(works, rows);
        MlpRows.AddTo(works, rows);
        ElementwiseRows.AddTo(works, rows);
        SequenceRows.AddTo(works, rows);
        GruRow.AddTo(works, rows);
        TransformerRow.AddTo(works, rows);
        InferenceRows.AddTo(rows);
        rows.Add(new QuantityRow("GC allocation, MLP 64 step", "bytes", Allocation.OfStep));
        rows.Add(new QuantityRow("first training step, ReadyToRun", "ms", FirstStep.Sample));
        var withoutAvx512 = new Dictionary<string, string>
        {
            ["OPENBLAS_CORETYPE"] = "Haswell",
            ["ATEN_CPU_CAPABILITY"] = "avx2",
        };
        return new Suite(
            "torch", "PyTorch", Path.Combine("Torch", "peer.py"), withoutAvx512, works, rows, torch.set_num_threads,
            $"FinML.Torch {typeof(torch).Assembly.GetName().Version?.ToString(3)}");
    }

    /// <summary>A tensor of standard normal numbers that no scope disposes.</summary>
    internal static Tensor Normal(params long[] shape) => torch.randn(shape).DetachFromDisposeScope();
}
