using System.Numerics;

namespace FinML.Markets;

/// <summary>
/// One real number or several side by side, so that an equation is written once for a single environment and for a
/// batch of them. Every operation is that of IEEE 754 on each number: both give the same bits.
/// </summary>
internal interface IReal<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IReal<TSelf>
{
    /// <summary>The same number in each place.</summary>
    static abstract TSelf Of(double value);
}
