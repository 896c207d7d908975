using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FinML.Statistics;

/// <summary>
/// A linear model with instruments: outcome = endogenous b + exogenous g + error, where the error may move with the
/// endogenous regressors but not with the exogenous ones nor with the instruments. Estimators and tests share its
/// projections. Throughout, n are the rows, m the endogenous regressors, k the instruments (the excluded ones) and
/// L = k + exogenous regressors.
/// </summary>
public sealed class InstrumentalModel
{
    private InstrumentalModel(double[] outcome, DesignMatrix endogenous, DesignMatrix instruments,
        DesignMatrix? exogenous)
    {
        (Outcome, Endogenous, Instruments, Exogenous) = (outcome, endogenous, instruments, exogenous);
        Count = outcome.Length;
        string[] controls = [.. exogenous?.Names ?? []];
        double[] w = exogenous?.Values ?? [];
        ExogenousFit = exogenous is null ? null : HouseholderQr.Of(w, Count, controls);
        InstrumentFit = HouseholderQr.Of([.. w, .. instruments.Values], Count, [.. controls, .. instruments.Names]);
        HouseholderQr.Of([.. w, .. endogenous.Values], Count, [.. controls, .. endogenous.Names]); // refuses collinear

        (Y, X, Z) = (Partial(outcome), Partial(endogenous), Partial(instruments));
        ResidualY = Remainder(outcome);
        ResidualX = Columns(endogenous, Remainder);
        Basis = Z.QR(QRMethod.Thin).Q * Math.Sqrt(Count);
    }

    /// <summary>What is explained, (n).</summary>
    public IReadOnlyList<double> Outcome { get; }

    /// <summary>Regressors that the error may move with, (n, m).</summary>
    public DesignMatrix Endogenous { get; }

    /// <summary>Instruments that are no regressors, (n, k).</summary>
    public DesignMatrix Instruments { get; }

    /// <summary>Regressors that are their own instruments, the intercept among them; null where there are
    /// none.</summary>
    public DesignMatrix? Exogenous { get; }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>k - m: restrictions that can be tested.</summary>
    public int Overidentification => Instruments.Columns - Endogenous.Columns;

    /// <summary>Names of the coefficients: the endogenous regressors, then the exogenous ones.</summary>
    public IReadOnlyList<string> Regressors => [.. Endogenous.Names, .. Exogenous?.Names ?? []];

    /// <summary>L: all instruments, the exogenous regressors among them.</summary>
    internal int AllInstruments => Instruments.Columns + (Exogenous?.Columns ?? 0);

    /// <summary>Outcome, endogenous regressors and instruments less their projection on the exogenous ones.</summary>
    internal Vector<double> Y { get; }

    internal Matrix<double> X { get; }

    internal Matrix<double> Z { get; }

    /// <summary>What all instruments together leave of the outcome and of the endogenous regressors.</summary>
    internal Vector<double> ResidualY { get; }

    internal Matrix<double> ResidualX { get; }

    /// <summary>An orthogonal basis of <see cref="Z"/>, (n, k), Basis'Basis = n I.</summary>
    internal Matrix<double> Basis { get; }

    internal HouseholderQr? ExogenousFit { get; }

    internal HouseholderQr InstrumentFit { get; }

    /// <summary>A model.</summary>
    /// <param name="outcome">Finite, one value for each row.</param>
    /// <param name="endogenous">Regressors whose effect is asked for.</param>
    /// <param name="instruments">At least as many as <paramref name="endogenous"/>.</param>
    /// <param name="exogenous">The controls; add the intercept by <see cref="DesignMatrix.WithIntercept"/>, or take
    /// <see cref="DesignMatrix.Intercept"/> where there is no other. Null for neither.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, underidentified, too short, collinear (the column
    /// is named), or one name twice.</exception>
    public static InstrumentalModel Of(
        ReadOnlySpan<double> outcome, DesignMatrix endogenous, DesignMatrix instruments, DesignMatrix? exogenous = null)
    {
        ArgumentNullException.ThrowIfNull(endogenous);
        ArgumentNullException.ThrowIfNull(instruments);
        Guard.Series(outcome, 3, nameof(outcome));
        Guard.NotConstant(outcome, nameof(outcome));
        foreach ((string name, DesignMatrix? part) in new[]
            { (nameof(endogenous), endogenous), (nameof(instruments), instruments), (nameof(exogenous), exogenous) })
        {
            if (part is not null && part.Rows != outcome.Length)
                throw new ArgumentException(
                    $"outcome has {outcome.Length} values and {name} has {part.Rows} rows; they must be aligned, one " +
                    $"for one.", name);
        }

        int m = endogenous.Columns, k = instruments.Columns, all = k + (exogenous?.Columns ?? 0);
        if (k < m)
            throw new ArgumentException(
                $"The model is underidentified: {m} endogenous regressors ({string.Join(", ", endogenous.Names)}) " +
                $"and {k} instrument{(k == 1 ? "" : "s")} ({string.Join(", ", instruments.Names)}); at least {m} " +
                $"instruments are needed.", nameof(instruments));
        if (outcome.Length <= all + m)
            throw new ArgumentException(
                $"There are {outcome.Length} rows for {all} instruments and exogenous regressors and {m} endogenous; " +
                $"at least {all + m + 1} are needed.", nameof(outcome));
        string[] names = [.. endogenous.Names, .. instruments.Names, .. exogenous?.Names ?? []];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"'{twice.Key}' stands twice among the endogenous regressors, the instruments and the exogenous " +
                $"regressors; each variable has one part (exogenous regressors are instruments already).",
                nameof(instruments));
        return new InstrumentalModel(outcome.ToArray(), endogenous, instruments, exogenous);
    }

    /// <summary>The same model with some endogenous regressors and instruments in other parts.</summary>
    internal static DesignMatrix? Join(DesignMatrix? first, DesignMatrix? second) =>
        first is null ? second : second is null ? first : first.Append(second);

    /// <summary>Least squares on the exogenous regressors: the coefficients, none where there are none.</summary>
    internal double[] OnExogenous(ReadOnlySpan<double> values) => ExogenousFit?.Solve(values).Coefficients ?? [];

    private Vector<double> Partial(double[] values) =>
        DenseVector.OfArray(ExogenousFit?.Solve(values).Residuals ?? values);

    private Matrix<double> Partial(DesignMatrix matrix) => Columns(matrix, Partial);

    private Vector<double> Remainder(double[] values) => DenseVector.OfArray(InstrumentFit.Solve(values).Residuals);

    private static Matrix<double> Columns(DesignMatrix matrix, Func<double[], Vector<double>> map) =>
        DenseMatrix.OfColumnVectors(
            Enumerable.Range(0, matrix.Columns).Select(j => map(matrix.Column(j).ToArray())).ToArray());
}
