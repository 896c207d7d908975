using System.Reflection;
using FsCheck;
using FsCheck.Fluent;

namespace FinML.Data.Tests.Splits;

public sealed class WalkForwardSplitTests
{
    [Fact]
    public void Anchored_folds_of_a_small_series()
    {
        IReadOnlyList<Fold> folds = WalkForwardSplit.Create(20,
            new WalkForwardOptions { InitialTrain = 6, Test = 5, Embargo = 1, LabelHorizon = 2, Start = 1 });
        Assert.Equal(2, folds.Count);
        Assert.Equal((0, 1, 7, 10, 15), Tuple(folds[0]));
        Assert.Equal((1, 1, 12, 15, 20), Tuple(folds[1]));
    }

    [Fact]
    public void Rolling_folds_keep_their_training_length_and_the_last_test_may_be_short()
    {
        IReadOnlyList<Fold> folds = WalkForwardSplit.Create(18,
            new WalkForwardOptions { InitialTrain = 6, Test = 5, Anchored = false });
        Assert.Equal((0, 0, 6, 6, 11), Tuple(folds[0]));
        Assert.Equal((1, 5, 11, 11, 16), Tuple(folds[1]));
        Assert.Equal((2, 10, 16, 16, 18), Tuple(folds[2]));
    }

    [Fact]
    public void No_label_of_the_training_meets_the_test_and_the_tests_tile_the_rest()
    {
        Gen<int[]> inputs = Gen.ArrayOf(Gen.Choose(0, 60), 7);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_260_101, 7);
        Check.One(config, Prop.ForAll(inputs.ToArbitrary(), x =>
        {
            WalkForwardOptions options = new()
            {
                InitialTrain = x[0] + 1,
                Test = x[1] + 1,
                Embargo = x[2],
                LabelHorizon = x[3],
                Start = x[4],
                Anchored = x[5] % 2 == 0,
            };
            int length = options.Start + options.InitialTrain + options.Embargo + options.LabelHorizon + 1 + 5 * x[6];
            IReadOnlyList<Fold> folds = WalkForwardSplit.Create(length, options);
            int next = folds[0].TestStart;
            foreach (Fold fold in folds)
            {
                int lastLabelRow = fold.Train.End - 1 + options.LabelHorizon;
                Assert.True(lastLabelRow + options.Embargo < fold.TestStart);
                Assert.True(fold.Train.Length >= options.InitialTrain);
                Assert.True(fold.Train.Start >= options.Start);
                Assert.Equal(next, fold.TestStart);
                Assert.True(fold.TestEnd > fold.TestStart && fold.TestEnd <= length);
                next = fold.TestEnd;
            }

            Assert.Equal(length, next);
            return true;
        }));
    }

    [Fact]
    public void Options_outside_their_range_are_refused_with_the_value()
    {
        WalkForwardOptions good = new() { InitialTrain = 5, Test = 2 };
        foreach ((WalkForwardOptions bad, string say) in new[]
        {
            (good with { InitialTrain = 0 }, "InitialTrain must be 1 or more"), (good with { Test = -2 }, "-2"),
            (good with { Embargo = -1 }, "Embargo"), (good with { LabelHorizon = -1 }, "LabelHorizon"),
            (good with { Start = -1 }, "Start"),
        })
        {
            Assert.Contains(say,
                Assert.Throws<ArgumentOutOfRangeException>(() => WalkForwardSplit.Create(100, bad)).Message,
                StringComparison.Ordinal);
        }

        Assert.Contains("at least 6 rows",
            Assert.Throws<ArgumentException>(() => WalkForwardSplit.Create(5, good)).Message,
            StringComparison.Ordinal);
        Assert.Single(WalkForwardSplit.Create(6, good));
        Assert.Throws<ArgumentException>(() => WalkForwardSplit.Create(int.MaxValue,
            good with { InitialTrain = int.MaxValue, LabelHorizon = int.MaxValue }));
    }

    [Fact]
    public void Nobody_outside_can_make_a_training_slice()
    {
        Type[] types = [typeof(TrainingSlice), typeof(TrainingSpan), typeof(TrainingBlocks), typeof(Fold),
            typeof(PurgedFold), typeof(CombinatorialFolds)];
        foreach (Type type in types)
        {
            Assert.Empty(type.GetConstructors(BindingFlags.Public | BindingFlags.Instance));
            Assert.All(type.GetProperties(), p => Assert.False(p.CanWrite, p.Name)); // no `with` either
            Assert.True(type.IsSealed || type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance)
                .All(c => c.IsFamilyAndAssembly || c.IsAssembly), $"{type.Name} can be derived from");
        }

        Assert.DoesNotContain(typeof(TrainingSlice).Assembly.GetExportedTypes().SelectMany(t =>
            t.GetMethods(BindingFlags.Public | BindingFlags.Static)), m => m.ReturnType.IsAssignableTo(
            typeof(TrainingSlice)));
        Assert.ThrowsAny<Exception>(() =>
            System.Text.Json.JsonSerializer.Deserialize<TrainingSpan>("{\"Start\":0,\"End\":9}"));
    }

    private static (int Number, int Start, int End, int TestStart, int TestEnd) Tuple(Fold f) =>
        (f.Number, f.Train.Start, f.Train.End, f.TestStart, f.TestEnd);
}
