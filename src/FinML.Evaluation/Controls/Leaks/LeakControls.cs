using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// All controls of leaks on one pipeline. Each looks for one fault, by a method that does not depend on how good the
/// results are; a clean pipeline passes all, and <see cref="PlantedLeak"/> shows that each catches its own.
/// </summary>
public static class LeakControls
{
    /// <summary>Runs them, in the order of <see cref="LeakKind"/>.</summary>
    public static IReadOnlyList<LeakFinding> Run(ResearchPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Panel used = pipeline.Prepare(pipeline.Raw);
        FeatureMatrix features = pipeline.Features(used);
        LabelSet labels = pipeline.Labels(used);
        IReadOnlyList<IFold> folds = pipeline.Split(labels);
        Panel same = Common(pipeline.Raw, used);
        return
        [
            LookAheadByABar.Check(used, pipeline.Held),
            ScalerLeak.Check(features, folds[0].Train, pipeline.Scale),
            Survivorship.Check(used, pipeline.Roster),
            LabelOverlap.Check(folds, labels.Spans),
            Backfill.Check(same, used),
        ];
    }

    /// <summary>The raw data of the assets and fields that are used.</summary>
    private static Panel Common(Panel raw, Panel used)
    {
        string[] assets = [.. raw.Assets.Where(used.Assets.Contains)], fields = [.. raw.Fields.Where(used.HasField)];
        return Panel.Create(raw.Times, assets, fields,
            [.. assets.SelectMany(asset => fields.Select(field => raw.Column(asset, field).ToArray()))],
            raw.AvailableAt);
    }
}
