namespace FinML.Figures.Traces;

internal enum AxisKind
{
    Number,
    Date,
    Category,
}
