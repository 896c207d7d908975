namespace FinML.Data;

/// <summary>
/// A fitted scaler as data: z = clip((x - Center) / Scale, -Clip, Clip) per column. Serialises with System.Text.Json;
/// no clipping is a null <paramref name="Clip"/>, since JSON has no infinity.
/// </summary>
public sealed record ScalerState(string Kind, IReadOnlyList<string> Names, IReadOnlyList<double> Center,
    IReadOnlyList<double> Scale, double? Clip);
