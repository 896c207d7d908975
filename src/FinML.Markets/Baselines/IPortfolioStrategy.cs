using FinML.Data;

namespace FinML.Markets;

/// <summary>A rule that decides the weights of many assets at each close from what is known then.</summary>
/// <remarks>
/// As an <see cref="IStrategy"/>, it holds no state of its own. An asset without a price at the view's last row cannot
/// be judged: the baselines give it weight 0, and the account says where it could not sell.
/// </remarks>
public interface IPortfolioStrategy
{
    /// <summary>A name that tells the parameters too.</summary>
    string Name { get; }

    /// <summary>The first row at which it can decide: the rows before it that it needs.</summary>
    int WarmUp { get; }

    /// <summary>The target weights decided at the close of the view's last row.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="previous">The targets decided one row before, (assets); 0 at first.</param>
    /// <param name="targets">The result, (assets), zero at first; NaN leaves a position as it is, whatever it
    /// became.</param>
    void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets);
}
