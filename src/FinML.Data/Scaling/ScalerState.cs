namespace FinML.Data;

/// <summary>
/// A fitted scaler as data. Serialises with System.Text.Json; no clipping is a null <paramref name="Clip"/>, since JSON
/// has no infinity.
/// </summary>
/// <param name="Kind">Which scaler.</param>
/// <param name="Names">The columns.</param>
/// <param name="Center">Linear scalers: z = clip((x - Center) / Scale, -Clip, Clip); otherwise empty.</param>
/// <param name="Scale">Linear scalers: above 0.</param>
/// <param name="Clip">Linear scalers: the largest size of z.</param>
/// <param name="Knots">Scalers by a table: for each column values, strictly increasing.</param>
/// <param name="Levels">Scalers by a table: the probability at each knot, strictly increasing in (0, 1).</param>
public sealed record ScalerState(string Kind, IReadOnlyList<string> Names, IReadOnlyList<double> Center,
    IReadOnlyList<double> Scale, double? Clip, IReadOnlyList<IReadOnlyList<double>>? Knots = null,
    IReadOnlyList<IReadOnlyList<double>>? Levels = null);
