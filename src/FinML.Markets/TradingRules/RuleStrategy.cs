using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// A <see cref="TradingRule"/> as a strategy of the backtester. It goes through the whole view again at each close, as
/// a strategy holds no state: for thousands of rules take <see cref="RulePositions"/>.
/// </summary>
public sealed class RuleStrategy : IStrategy
{
    private readonly TradingRule rule;
    private readonly string field;
    private readonly string volumeField;

    /// <param name="rule">The rule.</param>
    /// <param name="field">The price that it reads.</param>
    /// <param name="volumeField">The volume, for a rule that needs it.</param>
    public RuleStrategy(TradingRule rule, string field = "close", string volumeField = "volume")
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        ArgumentException.ThrowIfNullOrWhiteSpace(volumeField);
        rule.Validate();
        (this.rule, this.field, this.volumeField) = (rule, field, volumeField);
    }

    /// <inheritdoc/>
    public string Name => rule.Name;

    /// <inheritdoc/>
    public int WarmUp => 1;

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget) => rule.Positions(RuleMarket.Of(
        view.Window(asset, field, view.Length),
        rule.NeedsVolume ? view.Window(asset, volumeField, view.Length) : default))[^1];
}
