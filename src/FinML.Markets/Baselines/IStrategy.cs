using FinML.Data;

namespace FinML.Markets;

/// <summary>A rule that decides a position at each close from what is known then.</summary>
/// <remarks>
/// A strategy holds no state of its own: what it decides is a function of the view and of its previous target, so that
/// a backtest can be repeated, cut and resumed.
/// </remarks>
public interface IStrategy
{
    /// <summary>A name that tells the parameters too.</summary>
    string Name { get; }

    /// <summary>The first row at which it can decide: the rows before it that it needs.</summary>
    int WarmUp { get; }

    /// <summary>The target weight decided at the close of the view's last row.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="asset">The asset's index in the view.</param>
    /// <param name="previousTarget">The target decided one row before; 0 at first.</param>
    double Decide(in PointInTimeView view, int asset, double previousTarget);
}
