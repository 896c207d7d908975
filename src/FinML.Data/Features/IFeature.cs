namespace FinML.Data;

/// <summary>
/// A number that describes an asset at the close of a row, computed from that row and the <see cref="Lookback"/> rows
/// before it. Stateless. Those of the library are <see cref="StreamingFeature"/>s, which also run row by row, or
/// compare the assets of a row; one of your own may be either, or just this.
/// </summary>
public interface IFeature
{
    /// <summary>A name that tells the parameters too, such as log_return_5.</summary>
    string Name { get; }

    /// <summary>How many rows before the current one it reads: it is NaN on exactly that many first rows.</summary>
    int Lookback { get; }

    /// <summary>The feature at the last row of the view; NaN where it is not defined.</summary>
    double Compute(in PointInTimeView view, int asset);
}
