namespace FinML.Data.Tests.Scaling;

public sealed class StandardScalerConformance : ScalerConformance
{
    protected override IScaler Fit(TrainingSlice train, FeatureMatrix features) => StandardScaler.Fit(train, features);
}

public sealed class RobustScalerConformance : ScalerConformance
{
    protected override IScaler Fit(TrainingSlice train, FeatureMatrix features) => RobustScaler.Fit(train, features);
}

public sealed class RankGaussianScalerConformance : ScalerConformance
{
    protected override IScaler Fit(TrainingSlice train, FeatureMatrix features) =>
        RankGaussianScaler.Fit(train, features);
}
